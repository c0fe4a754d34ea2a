import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { KubernetesMonitoringProps } from './kubernetes-monitoring-props';
import { MonitoringBackend } from './monitoring-backend';
import { MonitoringPart } from './monitoring-part';
import { apiServerProps, etcdProps, kubeletProps } from './part-props';
import { checkNoContradiction, checkSaidOnce, partsSetUp } from './parts-set-up';
import { unwatched } from './unwatched';
import {
  ApiServerMonitor, BlackboxExporter, ControllerManagerMonitor, CoreDnsMonitor, EtcdMonitor, KubeletMonitor, KubeProxyMonitor, KubeStateMetrics,
  NodeExporterDaemonSet, SchedulerMonitor,
} from '../components';
import { MonitoringNamespace, PodSecurityLevel } from '../kubernetes';
import { note } from '../kubernetes/notes';
import { IAlertmanager, IMonitored, IPrometheus, Relabeling, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { PrometheusOperator } from '../operator';

/**
 * The whole stack in one construct: Prometheus and Alertmanager, the exporters, and monitors of all that the cluster lets one reach. Each
 * part is a property, undefined where it is left out. What is not watched, and what to change to have it watched, stands as information
 * on the construct and in `notes`.
 */
export class KubernetesMonitoring extends Construct {
  /** Namespace of everything but node-exporter. */
  public readonly namespace: string;
  /** Namespace of node-exporter. */
  public readonly nodeNamespace: string;
  /** What the cluster lets one watch. */
  public readonly profile: ClusterProfile;
  /** The Prometheus Operator, of a stack that it runs. */
  public readonly operator?: PrometheusOperator;
  /** Prometheus. */
  public readonly prometheus: IPrometheus;
  /** Alertmanager. */
  public readonly alertmanager?: IAlertmanager;
  /** node-exporter. */
  public readonly nodeExporter?: NodeExporterDaemonSet;
  /** kube-state-metrics. */
  public readonly kubeStateMetrics?: KubeStateMetrics;
  /** The kubelets. */
  public readonly kubelet?: KubeletMonitor;
  /** The API server. */
  public readonly apiServer?: ApiServerMonitor;
  /** kube-scheduler. */
  public readonly scheduler?: SchedulerMonitor;
  /** kube-controller-manager. */
  public readonly controllerManager?: ControllerManagerMonitor;
  /** kube-proxy. */
  public readonly kubeProxy?: KubeProxyMonitor;
  /** CoreDNS. */
  public readonly coreDns?: CoreDnsMonitor;
  /** etcd. */
  public readonly etcd?: EtcdMonitor;
  /** blackbox-exporter. */
  public readonly blackboxExporter?: BlackboxExporter;
  private readonly _notes: string[] = [];

  constructor(scope: Construct, id: string, props: KubernetesMonitoringProps = {}) {
    super(scope, id);
    const { profile = ClusterProfile.kubeadm(), backend = MonitoringBackend.plain(), without = [], registry, imagePullSecrets } = props;
    this.profile = profile;
    this.namespace = props.namespace ?? Chart.of(this).namespace ?? 'kube-ops';
    this.nodeNamespace = props.nodeExporter?.namespace ?? props.nodeNamespace ?? `${this.namespace}-nodes`;
    const { namespace, nodeNamespace } = this;
    const common = { namespace, registry, imagePullSecrets };
    const setUp = partsSetUp(props);
    checkNoContradiction(this.node.path, setUp, without);
    checkSaidOnce(this.node.path, props);
    // Who sets a part up by props has made it reachable.
    const hidden = unwatched(profile).filter(({ part }) => !setUp.has(part) && !without.includes(part));
    const wanted = (part: MonitoringPart) => !without.includes(part) && hidden.every((other) => other.part !== part);
    const make = <T>(part: MonitoringPart, produce: () => T): T | undefined => (wanted(part) ? produce() : undefined);
    this.makeNamespaces(props);

    this.operator = backend._operator === undefined ? undefined : make(MonitoringPart.PROMETHEUS_OPERATOR, () => (
      backend._makeOperator(this, 'prometheus-operator', common)
    ));
    this.prometheus = backend._makePrometheus(this, 'prometheus', { ...common, ...props.prometheus, selfMonitoring: false });
    // First, because they have Prometheus read all namespaces; it needs no roles in single ones then.
    if (!without.includes(MonitoringPart.ANNOTATED_APPS)) {
      this.discoverApps();
    }
    if (props.prometheus?.selfMonitoring ?? true) {
      this.prometheus.monitor(this.prometheus);
    }
    this.alertmanager = make(MonitoringPart.ALERTMANAGER, () => (
      backend._makeAlertmanager(this, 'alertmanager', { ...common, routing: props.routing, ...props.alertmanager })
    ));
    if (this.alertmanager !== undefined) {
      this.prometheus.sendAlertsTo(this.alertmanager);
    }
    this.nodeExporter = make(MonitoringPart.NODE_EXPORTER, () => (
      new NodeExporterDaemonSet(this, 'node-exporter', { ...common, ...props.nodeExporter, namespace: nodeNamespace })
    ));
    this.kubeStateMetrics = make(MonitoringPart.KUBE_STATE_METRICS, () => (
      new KubeStateMetrics(this, 'kube-state-metrics', { ...common, ...props.kubeStateMetrics })
    ));
    this.kubelet = make(MonitoringPart.KUBELET, () => new KubeletMonitor(this, 'kubelet', kubeletProps(profile, props, backend, this.operator)));
    this.apiServer = make(MonitoringPart.API_SERVER, () => new ApiServerMonitor(this, 'apiserver', apiServerProps(props)));
    this.scheduler = make(MonitoringPart.SCHEDULER, () => new SchedulerMonitor(this, 'kube-scheduler', props.scheduler));
    this.controllerManager = make(MonitoringPart.CONTROLLER_MANAGER, () => (
      new ControllerManagerMonitor(this, 'kube-controller-manager', props.controllerManager)
    ));
    this.kubeProxy = make(MonitoringPart.KUBE_PROXY, () => new KubeProxyMonitor(this, 'kube-proxy', props.kubeProxy));
    this.coreDns = make(MonitoringPart.CORE_DNS, () => new CoreDnsMonitor(this, 'coredns', props.coreDns));
    this.etcd = make(MonitoringPart.ETCD, () => new EtcdMonitor(this, 'etcd', etcdProps(namespace, props)));
    this.blackboxExporter = make(MonitoringPart.BLACKBOX_EXPORTER, () => (
      new BlackboxExporter(this, 'blackbox-exporter', { ...common, ...props.blackboxExporter })
    ));
    this.blackboxExporter?.probeServices({ name: 'probed-services' });
    this.blackboxExporter?.probeIngresses({ name: 'probed-ingresses' });
    this.prometheus.monitor(...this.parts());
    this.prometheus.adjustRules(...(props.ruleEdits ?? []));

    hidden.forEach(({ part, why }) => this.say(`${part} is not watched: ${why}`));
  }

  /** What is not watched, and what to change to have it watched. */
  public get notes(): string[] {
    return [...this._notes];
  }

  private say(text: string): void {
    this._notes.push(text);
    note(this, text);
  }

  private parts(): IMonitored[] {
    return [
      this.operator, this.nodeExporter, this.kubeStateMetrics, this.kubelet, this.apiServer, this.scheduler, this.controllerManager,
      this.kubeProxy, this.coreDns, this.etcd, this.blackboxExporter,
    ].filter((part) => part !== undefined);
  }

  private makeNamespaces(props: KubernetesMonitoringProps): void {
    if (props.createNamespaces === false) {
      return;
    }
    // Those that every cluster has are others' too: what their Pods may do is not for monitoring to say.
    if (!['default', 'kube-system', 'kube-public', 'kube-node-lease'].includes(this.namespace)) {
      new MonitoringNamespace(this, 'Namespace', { name: this.namespace });
    }
    if ((props.without ?? []).includes(MonitoringPart.NODE_EXPORTER)) {
      return;
    }
    if (this.nodeNamespace === this.namespace) {
      throw new Error(`${this.node.path}: node-exporter is to go to namespace '${this.namespace}' too, which enforces Pod Security 'restricted' and would refuse it; choose another 'nodeNamespace', or make the namespace yourself and say createNamespaces: false`);
    }
    new MonitoringNamespace(this, 'NodeNamespace', { name: this.nodeNamespace, podSecurity: PodSecurityLevel.PRIVILEGED });
  }

  private discoverApps(): void {
    // kubeadm annotates the Service of CoreDNS, which is a part of its own.
    const dns = Relabeling.drop({ sourceLabels: ['__meta_kubernetes_namespace', '__meta_kubernetes_service_name'], regex: 'kube-system;kube-dns' });
    this.prometheus.addScrapeJob(ScrapeJob.fromAnnotatedPods());
    this.prometheus.addScrapeJob(ScrapeJob.fromAnnotatedServices({ endpoint: new ScrapeEndpoint({ name: 'metrics', relabelings: [dns] }) }));
  }
}
