import { Duration } from 'cdk8s';

/**
 * Options of a plan besides its load. A Prometheus that is given a plan computes with its own scrape interval, retention, replicas, shards and agent
 * mode, and throws where the plan says another; the plan's own are for a plan on paper.
 */
export interface CapacityOptions {
  /**
   * Time between two samples of a series.
   * @default Duration.seconds(30)
   */
  readonly scrapeInterval?: Duration;
  /**
   * Time that samples are kept.
   * @default Duration.days(15)
   */
  readonly retention?: Duration;
  /**
   * Replicas, each of which scrapes everything.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Shards, each of which scrapes a part of the targets.
   * @default - as many as keep a Pod at `maxSeriesPerPod`
   */
  readonly shards?: number;
  /**
   * Series that a Pod is to hold at most. With 2 000 000 it requests about 10 GiB of memory.
   * @default 2000000
   */
  readonly maxSeriesPerPod?: number;
  /**
   * Remote stores that all samples are sent to. A Prometheus counts its own where these are more.
   * @default 0
   */
  readonly remoteWrites?: number;
  /**
   * Whether it is an agent, which keeps samples only until they are sent.
   * @default false
   */
  readonly agent?: boolean;
}

/** A plan for a number of series. */
export interface SeriesCapacityOptions extends CapacityOptions {
  /** Series that samples are written of at a time, recorded ones included: `prometheus_tsdb_head_series` of a Prometheus that runs. */
  readonly series: number;
  /**
   * Targets.
   * @default - one for 1000 series
   */
  readonly targets?: number;
}

/** A plan for a cluster that is monitored with the components of this library, by their default `metrics`. */
export interface ClusterCapacityOptions extends CapacityOptions {
  /** Nodes. */
  readonly nodes: number;
  /** Pods that run at a time. */
  readonly pods: number;
  /**
   * CPUs of a node, on average.
   * @default 8
   */
  readonly cpusPerNode?: number;
  /**
   * Containers of a Pod, on average.
   * @default 2
   */
  readonly containersPerPod?: number;
  /**
   * API servers.
   * @default 3
   */
  readonly apiServers?: number;
  /**
   * Pods that start in a day, such as those of Jobs and rollouts. The series of a Pod that has ended take memory for up to three hours.
   * @default - as many as run, each anew once a day
   */
  readonly podsStartedPerDay?: number;
  /**
   * Shards of kube-state-metrics, each of which is a target.
   * @default 1
   */
  readonly kubeStateShards?: number;
  /**
   * Series of applications, and others that components of this library do not expose.
   * @default 0
   */
  readonly extraSeries?: number;
  /**
   * Targets that expose `extraSeries`.
   * @default - one for 1000 of them
   */
  readonly extraTargets?: number;
}
