/**
 * Recording rules of the components that a Prometheus evaluates. Their names, labels and meaning are those of kubernetes-mixin, node-mixin
 * and kube-prometheus, by which dashboards and rules of others know them.
 * @see https://github.com/prometheus-operator/kube-prometheus
 */
export enum RecordingRules {
  /** Those that another rule of the same Prometheus uses: an alert of a component, or a rule of your own, and no rule of your own records. */
  USED = 'used',
  /** All that the monitored components have. */
  COMMUNITY = 'community',
}
