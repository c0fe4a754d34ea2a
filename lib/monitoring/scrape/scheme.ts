/** The protocol by which a target is scraped. */
export enum Scheme {
  /** Plain HTTP. */
  HTTP = 'http',
  /** HTTP over TLS. */
  HTTPS = 'https',
}

/**
 * Protocol of a response without a content type.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
export enum FallbackProtocol {
  /** The Prometheus text format 0.0.4. */
  PROMETHEUS_TEXT_0_0_4 = 'PrometheusText0.0.4',
  /** The Prometheus text format 1.0.0. */
  PROMETHEUS_TEXT_1_0_0 = 'PrometheusText1.0.0',
  /** OpenMetrics text 0.0.1. */
  OPEN_METRICS_TEXT_0_0_1 = 'OpenMetricsText0.0.1',
  /** OpenMetrics text 1.0.0. */
  OPEN_METRICS_TEXT_1_0_0 = 'OpenMetricsText1.0.0',
  /** The Prometheus protocol buffer format. */
  PROMETHEUS_PROTO = 'PrometheusProto',
}
