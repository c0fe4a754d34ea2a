import { Construct } from 'constructs';
import { ALERTMANAGER_JOB, alertmanagerRules } from './alertmanager/alertmanager-rules';
import { ApiServerMonitor } from './apiserver/apiserver-monitor';
import { API_SERVER_JOB, apiServerRules } from './apiserver/apiserver-rules';
import { BlackboxExporter } from './blackbox/blackbox-exporter';
import { BLACKBOX_JOB, blackboxRules } from './blackbox/blackbox-rules';
import { RuleContext } from './component-rules';
import { ControllerManagerMonitor, SchedulerMonitor } from './control-plane/control-plane-monitor';
import { CONTROLLER_MANAGER, SCHEDULER, controlPlaneRules } from './control-plane/control-plane-rules';
import { CoreDnsMonitor } from './coredns/coredns-monitor';
import { CORE_DNS_JOB, coreDnsRules } from './coredns/coredns-rules';
import { EtcdMonitor } from './etcd/etcd-monitor';
import { ETCD_JOB, etcdRules } from './etcd/etcd-rules';
import { GeneralRuleOptions, generalRules } from './general/general-rules';
import { GRAFANA_JOB, grafanaRules } from './grafana/grafana-rules';
import { INFLUXDB_JOB, influxDbRules } from './influxdb/influxdb-rules';
import { INFLUXDB2_JOB, influxDb2Rules } from './influxdb/influxdb2-rules';
import { KubeProxyMonitor } from './kube-proxy/kube-proxy-monitor';
import { KUBE_PROXY_JOB, KUBE_PROXY_METRICS, kubeProxyRules } from './kube-proxy/kube-proxy-rules';
import { KubeStateMetrics } from './kube-state/kube-state-metrics';
import { KUBE_STATE_JOB, kubeStateRules } from './kube-state/kube-state-rules';
import { KubeletMonitor } from './kubelet/kubelet-monitor';
import { KUBELET_JOB, kubeletRules } from './kubelet/kubelet-rules';
import { METRICS_SERVER_JOB, metricsServerRules } from './metrics-server/metrics-server-rules';
import { MonitorOptions } from './monitor-options';
import { NodeExporterDaemonSet } from './node/node-exporter';
import { NODE_JOB, nodeRules } from './node/node-rules';
import { OPERATOR_JOB, prometheusOperatorRules } from './operator/prometheus-operator-rules';
import { PROMETHEUS_JOB, prometheusRules } from './prometheus/prometheus-rules';
import { PROMETHEUS_ADAPTER_JOB, prometheusAdapterRules } from './prometheus-adapter/prometheus-adapter-rules';
import { SINK_GATEWAY_JOB, sinkGatewayRules } from './sink-gateway/sink-gateway-rules';
import { THANOS_COMPACTOR_JOB, thanosCompactorRules } from './thanos/thanos-compactor-rules';
import { THANOS_QUERY_FRONTEND_JOB, thanosQueryFrontendRules } from './thanos/thanos-query-frontend-rules';
import { THANOS_QUERY_JOB, thanosQueryRules } from './thanos/thanos-query-rules';
import { THANOS_RECEIVE_JOB, thanosReceiveRules } from './thanos/thanos-receive-rules';
import { THANOS_RULER_JOB, thanosRulerRules } from './thanos/thanos-ruler-rules';
import { THANOS_SIDECAR_JOB, thanosSidecarRules } from './thanos/thanos-sidecar-rules';
import { THANOS_STORE_JOB, thanosStoreRules } from './thanos/thanos-store-rules';
import { VICTORIA_METRICS_JOB, victoriaMetricsRules } from './victoria-metrics/victoria-metrics-rules';
import { IMonitored, RuleSet } from '../monitoring';

/** A component of the library. What has to know all components derives from this list, and tests say what lacks one. */
export interface Component {
  /** Default name of its scrape job. Undefined without a job. */
  readonly jobName?: string;
  /** Beginnings of the names of its metrics, up to an underscore. */
  readonly metrics: readonly string[];
  /** Its rules, by the facts of its construct and the options of a user. */
  readonly rules: (context?: RuleContext) => RuleSet;
  /** Its construct. Undefined where that is not a component but a backend's. */
  readonly construct?: new (scope: Construct, id: string, props?: MonitorOptions) => IMonitored;
  /** Its `MonitoringPart` in the stack. */
  readonly part?: string;
  /** The prop and the property of the stack that it has, and the name of its reach in a `ClusterProfile`. */
  readonly prop?: string;
  /** Setting that opens a cluster made by kubeadm for it. Undefined where Pods reach it anyway. */
  readonly opening?: string;
}

