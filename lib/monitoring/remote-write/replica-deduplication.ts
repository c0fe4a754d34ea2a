import { checkClassicLabelName } from '../../checks';
import { copy, RelabelStep } from '../../wire/relabel-steps';
import { checkArguments } from '../../arguments';

/** External label by which the replicas of a Prometheus differ. */
export const REPLICA_LABEL = 'prometheus_replica';

/** Labels by which a store knows replicas. */
export interface HaTrackerOptions {
  /**
   * Label of the pair, which the store keeps. Any but `cluster` gets the value `<cluster>/<namespace>/<name>` of the Prometheus.
   * @default cluster
   */
  readonly clusterLabel?: string;
  /**
   * Label of the replica, which the store removes.
   * @default __replica__
   */
  readonly replicaLabel?: string;
}

/**
 * The way in which a store makes one series of those that two replicas send. Without it both are stored, and differ by the label
 * `prometheus_replica`; Thanos is asked so.
 */
export class ReplicaDeduplication {
  /**
   * For stores that elect one replica by its labels and drop what others send: Mimir, Cortex, Grafana Cloud, Amazon Managed Prometheus. The store
   * has to do so for the tenant (`accept_ha_samples`), the Prometheus needs a `cluster`, and of each cluster one Prometheus may write to a tenant,
   * unless `clusterLabel` tells them apart. With shards it is an error: the store would keep the samples of one. Throws on text that is not a label
   * name.
   * @see https://grafana.com/docs/mimir/latest/configure/configure-high-availability-deduplication/
   */
  public static haTracker(options: HaTrackerOptions = {}): ReplicaDeduplication {
    checkArguments('ReplicaDeduplication.haTracker', { options });
    const { clusterLabel = 'cluster', replicaLabel = '__replica__' } = options;
    checkClassicLabelName(clusterLabel, 'ReplicaDeduplication.haTracker: clusterLabel');
    checkClassicLabelName(replicaLabel, 'ReplicaDeduplication.haTracker: replicaLabel');
    const pair = clusterLabel === 'cluster'
      ? []
      : [{ sourceLabels: ['cluster', 'prometheus'], separator: '/', targetLabel: clusterLabel }];
    return new ReplicaDeduplication(true, [...pair, copy(REPLICA_LABEL, replicaLabel), { action: 'labeldrop', regex: REPLICA_LABEL }]);
  }

  /**
   * For stores that keep one of the samples that equal series have in an interval: VictoriaMetrics with `-dedup.minScrapeInterval`. The label
   * `prometheus_replica` is removed.
   * @see https://docs.victoriametrics.com/victoriametrics/#deduplication
   */
  public static equalSeries(): ReplicaDeduplication {
    return new ReplicaDeduplication(false, [{ action: 'labeldrop', regex: REPLICA_LABEL }]);
  }

  private constructor(
    /** Whether a store elects one of the replicas. @internal */
    public readonly _electsReplica: boolean,
    /** @internal */
    public readonly _steps: readonly RelabelStep[],
  ) {}
}
