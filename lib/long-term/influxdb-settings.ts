import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { checkInfluxDbName, InfluxDbEngine } from './influxdb-engine';
import { InfluxDbProps } from './influxdb-props';
import { DatabaseSettings } from './metrics-database';
import { DataStorage } from '../kubernetes';
import { imageOf } from '../kubernetes/images';
import { goDuration } from '../units';

/** Port of the web server. */
export const HTTP_PORT = 8086;
/** Name of the database unless it is given. */
export const DATABASE = 'prometheus';
/** Folder of the database. */
export const DATA_DIR = '/var/lib/influxdb';

/**
 * Settings of the program, as it reads them from its environment: its file in the image does not count then. Remote read, profiles and internals ask
 * for a password only if it is said.
 * @see https://docs.influxdata.com/influxdb/v1/administration/config/
 */
const SETTINGS = {
  META_DIR: `${DATA_DIR}/meta`,
  DATA_DIR: `${DATA_DIR}/data`,
  DATA_WAL_DIR: `${DATA_DIR}/wal`,
  // the other index is in memory, and rejects more than a million series and more than 100 000 values of a label
  DATA_INDEX_VERSION: 'tsi1',
  DATA_QUERY_LOG_ENABLED: 'false',
  HTTP_BIND_ADDRESS: `:${HTTP_PORT}`,
  HTTP_AUTH_ENABLED: 'true',
  HTTP_PROM_READ_AUTH_ENABLED: 'true',
  HTTP_PPROF_AUTH_ENABLED: 'true',
  MONITOR_STORE_ENABLED: 'false',
  REPORTING_DISABLED: 'true',
} as const;

/** The program, without the file of its image. */
export const INFLUXD = ['influxd', '-config', '/dev/null'] as const;

/** The environment of the program; what is given takes the place of a setting. */
export function variables(given: { readonly [setting: string]: string } = {}): k8s.EnvVar[] {
  return [
    // a user that the image does not know has no other
    { name: 'HOME', value: DATA_DIR },
    ...Object.entries({ ...SETTINGS, ...given }).map(([name, value]) => ({ name: `INFLUXDB_${name}`, value })),
  ];
}

/** An InfluxDB's props, checked and with the defaults filled in. */
export class InfluxDbSettings implements DatabaseSettings {
  public readonly image: string;
  public readonly database: string;
  /** Retention as InfluxQL has it. */
  public readonly retention: string;
  /** Time that the samples of one shard are of, as InfluxQL has it. */
  public readonly shardDuration: string;
  /** Time between two samples of a series. */
  public readonly sampleInterval: Duration;
  public readonly storage: DataStorage;
  /** Size of the claim, where it makes one. */
  public readonly claimSize: Size;
  public readonly resources: k8s.ResourceRequirements;
  /** Those of the container that makes database and users. */
  public readonly preparationResources: k8s.ResourceRequirements;

  /** Throws on a retention below an hour, on a database that cannot be, and on a load that is none. */
  constructor(where: string, public readonly props: InfluxDbProps) {
    const { database = DATABASE, storage = DataStorage.volumeClaimTemplate() } = props;
    const engine = new InfluxDbEngine(where, props);
    checkInfluxDbName(where, 'database', database);
    this.image = imageOf('influxDb', props);
    [this.database, this.retention, this.shardDuration] = [database, goDuration(engine.retention), goDuration(engine.shard)];
    this.sampleInterval = engine.sampleInterval;
    this.storage = storage;
    this.claimSize = storage._template?.size ?? engine.claimSize;
    [this.resources, this.preparationResources] = [engine.resources, engine.preparationResources];
  }
}
