/** The programs that the library deploys, as `image` (with its registry) and `version`, in one place. */
export const PROGRAMS = {
  prometheus: { image: 'quay.io/prometheus/prometheus', version: 'v3.13.2' },
  alertmanager: { image: 'quay.io/prometheus/alertmanager', version: 'v0.33.1' },
  prometheusOperator: { image: 'quay.io/prometheus-operator/prometheus-operator', version: 'v0.93.1' },
  configReloader: { image: 'quay.io/prometheus-operator/prometheus-config-reloader', version: 'v0.93.1' },
  admissionWebhook: { image: 'quay.io/prometheus-operator/admission-webhook', version: 'v0.93.1' },
  nodeExporter: { image: 'quay.io/prometheus/node-exporter', version: 'v1.12.1' },
  blackboxExporter: { image: 'quay.io/prometheus/blackbox-exporter', version: 'v0.28.0' },
  kubeStateMetrics: { image: 'registry.k8s.io/kube-state-metrics/kube-state-metrics', version: 'v2.19.1' },
} as const;

/** A program that the library deploys. */
export type Program = keyof typeof PROGRAMS;
