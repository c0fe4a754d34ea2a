import { ISecret } from 'cdk8s-plus-27';
import { ClusterProfile } from './cluster-profile';
import { MonitoringBackend } from './monitoring-backend';
import { MonitoringPart } from './monitoring-part';
import { AlertmanagerProps, PrometheusProps } from '../backend';
import {
  ApiServerMonitorProps, BlackboxExporterProps, ControlPlaneMonitorProps, CoreDnsMonitorProps, EtcdMonitorProps, KubeletMonitorProps,
  KubeProxyMonitorProps, KubeStateMetricsProps, NodeExporterDaemonSetProps,
} from '../components';
import { GrafanaProps } from '../grafana';
import { InfluxDb2Props, InfluxDbProps, VictoriaMetricsProps } from '../long-term';
import { MetricsServerProps, PrometheusAdapterOptions } from '../metrics-api';
import { AlertRouting, RuleEdit } from '../monitoring';

/** The whole stack. A part whose props are given is made even where the profile says that Pods do not reach it. */
export interface KubernetesMonitoringProps {
  /**
   * Kind of the cluster: components that Pods can reach, and how, and what it admits.
   * @default ClusterProfile.kubeadm()
   */
  readonly profile?: ClusterProfile;
  /**
   * Backend that runs Prometheus and Alertmanager.
   * @default MonitoringBackend.plain()
   */
  readonly backend?: MonitoringBackend;
  /**
   * Namespace of everything but node-exporter.
   * @default - the chart's, else `kube-ops`
   */
  readonly namespace?: string;
  /**
   * Namespace of node-exporter, which Pod Security `restricted` would refuse.
   * @default - that of `nodeExporter`, else `<namespace>-nodes`
   */
  readonly nodeNamespace?: string;
  /**
   * Whether the two namespaces are made. One that every cluster has, such as `default`, is left as it is.
   * @default - true; false with MonitoringBackend.existing(), whose namespace may be that of others
   */
  readonly createNamespaces?: boolean;
  /**
   * Parts that are left out.
   * @default - none
   */
  readonly without?: MonitoringPart[];
  /**
   * Routing of alerts to receivers. Throws with an agent.
   * @default - no notifications; alerts are shown
   */
  readonly routing?: AlertRouting;
  /**
   * Changes to the rules of all parts. Throws with an agent.
   * @default - none
   */
  readonly ruleEdits?: RuleEdit[];
  /**
   * Registry that takes the place of all images' own.
   * @default - the images' own
   */
  readonly registry?: string;
  /**
   * Secrets with credentials for the registry; they have to be in both namespaces.
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];
  /**
   * Whether the cluster assigns users and groups, as OpenShift does: no Pod names ids then, except for node-exporter, whose service account needs the
   * security context constraint `privileged` for the host's files, and keeps its ids with it.
   * @default - the profile's: true on OpenShift
   */
  readonly clusterAssignsIds?: boolean;
  /**
   * Prometheus. An agent (`agent: true` with `remoteWrites`) monitors all parts without their rules.
   * @default - its own defaults
   */
  readonly prometheus?: PrometheusProps;
  /**
   * Alertmanager; its routing is the prop `routing`. Throws with an agent.
   * @default - its own defaults; none with an agent
   */
  readonly alertmanager?: AlertmanagerProps;
  /**
   * node-exporter.
   * @default - its own defaults
   */
  readonly nodeExporter?: NodeExporterDaemonSetProps;
  /**
   * kube-state-metrics.
   * @default - its own defaults
   */
  readonly kubeStateMetrics?: KubeStateMetricsProps;
  /**
   * The kubelets; how the profile reaches them holds unless it is said here.
   * @default - its own defaults
   */
  readonly kubelet?: KubeletMonitorProps;
  /**
   * The API server.
   * @default - its own defaults
   */
  readonly apiServer?: ApiServerMonitorProps;
  /**
   * kube-scheduler.
   * @default - its own defaults
   */
  readonly scheduler?: ControlPlaneMonitorProps;
  /**
   * kube-controller-manager.
   * @default - its own defaults
   */
  readonly controllerManager?: ControlPlaneMonitorProps;
  /**
   * kube-proxy.
   * @default - its own defaults
   */
  readonly kubeProxy?: KubeProxyMonitorProps;
  /**
   * CoreDNS.
   * @default - its own defaults
   */
  readonly coreDns?: CoreDnsMonitorProps;
  /**
   * etcd, by addresses or client certificates; the Service of an etcd outside of the cluster is in `namespace` unless it is said here.
   * @default - its own defaults, where the profile says that it is reached
   */
  readonly etcd?: EtcdMonitorProps;
  /**
   * blackbox-exporter.
   * @default - its own defaults
   */
  readonly blackboxExporter?: BlackboxExporterProps;
  /**
   * metrics-server, for clusters without one. Kubelets are verified as the profile says, unless `kubeletTls` is given.
   * @default - not made
   */
  readonly metricsServer?: MetricsServerProps;
  /**
   * prometheus-adapter, with the Prometheus of the stack.
   * @default - not made
   */
  readonly prometheusAdapter?: PrometheusAdapterOptions;
  /**
   * VictoriaMetrics, which the Prometheus writes to and Grafana has as a data source. Its load follows from `prometheus.capacity`; of what several
   * replicas send it keeps one. Throws with MonitoringBackend.existing(), whose Prometheus others have write.
   * @default - not made
   */
  readonly victoriaMetrics?: VictoriaMetricsProps;
  /**
   * InfluxDB, which the Prometheus writes to and Grafana has as a data source. Its load follows from `prometheus.capacity`. Throws with
   * MonitoringBackend.existing(), whose Prometheus others have write.
   * @default - not made
   */
  readonly influxDb?: InfluxDbProps;
  /**
   * InfluxDB 2, which the Prometheus forwards to by a gateway and Grafana has as a data source. Its load and that of the gateway follow from
   * `prometheus.capacity`. Throws with MonitoringBackend.existing(), whose Prometheus others have write.
   * @default - not made
   */
  readonly influxDb2?: InfluxDb2Props;
  /**
   * Grafana, with the Prometheus and the Alertmanager of the stack as data sources and the dashboards of all that is monitored. An agent answers no
   * queries: make `victoriaMetrics` too, or name the Prometheus that has its samples by `prometheus` or `dataSources`.
   * @default - not made
   */
  readonly grafana?: GrafanaProps;
}
