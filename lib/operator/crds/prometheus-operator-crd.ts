/**
 * A kind of custom resource that the Prometheus Operator defines.
 * @see https://prometheus-operator.dev/docs/getting-started/design/
 */
export enum PrometheusOperatorCrd {
  /** An Alertmanager. */
  ALERTMANAGER = 'Alertmanager',
  /** Routes and receivers of one namespace, which the operator adds to an Alertmanager's. */
  ALERTMANAGER_CONFIG = 'AlertmanagerConfig',
  /** Pods to scrape. */
  POD_MONITOR = 'PodMonitor',
  /** Probes by a blackbox-exporter. */
  PROBE = 'Probe',
  /** A Prometheus. */
  PROMETHEUS = 'Prometheus',
  /** A Prometheus in agent mode. */
  PROMETHEUS_AGENT = 'PrometheusAgent',
  /** Recording and alerting rules. */
  PROMETHEUS_RULE = 'PrometheusRule',
  /** A scrape job of any kind of discovery. */
  SCRAPE_CONFIG = 'ScrapeConfig',
  /** Services to scrape. */
  SERVICE_MONITOR = 'ServiceMonitor',
  /** A Ruler of Thanos. */
  THANOS_RULER = 'ThanosRuler',
}
