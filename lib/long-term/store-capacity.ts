import { Duration } from 'cdk8s';
import { checkCount } from '../checks';

/** Expected load of a store; its resources and the size of its claim follow from it. */
export interface StoreCapacity {
  /** Series that samples are written of at a time. */
  readonly series: number;
  /**
   * Time between two samples of a series.
   * @default Duration.seconds(30)
   */
  readonly sampleInterval?: Duration;
}

/** The expected load of a store with the defaults filled in: 100 000 series every 30 s. Throws on a load that is none. */
export function capacityOf(where: string, capacity: StoreCapacity = { series: 100_000 }): Required<StoreCapacity> {
  const { series, sampleInterval = Duration.seconds(30) } = capacity;
  checkCount(series, `${where}: capacity.series`, 'the default');
  checkCount(sampleInterval.toMilliseconds(), `${where}: capacity.sampleInterval (ms)`, 'the default');
  return { series, sampleInterval };
}
