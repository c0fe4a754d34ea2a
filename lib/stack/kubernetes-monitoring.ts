import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { blindAlerts } from './blind-alerts';
import { ClusterProfile } from './cluster-profile';
import { existingNotes } from './existing-notes';
import { KubernetesMonitoringProps } from './kubernetes-monitoring-props';
import { MonitoringBackend } from './monitoring-backend';
import { MonitoringPart } from './monitoring-part';
import {
  apiServerProps, blackboxExporterProps, controlPlaneProps, coreDnsProps, etcdProps, grafanaProps, kubeletProps, kubeProxyProps, metricsServerProps,
  nodeExporterProps, prometheusAdapterProps,
} from './part-props';
import { checkAgent, checkExisting, checkNotTwice, checkWithout, configuredParts } from './configured-parts';
import { profileNotes } from './profile-notes';
import { forwardOptions, influxDb2Props, influxDbProps, remoteWritesOf, victoriaMetricsProps } from './store-parts';
import { unreachableParts } from './unreachable-parts';
import {
  ApiServerMonitor, BlackboxExporter, ControllerManagerMonitor, CoreDnsMonitor, EtcdMonitor, KubeletMonitor, KubeProxyMonitor, KubeStateMetrics,
  NodeExporterDaemonSet, SchedulerMonitor,
} from '../components';
import { presenceNote } from '../backend/presence-alerts';
import { PrometheusBase } from '../backend/prometheus-base';
import { MonitoringNamespace, PodSecurityLevel } from '../kubernetes';
import { note } from '../kubernetes/notes';
import { Grafana } from '../grafana';
import { InfluxDb, InfluxDb2, VictoriaMetrics } from '../long-term';
import { MetricsServer, PrometheusAdapter } from '../metrics-api';
import { IAlertmanagerService, IMonitored, IPrometheus, Relabeling, RuleEdit, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { isMonitored } from '../monitoring/monitored-things';
import { ExistingPrometheus, KubeletService, PrometheusOperator } from '../operator';
import { checkArguments } from '../arguments';

/**
 * The whole stack in one construct: Prometheus and Alertmanager, the exporters, and monitors of all components that Pods can reach. Each
 * part is a property, undefined where it is left out. `notes`, and the information on the construct, say which components are not monitored,
 * and what to change so that they are. With `prometheus: { agent: true, remoteWrites }` it is monitored without rules and without an Alertmanager.
 */
export class KubernetesMonitoring extends Construct {
  /** Namespace of everything but node-exporter. */
  public readonly namespace: string;
  /** Namespace of node-exporter. */
  public readonly nodeNamespace: string;
  /** Cluster components that Pods can reach. */
  public readonly profile: ClusterProfile;
  /** The Prometheus Operator, of a stack that it runs. */
  public readonly operator?: PrometheusOperator;
  /** Prometheus. */
  public readonly prometheus: IPrometheus;
  /** Alertmanager. */
  public readonly alertmanager?: IAlertmanagerService;
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
  /** metrics-server. */
  public readonly metricsServer?: MetricsServer;
  /** prometheus-adapter. */
  public readonly prometheusAdapter?: PrometheusAdapter;
  /** VictoriaMetrics. */
  public readonly victoriaMetrics?: VictoriaMetrics;
  /** InfluxDB. */
  public readonly influxDb?: InfluxDb;
  /** InfluxDB 2. */
  public readonly influxDb2?: InfluxDb2;
  /** Grafana. */
  public readonly grafana?: Grafana;
  private readonly _notes: readonly string[];
  private readonly things: IMonitored[] = [];

  constructor(scope: Construct, id: string, props: KubernetesMonitoringProps = {}) {
    super(scope, id);
    checkArguments('KubernetesMonitoring', { props }, this.node.path);
    const { profile = ClusterProfile.kubeadm(), backend = MonitoringBackend.plain(), without = [] } = props;
    const { registry, imagePullSecrets, clusterAssignsIds = profile.clusterAssignsIds ? true : undefined } = props;
    const agent = props.prometheus?.agent ?? false;
    this.profile = profile;
    this.namespace = props.namespace ?? Chart.of(this).namespace ?? 'kube-ops';
    this.nodeNamespace = props.nodeExporter?.namespace ?? props.nodeNamespace ?? `${this.namespace}-nodes`;
    const { namespace, nodeNamespace } = this;
    const host = { namespace: nodeNamespace, registry, imagePullSecrets };
    const common = { ...host, namespace, clusterAssignsIds };
    const configured = configuredParts(props);
    checkWithout(this.node.path, configured, without);
    checkNotTwice(this.node.path, props);
    checkExisting(this.node.path, props);
    checkAgent(this.node.path, props);
    // A part that is configured by props has been made reachable.
    const leftOut = new Set<string>(without);
    const unreachable = [...unreachableParts(profile)].filter(([part]) => !configured.has(part) && !leftOut.has(part));
    const unmade = new Set([...leftOut, ...unreachable.map(([part]) => part)]);
    const made: IMonitored[] = [];
    const make = <T extends IMonitored>(part: MonitoringPart, produce: (id: string) => T): T | undefined => {
      if (unmade.has(part)) {
        return undefined;
      }
      const thing = produce(part);
      made.push(thing);
      return thing;
    };
    this.makeNamespaces(props, unmade);

    this.operator = backend._operator === undefined ? undefined : make(MonitoringPart.PROMETHEUS_OPERATOR, (name) => (
      backend._makeOperator(this, name, profile._distribution.closesKubeSystem ? { kubeletService: KubeletService.none(), ...common } : common)
    ));
    const { victoriaMetrics, influxDb, influxDb2 } = props;
    this.victoriaMetrics = victoriaMetrics && new VictoriaMetrics(this, MonitoringPart.VICTORIA_METRICS, {
      ...common, ...victoriaMetricsProps(props, victoriaMetrics),
    });
    this.influxDb = influxDb && new InfluxDb(this, MonitoringPart.INFLUXDB, { ...common, ...influxDbProps(props, influxDb) });
    this.influxDb2 = influxDb2 && new InfluxDb2(this, MonitoringPart.INFLUXDB2, { ...common, ...influxDb2Props(props, influxDb2) });
    const stores = [this.victoriaMetrics, this.influxDb, this.influxDb2].filter((store) => store !== undefined);
    const remoteWrites = remoteWritesOf(props, this.victoriaMetrics, this.influxDb);
    this.prometheus = backend._makePrometheus(this, 'prometheus', { ...common, ...props.prometheus, remoteWrites, selfMonitoring: false });
    // First, because they have Prometheus read all namespaces; it needs no roles in single ones then.
    if (!without.includes(MonitoringPart.ANNOTATED_APPS)) {
      this.discoverApps();
    }
    if (backend._existing === undefined ? props.prometheus?.selfMonitoring ?? true : backend._existing.selfMonitoring) {
      this.things.push(...this.prometheus.monitor(this.prometheus));
    }
    this.alertmanager = agent || without.includes(MonitoringPart.ALERTMANAGER) || backend._existing !== undefined ? undefined : (
      backend._makeAlertmanager(this, MonitoringPart.ALERTMANAGER, { ...common, routing: props.routing, ...props.alertmanager })
    );
    if (this.alertmanager !== undefined) {
      this.prometheus.sendAlertsTo(this.alertmanager);
      this.things.push(...(isMonitored(this.alertmanager) ? [this.alertmanager] : []));
    }
    this.nodeExporter = make(MonitoringPart.NODE_EXPORTER, (name) => (
      new NodeExporterDaemonSet(this, name, { ...host, ...nodeExporterProps(props), namespace: nodeNamespace })
    ));
    this.kubeStateMetrics = make(MonitoringPart.KUBE_STATE_METRICS, (name) => (
      new KubeStateMetrics(this, name, { ...common, ...props.kubeStateMetrics })
    ));
    this.kubelet = make(MonitoringPart.KUBELET, (name) => new KubeletMonitor(this, name, kubeletProps(profile, props, backend, this.operator)));
    this.apiServer = make(MonitoringPart.API_SERVER, (name) => new ApiServerMonitor(this, name, apiServerProps(profile, props)));
    this.scheduler = make(MonitoringPart.SCHEDULER, (name) => (
      new SchedulerMonitor(this, name, controlPlaneProps('scheduler', profile, namespace, props))
    ));
    this.controllerManager = make(MonitoringPart.CONTROLLER_MANAGER, (name) => (
      new ControllerManagerMonitor(this, name, controlPlaneProps('controllerManager', profile, namespace, props))
    ));
    this.kubeProxy = make(MonitoringPart.KUBE_PROXY, (name) => new KubeProxyMonitor(this, name, kubeProxyProps(profile, namespace, props)));
    this.coreDns = make(MonitoringPart.CORE_DNS, (name) => new CoreDnsMonitor(this, name, coreDnsProps(profile, props)));
    this.etcd = make(MonitoringPart.ETCD, (name) => new EtcdMonitor(this, name, etcdProps(profile, namespace, props)));
    this.blackboxExporter = make(MonitoringPart.BLACKBOX_EXPORTER, (name) => (
      new BlackboxExporter(this, name, { ...common, ...blackboxExporterProps(props, this.apiServer !== undefined) })
    ));
    this.blackboxExporter?.probeServices({ name: 'probed-services' });
    this.blackboxExporter?.probeIngresses({ name: 'probed-ingresses' });
    const { metricsServer, prometheusAdapter, grafana } = props;
    this.metricsServer = metricsServer && make(MonitoringPart.METRICS_SERVER, (name) => (
      new MetricsServer(this, name, { ...common, ...metricsServerProps(profile, props, metricsServer) })
    ));
    this.prometheusAdapter = prometheusAdapter && make(MonitoringPart.PROMETHEUS_ADAPTER, (name) => (
      new PrometheusAdapter(this, name, { ...common, ...prometheusAdapterProps(props, prometheusAdapter), prometheus: this.prometheus })
    ));
    made.push(...stores);
    const servers = { prometheus: this.prometheus, isAgent: agent, alertmanager: this.alertmanager, stores };
    this.grafana = grafana && make(MonitoringPart.GRAFANA, (name) => new Grafana(this, name, { ...common, ...grafanaProps(grafana, servers) }));
    this.things.push(...this.prometheus.monitor(...made));
    if (this.influxDb2 !== undefined) {
      this.things.push(this.prometheus.forward(this.influxDb2.sink, { ...common, ...forwardOptions(props) }));
    }
    this.grafana?.show(...this.things);
    const blind = agent || backend._existing?.agent === true ? [] : blindAlerts(props, {
      apiServer: this.apiServer !== undefined, kubelet: this.kubelet !== undefined, prometheus: props.prometheus?.selfMonitoring ?? true,
      nodeExporter: this.nodeExporter !== undefined, kubeState: this.kubeStateMetrics !== undefined,
    });
    this.prometheus.adjustRules(...blind.map(({ alert }) => RuleEdit.without(alert)), ...(props.ruleEdits ?? []));

    const unjudged = this.prometheus instanceof PrometheusBase ? this.prometheus._unjudgedAlerts : [];
    this._notes = [
      ...unreachable.map(([part, reason]) => `${part} is not monitored: ${reason}`),
      ...profileNotes(profile, props, this.kubelet !== undefined),
      ...blind.map((one) => one.note),
      ...(backend._existing === undefined ? [] : existingNotes({ unmade, nodeExporter: this.nodeExporter, makesNamespaces: makesNamespaces(props) })),
      ...(unjudged.length === 0 ? [] : [presenceNote(unjudged)]),
      ...(agent ? ['rules are left out, and so is Alertmanager: an agent evaluates no rules and sends no alerts; evaluate them where the samples go'] : []),
    ];
    this._notes.forEach((text) => note(this, text));
  }

  /**
   * Components that are not monitored, alerts that are left out and dashboards that are not shown, each with the reason and what to change; for an
   * existing Prometheus also what it has to select and to be allowed, what it may monitor already, and which namespace has to exist.
   */
  public get notes(): string[] {
    return [...this._notes, ...this.grafana?.notes ?? [], ...(this.prometheus instanceof ExistingPrometheus ? this.prometheus.notes : [])];
  }

  /** Everything that is monitored, Prometheus and Alertmanager among it, such as to show its dashboards. */
  public get monitored(): IMonitored[] {
    return [...this.things];
  }

  private makeNamespaces(props: KubernetesMonitoringProps, unmade: ReadonlySet<string>): void {
    if (!makesNamespaces(props)) {
      return;
    }
    // Those that every cluster has are others' too: what their Pods may do is not for monitoring to say.
    if (!['default', 'kube-system', 'kube-public', 'kube-node-lease'].includes(this.namespace)) {
      new MonitoringNamespace(this, 'Namespace', { name: this.namespace });
    }
    if (unmade.has(MonitoringPart.NODE_EXPORTER)) {
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
    const components = (kind: string) => (this.profile._distribution.annotatesComponents ? [
      Relabeling.drop({ sourceLabels: ['__meta_kubernetes_namespace', `__meta_kubernetes_${kind}_label_k8s_app`], regex: 'kube-system;(kube-dns|kube-proxy)' }),
    ] : []);
    this.prometheus.addScrapeJob(ScrapeJob.fromAnnotatedPods({ endpoint: new ScrapeEndpoint({ name: 'metrics', relabelings: components('pod') }) }));
    this.prometheus.addScrapeJob(ScrapeJob.fromAnnotatedServices({ endpoint: new ScrapeEndpoint({ name: 'metrics', relabelings: [dns, ...components('service')] }) }));
  }
}

function makesNamespaces({ createNamespaces, backend }: KubernetesMonitoringProps): boolean {
  return createNamespaces ?? backend?._existing === undefined;
}
