import { ISecret } from 'cdk8s-plus-27';
import { ClusterProfile } from './cluster-profile';
import { MonitoringBackend } from './monitoring-backend';
import { MonitoringPart } from './monitoring-part';
import { AlertmanagerProps, PrometheusProps } from '../backend';
import {
  ApiServerMonitorProps, BlackboxExporterProps, ControllerManagerMonitorProps, CoreDnsMonitorProps, EtcdMonitorProps, KubeletMonitorProps,
  KubeProxyMonitorProps, KubeStateMetricsProps, NodeExporterDaemonSetProps, SchedulerMonitorProps,
} from '../components';
import { AlertRouting, RuleEdit } from '../monitoring';

/** The whole stack. A part whose props are given is made whatever the profile says of it. */
export interface KubernetesMonitoringProps {
  /**
   * What the cluster lets one watch.
   * @default ClusterProfile.kubeadm()
   */
  readonly profile?: ClusterProfile;
  /**
   * What runs Prometheus and Alertmanager.
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
   * @default true
   */
  readonly createNamespaces?: boolean;
  /**
   * Parts that are left out.
   * @default - none
   */
  readonly without?: MonitoringPart[];
  /**
   * Who is told of which alert.
   * @default - nobody is told; alerts are shown
   */
  readonly routing?: AlertRouting;
  /**
   * Changes to the rules of all parts.
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
   * Prometheus.
   * @default - its own defaults
   */
  readonly prometheus?: PrometheusProps;
  /**
   * Alertmanager; `routing` stands above.
   * @default - its own defaults
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
  readonly scheduler?: SchedulerMonitorProps;
  /**
   * kube-controller-manager.
   * @default - its own defaults
   */
  readonly controllerManager?: ControllerManagerMonitorProps;
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
}
