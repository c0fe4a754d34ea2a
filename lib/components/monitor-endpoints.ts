import { MonitorOptions } from './monitor-options';
import { MetricSelection, ScrapeEndpoint, ScrapeEndpointProps } from '../monitoring';

/**
 * Metrics that every program of Kubernetes exposes and that no rule and no usual dashboard reads: the state of some 240 feature gates, and
 * buckets of sizes, of throttling and of the Go runtime. Sums and counts stay.
 */
export const UNUSED_KUBERNETES_METRICS: readonly string[] = [
  'kubernetes_feature_enabled',
  'rest_client_(exec_plugin_certificate_rotation_age|rate_limiter_duration_seconds|request_size_bytes|response_size_bytes)_bucket',
  '(workqueue_work_duration|informer_processing_latency)_seconds_bucket',
  'go_.+_bucket',
  '(authentication|authorization)_duration_seconds_bucket',
  'apiserver_storage_data_key_generation_duration_seconds_bucket',
];

/** Interval, timeout and metrics of an endpoint, from the options of its monitor; `metrics` by default. */
export function endpointOptions(options: MonitorOptions, metrics: MetricSelection = MetricSelection.all()): ScrapeEndpointProps {
  return { interval: options.interval, timeout: options.timeout, metrics: options.metrics ?? metrics._asDefault() };
}

/** Path of the service level indicators. */
const INDICATORS = '/metrics/slis';

/** Names of the service level indicators, and of those of the process beside them. */
export const INDICATOR_METRICS = /^(?:kubernetes_healthcheck|process_)/;

/** Matcher of the endpoint of the metrics, after a comma, by which the presence of a component is judged. */
export const WITHOUT_INDICATORS = `, metrics_path!="${INDICATORS}"`;

/** The endpoint of the metrics, and that of the service level indicators at /metrics/slis where they are wanted. */
export function kubernetesEndpoints(endpoint: ScrapeEndpointProps, serviceLevelIndicators: boolean = false): ScrapeEndpoint[] {
  const { metrics: _, ...same } = endpoint;
  return [
    new ScrapeEndpoint(endpoint),
    ...(serviceLevelIndicators
      ? [ScrapeEndpoint._exposing(INDICATOR_METRICS, { ...same, metrics: MetricSelection.all()._asDefault(), path: INDICATORS })]
      : []),
  ];
}
