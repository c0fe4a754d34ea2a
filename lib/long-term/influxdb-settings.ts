import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { cpuMillis } from '../kubernetes/resources';
import { InfluxDbProps } from './influxdb-props';
import { DatabaseSettings } from './metrics-database';
import { capacityOf, StoreCapacity } from './store-capacity';
import { DataStorage } from '../kubernetes';
import { imageOf } from '../kubernetes/images';
import { resourcesOf } from '../kubernetes/resources';
import { goDuration } from '../units';

/** Port of the web server. */
export const HTTP_PORT = 8086;
/** Name of the database unless it is given. */
export const DATABASE = 'prometheus';
/** Folder of the database. */
export const DATA_DIR = '/var/lib/influxdb';

const DAY = Duration.days(1);

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
    const { retention = Duration.days(90), database = DATABASE, storage = DataStorage.volumeClaimTemplate() } = props;
    if (retention.toMilliseconds() < Duration.hours(1).toMilliseconds()) {
      throw new Error(`${where}: 'retention' is ${goDuration(retention)}, and InfluxDB keeps samples for at least an hour; give a longer one`);
    }
    if (!/^[A-Za-z][\w-]*$/.test(database) || database === '_internal') {
      throw new Error(`${where}: database '${database}' is not a name; use letters, digits, '-' and '_', a letter first`);
    }
    const capacity = capacityOf(where, props.capacity);
    const shard = shardOf(retention);
    this.image = imageOf('influxDb', props);
    [this.database, this.retention, this.shardDuration] = [database, goDuration(retention), goDuration(shard)];
    this.sampleInterval = capacity.sampleInterval;
    this.storage = storage;
    this.claimSize = storage._template?.size ?? diskFor(capacity, retention, shard);
    const memory = memoryFor(capacity);
    this.resources = resourcesOf(where, props.resources, {
      cpuRequest: cpuMillis(cpuFor(capacity)), memoryRequest: Size.mebibytes(memory), memoryLimit: Size.mebibytes(memory * 2),
    });
    this.preparationResources = resourcesOf(where, undefined, {
      cpuRequest: cpuMillis(50), memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256),
    });
  }
}

/** InfluxDB's own default for a retention. */
function shardOf(retention: Duration): Duration {
  const days = retention.toMilliseconds() / DAY.toMilliseconds();
  return days < 2 ? Duration.hours(1) : days < 180 ? DAY : Duration.days(7);
}

/** 3.6 million samples took 7 µs each; as much again is for queries. */
function cpuFor({ series, sampleInterval }: Required<StoreCapacity>): number {
  return Math.max(100, Math.ceil((series * 1000) / sampleInterval.toMilliseconds() / 50));
}

/** With 30 000 series it took 6.4 KiB for each at most; half as much again is for queries, and an eighth GiB for the rest. */
function memoryFor({ series }: Required<StoreCapacity>): number {
  return 128 + Math.ceil((series * 10) / 1024);
}

/**
 * A third each of constants, counters and noisy floats took 3.6 bytes a sample when compacted, and 600 bytes a series, anew in each shard. A quarter
 * stays free for what is not compacted yet.
 */
function diskFor({ series, sampleInterval }: Required<StoreCapacity>, retention: Duration, shard: Duration): Size {
  const kept = retention.toMilliseconds() + shard.toMilliseconds();
  const bytes = series * ((kept / sampleInterval.toMilliseconds()) * 4 + (kept / shard.toMilliseconds()) * 600);
  return Size.gibibytes(Math.max(2, Math.ceil(bytes / 0.75 / 1024 ** 3)));
}
