import { Duration, Size } from 'cdk8s';
import { PrometheusConfigurationProps } from './prometheus-configuration-props';
import { GeneralRuleOptions } from '../components/general/general-rules';
import { PrometheusRuleOptions } from '../components/prometheus/prometheus-rule-options';
import { ThanosSidecarOptions } from './thanos-sidecar-options';
import { DataStorage, Exposure, ProxyEnvironment, WorkloadOptions } from '../kubernetes';
import { CapacityPlan, RecordingRules, RemoteWrite, Runbooks, WebConfig } from '../monitoring';

/**
 * Bounds of queries.
 * @see https://prometheus.io/docs/prometheus/latest/command-line/prometheus/
 */
export interface QueryLimits {
  /**
   * Time after which a query is given up.
   * @default Duration.minutes(2)
   */
  readonly timeout?: Duration;
  /**
   * Queries at a time.
   * @default 20
   */
  readonly maxConcurrency?: number;
  /**
   * Samples that a query may load.
   * @default 50000000
   */
  readonly maxSamples?: number;
  /**
   * Lookback delta: time that a query looks back for the newest sample.
   * @default Duration.minutes(5)
   */
  readonly lookbackDelta?: Duration;
}

/** Log level. */
export enum LogLevel {
  /** Everything. */
  DEBUG = 'debug',
  /** Normal operation. */
  INFO = 'info',
  /** Warnings. */
  WARN = 'warn',
  /** Errors only. */
  ERROR = 'error',
}