/** Metrics of nearly every program in Go. */
const GO = ['go', 'process', 'promhttp', 'net_conntrack'];

/** Metrics of the libraries that the programs of Kubernetes share. */
const KUBERNETES = [
  ...GO, 'aggregator', 'apiserver', 'authenticated_user_requests', 'authentication', 'authorization', 'cardinality_enforcement', 'disabled_metrics_total',
  'event_recorder', 'hidden_metrics_total', 'informer', 'kubernetes', 'leader_election', 'registered_metrics_total', 'rest_client', 'version_info', 'workqueue',
];

/** Metrics of all programs of Thanos. */
const THANOS = [...GO, 'grpc', 'http_request_duration_seconds', 'thanos'];

const EXTRA_ARGS = (program: string) => `set bind-address to 0.0.0.0 in ${program}.extraArgs of kubeadm's ClusterConfiguration`;

/** All components, in the order in which the stack monitors them. */
export const COMPONENTS = {
  'operator': {
    jobName: OPERATOR_JOB, rules: prometheusOperatorRules, part: 'prometheus-operator',
    metrics: [...GO, 'prometheus_operator'],
  },
  'prometheus': {
    jobName: PROMETHEUS_JOB, rules: prometheusRules,
    metrics: [...GO, 'prometheus', 'reloader'],
  },
  'alertmanager': {
    jobName: ALERTMANAGER_JOB, rules: alertmanagerRules, part: 'alertmanager', prop: 'alertmanager',
    metrics: [...GO, 'alertmanager', 'prometheus_template', 'reloader'],
  },
  'general': {
    rules: (_: RuleContext = {}, options?: GeneralRuleOptions) => generalRules(options),
    metrics: [],
  },
  'node': {
    jobName: NODE_JOB, rules: nodeRules, construct: NodeExporterDaemonSet, part: 'node-exporter', prop: 'nodeExporter',
    metrics: [...GO, 'node'],
  },
  'kube-state': {
    jobName: KUBE_STATE_JOB, rules: kubeStateRules, construct: KubeStateMetrics, part: 'kube-state-metrics', prop: 'kubeStateMetrics',
    metrics: [...GO, 'http_request_duration_seconds', 'kube'],
  },
  'kubelet': {
    jobName: KUBELET_JOB, rules: kubeletRules, construct: KubeletMonitor, part: 'kubelet', prop: 'kubelet',
    metrics: [
      ...KUBERNETES, 'cadvisor', 'container', 'csi', 'dra', 'force_cleaned_failed_volume_operation', 'get_token', 'kubelet', 'machine', 'node', 'plugin_manager',
      'pod', 'prober', 'reconstruct_volume_operations', 'resource_scrape_error', 'scrape_error', 'storage', 'volume',
    ],
  },
  'apiserver': {
    jobName: API_SERVER_JOB, rules: apiServerRules, construct: ApiServerMonitor, part: 'apiserver', prop: 'apiServer',
    metrics: [
      ...KUBERNETES, 'apiextensions', 'clusterip', 'etcd', 'field_validation', 'grpc', 'kube_apiserver', 'node_authorizer', 'pod_security', 'serviceaccount',
      'ssh_tunnel', 'watch_cache', 'webhook',
    ],
  },
  'scheduler': {
    jobName: SCHEDULER.program, construct: SchedulerMonitor, part: 'kube-scheduler', prop: 'scheduler',
    rules: (context?: RuleContext) => controlPlaneRules(SCHEDULER, context),
    metrics: [...KUBERNETES, ...SCHEDULER.metrics],
    opening: EXTRA_ARGS('scheduler'),
  },
  'controller-manager': {
    jobName: CONTROLLER_MANAGER.program, construct: ControllerManagerMonitor, part: 'kube-controller-manager', prop: 'controllerManager',
    rules: (context?: RuleContext) => controlPlaneRules(CONTROLLER_MANAGER, context),
    metrics: [...KUBERNETES, ...CONTROLLER_MANAGER.metrics],
    opening: EXTRA_ARGS('controllerManager'),
  },
  'kube-proxy': {
    jobName: KUBE_PROXY_JOB, rules: kubeProxyRules, construct: KubeProxyMonitor, part: 'kube-proxy', prop: 'kubeProxy',
    metrics: [...KUBERNETES, ...KUBE_PROXY_METRICS],
    opening: 'set metricsBindAddress to 0.0.0.0:10249 in the KubeProxyConfiguration, in ConfigMap kube-system/kube-proxy',
  },
  'coredns': {
    jobName: CORE_DNS_JOB, rules: coreDnsRules, construct: CoreDnsMonitor, part: 'coredns', prop: 'coreDns',
    metrics: [...GO, 'coredns'],
  },
  'etcd': {
    jobName: ETCD_JOB, rules: etcdRules, construct: EtcdMonitor, part: 'etcd', prop: 'etcd',
    metrics: [...GO, 'etcd', 'grpc', 'os_fd'],
    opening: "set listen-metrics-urls to http://0.0.0.0:2381 in etcd.local.extraArgs of kubeadm's ClusterConfiguration",
  },
  'blackbox': {
    jobName: BLACKBOX_JOB, rules: blackboxRules, construct: BlackboxExporter, part: 'blackbox-exporter', prop: 'blackboxExporter',
    metrics: [...GO, 'blackbox', 'probe'],
  },
  'metrics-server': {
    jobName: METRICS_SERVER_JOB, rules: metricsServerRules, part: 'metrics-server', prop: 'metricsServer',
    metrics: [...KUBERNETES, 'metrics_server'],
  },
  'prometheus-adapter': {
    jobName: PROMETHEUS_ADAPTER_JOB, rules: prometheusAdapterRules, part: 'prometheus-adapter', prop: 'prometheusAdapter',
    metrics: [...KUBERNETES, 'prometheus_adapter'],
  },
  'victoria-metrics': {
    jobName: VICTORIA_METRICS_JOB, rules: victoriaMetricsRules, part: 'victoria-metrics', prop: 'victoriaMetrics',
    metrics: [...GO, 'flag', 'vm'],
  },
  'influxdb': {
    jobName: INFLUXDB_JOB, rules: influxDbRules, part: 'influxdb', prop: 'influxDb',
    // InfluxDB 1 exposes those of its runtime alone.
    metrics: GO,
  },
  'influxdb2': {
    jobName: INFLUXDB2_JOB, rules: influxDb2Rules, part: 'influxdb2', prop: 'influxDb2',
    metrics: [...GO, 'boltdb', 'http_api', 'influxdb', 'influxql', 'qc', 'storage'],
  },
  'grafana': {
    jobName: GRAFANA_JOB, rules: grafanaRules, part: 'grafana', prop: 'grafana',
    metrics: [...KUBERNETES, 'grafana'],
  },
  'thanos-sidecar': {
    jobName: THANOS_SIDECAR_JOB, rules: thanosSidecarRules,
    metrics: THANOS,
  },
  'thanos-query': {
    jobName: THANOS_QUERY_JOB, rules: thanosQueryRules,
    metrics: [...THANOS, 'prometheus_engine'],
  },
  'thanos-query-frontend': {
    jobName: THANOS_QUERY_FRONTEND_JOB, rules: thanosQueryFrontendRules,
    metrics: [...THANOS, 'cortex', 'querier_cache'],
  },
  'thanos-store': {
    jobName: THANOS_STORE_JOB, rules: thanosStoreRules,
    metrics: [...THANOS, 'blocks_meta'],
  },
  'thanos-receive': {
    jobName: THANOS_RECEIVE_JOB, rules: thanosReceiveRules,
    metrics: [...THANOS, 'prometheus_tsdb'],
  },
  'thanos-rule': {
    jobName: THANOS_RULER_JOB, rules: thanosRulerRules,
    metrics: [...THANOS, 'prometheus_rule'],
  },
  'thanos-compact': {
    jobName: THANOS_COMPACTOR_JOB, rules: thanosCompactorRules,
    metrics: [...THANOS, 'blocks_meta', 'prometheus_tsdb'],
  },
  'sink-gateway': {
    jobName: SINK_GATEWAY_JOB, rules: sinkGatewayRules,
    metrics: [...GO, 'http_request', 'input', 'internal', 'output', 'processor', 'sink'],
  },
} as const satisfies { readonly [name: string]: Component };

const beginWith = (beginnings: readonly string[]) => new RegExp(`^(?:${beginnings.join('|')})(?:_|$)`);

const KNOWN = beginWith([...new Set(Object.values(COMPONENTS).flatMap(({ metrics }) => metrics))]);

/** Whether a component of the library may expose a metric of this name. */
export function isComponentMetric(metric: string): boolean {
  return KNOWN.test(metric);
}

/** Default names of the scrape jobs of the components that may expose a metric of this name; of all without one. */
export function componentJobsOf(metric?: string): string[] {
  const components: readonly Component[] = Object.values(COMPONENTS);
  return components.flatMap(({ jobName, metrics }) => (
    jobName === undefined || (metric !== undefined && !beginWith(metrics).test(metric)) ? [] : [jobName]
  ));
}
