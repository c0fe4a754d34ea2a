import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { checkInfluxDbName, InfluxDbEngine } from './influxdb-engine';
import { InfluxDb2Props } from './influxdb2-props';
import { DatabaseSettings } from './metrics-database';
import { DataStorage } from '../kubernetes';
import { imageOf } from '../kubernetes/images';
import { goDuration } from '../units';

/** Port of the web server. */
export const HTTP_PORT = 8086;
/** Name of the organization and of the bucket unless they are given. */
export const NAME = 'prometheus';
/** Folder of the data. */
export const DATA_DIR = '/var/lib/influxdb2';

/**
 * Settings of the program, as it reads them from its environment.
 * @see https://docs.influxdata.com/influxdb/v2/reference/config-options/
 */
const SETTINGS = {
  BOLT_PATH: `${DATA_DIR}/influxd.bolt`,
  SQLITE_PATH: `${DATA_DIR}/influxd.sqlite`,
  ENGINE_PATH: `${DATA_DIR}/engine`,
  HTTP_BIND_ADDRESS: `:${HTTP_PORT}`,
  HARDENING_ENABLED: 'true',
  // they ask for no token
  PPROF_DISABLED: 'true',
  REPORTING_DISABLED: 'true',
} as const;

/** The environment of the program; what is given takes the place of a setting. */
export function variables(given: { readonly [setting: string]: string } = {}): k8s.EnvVar[] {
  return [
    // a user that the image does not know has no other
    { name: 'HOME', value: DATA_DIR },
    ...Object.entries({ ...SETTINGS, ...given }).map(([name, value]) => ({ name: `INFLUXD_${name}`, value })),
  ];
}

/** The props of an InfluxDB 2, checked and with the defaults filled in. */
export class InfluxDb2Settings implements DatabaseSettings {
  public readonly image: string;
  public readonly org: string;
  public readonly bucket: string;
  /** Retention as the client has it. */
  public readonly retention: string;
  /** Time between two samples of a series. */
  public readonly sampleInterval: Duration;
  public readonly storage: DataStorage;
  /** Size of the claim, where it makes one. */
  public readonly claimSize: Size;
  public readonly resources: k8s.ResourceRequirements;
  /** Those of the container that makes organization, bucket and users. */
  public readonly preparationResources: k8s.ResourceRequirements;

  /** Throws on a retention below an hour, on an organization or a bucket that cannot be, and on a load that is none. */
  constructor(where: string, public readonly props: InfluxDb2Props) {
    const { org = NAME, bucket = NAME, storage = DataStorage.volumeClaimTemplate() } = props;
    const engine = new InfluxDbEngine(where, props);
    checkInfluxDbName(where, 'org', org);
    checkInfluxDbName(where, 'bucket', bucket);
    this.image = imageOf('influxDb2', props);
    [this.org, this.bucket, this.retention] = [org, bucket, goDuration(engine.retention)];
    this.sampleInterval = engine.sampleInterval;
    this.storage = storage;
    this.claimSize = storage._template?.size ?? engine.claimSize;
    [this.resources, this.preparationResources] = [engine.resources, engine.preparationResources];
  }
}
