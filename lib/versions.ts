/** Versions of the programs that the library deploys; `npm run versions` moves them, and all that follows from them. */
const VERSIONS = {
  prometheus: 'v3.15.1',
  alertmanager: 'v0.35.0',
  prometheusOperator: 'v0.93.1',
  nodeExporter: 'v1.12.1',
  blackboxExporter: 'v0.28.0',
  kubeStateMetrics: 'v2.20.0',
  metricsServer: 'v0.9.0',
  prometheusAdapter: 'v0.12.0',
  grafana: 'v13.2.3',
  victoriaMetrics: 'v1.151.0',
  influxDb: 'v1.12.4',
  influxDb2: 'v2.9.1',
  thanos: 'v0.42.4',
  bento: 'v1.10.0',
  telegraf: 'v1.37.2',
} as const;

/** The programs that the library deploys, as `image` (with its registry) and `version`, with the `tag` of the image where that is not the version. */
export const PROGRAMS = {
  prometheus: { image: 'quay.io/prometheus/prometheus', version: VERSIONS.prometheus },
  alertmanager: { image: 'quay.io/prometheus/alertmanager', version: VERSIONS.alertmanager },
  prometheusOperator: { image: 'quay.io/prometheus-operator/prometheus-operator', version: VERSIONS.prometheusOperator },
  configReloader: { image: 'quay.io/prometheus-operator/prometheus-config-reloader', version: VERSIONS.prometheusOperator },
  admissionWebhook: { image: 'quay.io/prometheus-operator/admission-webhook', version: VERSIONS.prometheusOperator },
  nodeExporter: { image: 'quay.io/prometheus/node-exporter', version: VERSIONS.nodeExporter },
  blackboxExporter: { image: 'quay.io/prometheus/blackbox-exporter', version: VERSIONS.blackboxExporter },
  kubeStateMetrics: { image: 'registry.k8s.io/kube-state-metrics/kube-state-metrics', version: VERSIONS.kubeStateMetrics },
  metricsServer: { image: 'registry.k8s.io/metrics-server/metrics-server', version: VERSIONS.metricsServer },
  prometheusAdapter: { image: 'registry.k8s.io/prometheus-adapter/prometheus-adapter', version: VERSIONS.prometheusAdapter },
  grafana: { image: 'docker.io/grafana/grafana', version: VERSIONS.grafana, tag: VERSIONS.grafana.slice(1) },
  victoriaMetrics: { image: 'docker.io/victoriametrics/victoria-metrics', version: VERSIONS.victoriaMetrics },
  influxDb: { image: 'docker.io/library/influxdb', version: VERSIONS.influxDb, tag: VERSIONS.influxDb.slice(1) },
  influxDb2: { image: 'docker.io/library/influxdb', version: VERSIONS.influxDb2, tag: VERSIONS.influxDb2.slice(1) },
  thanos: { image: 'quay.io/thanos/thanos', version: VERSIONS.thanos },
  bento: { image: 'ghcr.io/warpstreamlabs/bento', version: VERSIONS.bento, tag: VERSIONS.bento.slice(1) },
  telegraf: { image: 'docker.io/library/telegraf', version: VERSIONS.telegraf, tag: VERSIONS.telegraf.slice(1) },
} as const;

/** A program that the library deploys. */
export type Program = keyof typeof PROGRAMS;

/** An image and its version. */
interface Release {
  readonly image: string;
  readonly version: string;
  readonly tag?: string;
}

/** The image of a program with its tag, as upstream names it. */
export function upstreamImage({ image, version, tag = version }: Release): string {
  return `${image}:${tag}`;
}