/** A Prometheus, whichever way it is deployed. */
export interface PrometheusProps extends WorkloadOptions, PrometheusConfigurationProps {
  /**
   * Retention time of samples, above zero.
   * @default Duration.days(15)
   */
  readonly retention?: Duration;
  /**
   * Size above which the oldest blocks go.
   * @default - with a volume claim template 80 % of its size, else no limit
   */
  readonly retentionSize?: Size;
  /**
   * Storage of samples.
   * @default DataStorage.emptyDir()
   */
  readonly storage?: DataStorage;
  /**
   * Replicas, each of which scrapes everything, with shards everything of its shard.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Shards, in `replicas` replicas each. A shard scrapes a part of the targets, by the hash of their address, or of the probed target, and its
   * rules see only these: alerts of what is monitored that use `absent`, such as KubeletDown, are left out, and a note names them. A relabeling that
   * sets `__tmp_disable_sharding` keeps a target in all shards. When their number changes Pods are replaced, but with `resources`, and what a slow
   * remote store does not get within a minute is lost for it. OperatedPrometheus throws when a job
   * that is raw or becomes a ScrapeConfig has relabelings with hashmod, because the operator would not split its targets then.
   * @default 1
   * @see https://prometheus-operator.dev/docs/platform/high-availability/#prometheus
   */
  readonly shards?: number;
  /**
   * Replicas that may be evicted at a time.
   * @default 1
   */
  readonly maxUnavailable?: number;
  /**
   * Expected load, all shards together. Default requests and limit, the size of the claim, the queues of remote writes and the sample limit of scrape
   * jobs follow from it; what is given and far from it is said by a note. Throws where the plan says another scrape interval, retention, number of
   * replicas or shards, or mode.
   * @default - CapacityPlan.forSeries({ series: 100000 })
   */
  readonly capacity?: CapacityPlan;
  /**
   * Exposure to users.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * Exposure of a Service for each replica, `<name>-0`, `<name>-shard-1-0` and so on, besides the Service of all; consecutive node ports begin
   * with the given one. Throws on an Ingress or a route, whose host leads to one replica only.
   * @default - none; within the cluster replicas have names behind the headless Service
   */
  readonly replicaServices?: Exposure;
  /**
   * URL that people use, for links in alerts.
   * @default - follows from an exposure with a host, else Prometheus's own guess
   */
  readonly externalUrl?: string;
  /**
   * HTTP proxy in the environment, for clients with `proxyFromEnvironment`.
   * @default - none
   */
  readonly proxyEnvironment?: ProxyEnvironment;
  /**
   * Time between two scrapes.
   * @default Duration.seconds(30)
   */
  readonly scrapeInterval?: Duration;
  /**
   * Time after which a scrape is given up, not above the interval.
   * @default Duration.seconds(10)
   */
  readonly scrapeTimeout?: Duration;
  /**
   * Time between two evaluations of the rules.
   * @default Duration.seconds(30)
   */
  readonly evaluationInterval?: Duration;
  /**
   * Value of the external label `cluster`.
   * @default - none
   */
  readonly cluster?: string;
  /**
   * External labels besides `cluster`, `prometheus` (namespace/name) and, with replicas, `prometheus_replica`.
   * @default - none
   */
  readonly externalLabels?: { readonly [label: string]: string };
  /**
   * Age up to which out-of-order samples are stored.
   * @default - none: samples have to come in order
   */
  readonly outOfOrderTimeWindow?: Duration;
  /**
   * Exemplars that are kept.
   * @default - none
   */
  readonly maxExemplars?: number;
  /**
   * Whether native histograms are scraped.
   * @default false
   */
  readonly nativeHistograms?: boolean;
  /**
   * Whether OTLP metrics are taken at /api/v1/otlp/v1/metrics.
   * @default false
   */
  readonly otlpReceiver?: boolean;
  /**
   * Whether remote write is taken at /api/v1/write.
   * @default false
   */
  readonly remoteWriteReceiver?: boolean;
  /**
   * Whether it only scrapes and sends on, without a database. An agent monitors things without their rules, as a note says; rules, edits of
   * rules and Alertmanagers that are given to it throw.
   * @default false
   */
  readonly agent?: boolean;
  /**
   * Bounds of queries.
   * @default - Prometheus's own
   */
  readonly query?: QueryLimits;
  /**
   * Remote stores; more by `addRemoteWrite()`.
   * @default - none
   */
  readonly remoteWrites?: RemoteWrite[];
  /**
   * A sidecar of Thanos in each Pod, by which `ThanosQuery` reads the samples of all replicas, shards and clusters, and which uploads blocks to
   * object storage. A Pod is ready when its sidecar is. Goes without `agent`.
   * @default - none
   */
  readonly thanos?: ThanosSidecarOptions;
  /**
   * TLS and passwords of its own web server.
   * @default - plain HTTP
   */
  readonly web?: WebConfig;
  /**
   * Log level.
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;
  /**
   * Features of `--enable-feature`.
   * @default - none
   */
  readonly enableFeatures?: string[];
  /**
   * Additional flags without leading dashes, checked against the version; an empty value for a flag without one.
   * @default - none
   */
  readonly extraFlags?: { readonly [flag: string]: string };
  /**
   * Time that replaying the write-ahead log may take before the container is restarted.
   * @default Duration.minutes(15)
   */
  readonly startupTimeout?: Duration;
  /**
   * Whether it monitors itself: its own metrics and its reloader's, its rules, the heartbeat alert and the alert on targets that are down.
   * @default true
   */
  readonly selfMonitoring?: boolean;
  /**
   * The name of the job by which it monitors itself, and by which its rules know it. One that is monitored by another needs its own.
   * @default prometheus, prometheus-agent
   */
  readonly jobName?: string;
  /**
   * Thresholds of the rules about itself.
   * @default - the community's
   */
  readonly rules?: PrometheusRuleOptions;
  /**
   * Thresholds of the rules that are about no component in particular.
   * @default - the community's
   */
  readonly generalRules?: GeneralRuleOptions;
  /**
   * Recording rules of the components that are evaluated. An agent evaluates none.
   * @default RecordingRules.USED
   */
  readonly recordingRules?: RecordingRules;
  /**
   * Runbooks of the alerts of the library, as their annotation `runbook_url`. An agent has no alerts.
   * @default Runbooks.PROJECT
   */
  readonly runbooks?: Runbooks;
}
