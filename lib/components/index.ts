export * from './monitor-options';
export type { MetricsApiRuleOptions } from './metrics-api-rules';
export * from './apiserver/apiserver-monitor';
export type { ApiServerRuleOptions } from './apiserver/apiserver-rules';
export { DnsModuleOptions, DnsRecordMatch, DnsTransport } from './blackbox/blackbox-dns-options';
export * from './blackbox/blackbox-exporter';
export * from './blackbox/blackbox-module';
export * from './blackbox/blackbox-module-options';
export * from './blackbox/blackbox-probes';
export * from './blackbox/blackbox-rule-options';
export * from './control-plane/control-plane-monitor';
export * from './coredns/coredns-monitor';
export type { CoreDnsRuleOptions } from './coredns/coredns-rules';
export * from './etcd/etcd-monitor';
export * from './etcd/etcd-monitor-props';
export * from './etcd/etcd-rule-options';
export * from './kube-proxy/kube-proxy-monitor';
export {
  CustomResourceGaugeProps, CustomResourceInfoProps, CustomResourceLabels, CustomResourceMetric, CustomResourceMetricProps,
  CustomResourceStateSetProps, KubeStateCustomResource,
} from './kube-state/kube-state-custom-resource';
export * from './kube-state/kube-state-metrics';
export * from './kube-state/kube-state-metrics-props';
export * from './kube-state/kube-state-resource';
export * from './kube-state/kube-state-rule-options';
export * from './kubelet/kubelet-discovery';
export * from './kubelet/kubelet-monitor';
export * from './kubelet/kubelet-path';
export * from './kubelet/kubelet-rule-options';
export * from './node/node-collector';
export * from './node/node-exporter';
export * from './node/node-rule-options';
export type { AlertmanagerRuleOptions } from './alertmanager/alertmanager-rules';
export type { GeneralRuleOptions } from './general/general-rules';
export * from './grafana/grafana-rule-options';
export * from './influxdb/influxdb-rule-options';
export * from './operator/prometheus-operator-rule-options';
export * from './prometheus/prometheus-rule-options';
export * from './victoria-metrics/victoria-metrics-rule-options';
