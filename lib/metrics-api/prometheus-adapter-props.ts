import { Duration } from 'cdk8s';
import { CustomMetric } from './custom-metric';
import { ExternalMetric } from './external-metric';
import { MetricsApiOptions } from './metrics-api-options';
import { ResourceMetric } from './resource-metric';
import { SecretKey } from '../kubernetes';
import { HttpConfig, IPrometheus } from '../monitoring';

/** Resource metrics that prometheus-adapter serves in the place of metrics-server. */
export interface ResourceMetrics {
  /**
   * Use of CPU.
   * @default ResourceMetric.cpu()
   */
  readonly cpu?: ResourceMetric;
  /**
   * Use of memory.
   * @default ResourceMetric.memory()
   */
  readonly memory?: ResourceMetric;
  /**
   * Time that the values stand for, of which autoscalers and `kubectl` are told.
   * @default - the time over which CPU is averaged, with `ResourceMetric.fromQueries` 2 minutes
   */
  readonly window?: Duration;
}

/** Metrics that prometheus-adapter serves, and its workload. */
export interface PrometheusAdapterOptions extends MetricsApiOptions {
  /**
   * Use of CPU and memory, served as `metrics.k8s.io`. A cluster with metrics-server has that already.
   * @default - not served
   */
  readonly resourceMetrics?: ResourceMetrics;
  /**
   * Metrics of objects in the cluster, served as `custom.metrics.k8s.io`. `addCustomMetric` and `Autoscaling` add more.
   * @default - none
   */
  readonly customMetrics?: CustomMetric[];
  /**
   * Metrics of other things, served as `external.metrics.k8s.io`. `addExternalMetric` and `Autoscaling` add more.
   * @default - none
   */
  readonly externalMetrics?: ExternalMetric[];
  /**
   * HTTP client settings for Prometheus: TLS, a bearer token, a proxy and headers. Secrets are read in the adapter's namespace.
   * @default - those of the Prometheus, if the app makes it
   */
  readonly prometheusHttp?: HttpConfig;
  /**
   * Kubeconfig in a Secret with all client settings for Prometheus, for passwords. Goes without `prometheusHttp`.
   * @default - made of `prometheusHttp`
   */
  readonly prometheusKubeconfig?: SecretKey;
  /**
   * Time between two looks for series that are new or gone.
   * @default Duration.minutes(1)
   */
  readonly relistInterval?: Duration;
  /**
   * Time for which a metric is served after the last sample of its series; the relist interval or more.
   * @default - 5 minutes, or a longer relist interval
   */
  readonly maxAge?: Duration;
}

/** Prometheus that prometheus-adapter asks, metrics that it serves, and its workload. */
export interface PrometheusAdapterProps extends PrometheusAdapterOptions {
  /** Prometheus that is asked; no agent. */
  readonly prometheus: IPrometheus;
}
