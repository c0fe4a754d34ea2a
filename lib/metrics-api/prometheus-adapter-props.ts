import { Duration } from 'cdk8s';
import { CustomMetric } from './custom-metric';
import { ExternalMetric } from './external-metric';
import { MetricsApiOptions } from './metrics-api-options';
import { ResourceMetric } from './resource-metric';
import { SecretKey } from '../kubernetes';
import { HttpConfig, IPrometheus } from '../monitoring';

/** Resource metrics of prometheus-adapter, instead of metrics-server. */
export interface ResourceMetrics {
  /**
   * CPU usage.
   * @default ResourceMetric.cpu()
   */
  readonly cpu?: ResourceMetric;
  /**
   * Memory usage.
   * @default ResourceMetric.memory()
   */
  readonly memory?: ResourceMetric;
  /**
   * Time over which the values are averaged, as the API reports it.
   * @default - the time over which CPU is averaged, with `ResourceMetric.fromQueries` 2 minutes
   */
  readonly window?: Duration;
}

/** Metrics, certificate and workload of prometheus-adapter. */
export interface PrometheusAdapterOptions extends MetricsApiOptions {
  /**
   * CPU and memory usage, served as `metrics.k8s.io` instead of metrics-server.
   * @default - not served
   */
  readonly resourceMetrics?: ResourceMetrics;
  /**
   * Metrics of objects in the cluster, served as `custom.metrics.k8s.io`. `addCustomMetric` and `Autoscaling` add more.
   * @default - none
   */
  readonly customMetrics?: CustomMetric[];
  /**
   * Metrics of anything else, served as `external.metrics.k8s.io`. `addExternalMetric` and `Autoscaling` add more.
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
   * Interval between two discoveries of series.
   * @default Duration.minutes(1)
   */
  readonly relistInterval?: Duration;
  /**
   * Time for which a metric is served after the last sample of its series; the relist interval or more.
   * @default - 5 minutes, or a longer relist interval
   */
  readonly maxAge?: Duration;
}

/** Prometheus, metrics, certificate and workload of prometheus-adapter. */
export interface PrometheusAdapterProps extends PrometheusAdapterOptions {
  /** Prometheus to query; not an agent. */
  readonly prometheus: IPrometheus;
}
