import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { capacityOf, StoreCapacity } from './store-capacity';
import { WorkloadOptions } from '../kubernetes';
import { cpuMillis, resourcesOf } from '../kubernetes/resources';
import { goDuration } from '../units';

/** Props that decide what the storage engine needs. */
export interface InfluxDbLoad extends Pick<WorkloadOptions, 'resources'> {
  readonly retention?: Duration;
  readonly capacity?: StoreCapacity;
}

const DAY = Duration.days(1);

/** Retention and resources of the storage engine that InfluxDB 1 and 2 share, by the load. */
export class InfluxDbEngine {
  public readonly retention: Duration;
  /** Time that the samples of one shard are of. */
  public readonly shard: Duration;
  /** Time between two samples of a series. */
  public readonly sampleInterval: Duration;
  /** Size of the claim. */
  public readonly claimSize: Size;
  public readonly resources: k8s.ResourceRequirements;
  /** Those of the container that prepares databases and users. */
  public readonly preparationResources: k8s.ResourceRequirements;

  /** Throws on a retention below an hour, and on a load that is none. */
  constructor(where: string, { retention = Duration.days(90), capacity, resources }: InfluxDbLoad) {
    if (retention.toMilliseconds() < Duration.hours(1).toMilliseconds()) {
      throw new Error(`${where}: 'retention' is ${goDuration(retention)}, and InfluxDB keeps samples for at least an hour; give a longer one`);
    }
    const load = capacityOf(where, capacity);
    [this.retention, this.shard, this.sampleInterval] = [retention, shardOf(retention), load.sampleInterval];
    this.claimSize = diskFor(load, retention, this.shard);
    const memory = memoryFor(load);
    this.resources = resourcesOf(where, resources, {
      cpuRequest: cpuMillis(cpuFor(load)), memoryRequest: Size.mebibytes(memory), memoryLimit: Size.mebibytes(memory * 2),
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

/** Throws on a name that needs quotes, or that InfluxDB or its mapping to InfluxQL keeps for itself. */
export function checkInfluxDbName(where: string, what: string, name: string): void {
  if (!/^[A-Za-z][\w-]*$/.test(name)) {
    throw new Error(`${where}: ${what} '${name}' is not a name; use letters, digits, '-' and '_', a letter first`);
  }
}
