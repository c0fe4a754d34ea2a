import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { AlertmanagerEndpoint, alertmanagerEndpoint } from './alertmanager-endpoint';
import { ConfigList } from './config-list';
import { remoteReadSpec, tracingSpec } from './configuration-spec';
import { Credentials } from '../credentials';
import { webCertificate } from '../web-certificate';
import { typed } from '../crd-spec';
import { kubeletServiceProblems } from './kubelet-service-checks';
import { MonitorNames } from './monitor-names';
import { MonitorObjects } from './monitor-objects';
import { MonitorSelection } from './monitor-selection';
import { checkOperatedPrometheus } from './operated-prometheus-checks';
import { OperatedPrometheusProps } from './operated-prometheus-props';
import { noteClaimLoss, operatorClashes } from '../operator-objects';
import { noteFeatures } from './promql-features';
import { withoutVariables } from '../variable-checks';
import { agentSpec, ResourceParts, serverSpec } from './prometheus-spec';
import { OwnScrapeClasses } from './own-scrape-classes';
import { RawJobs } from './raw-jobs';
import { RemoteWriteSpec, remoteWriteSpec } from './remote-write-spec';
import { RuleObjects } from './rule-objects';
import { Prometheus, PrometheusSpec } from '../../../imports/prometheus';
import { PrometheusAgent, PrometheusAgentSpec } from '../../../imports/prometheus-agent';
import { SLICES } from '../../backend/access';
import { MonitoringPlan } from '../../backend/monitoring-plan';
import { PrometheusBase } from '../../backend/prometheus-base';
import { WEB_PORT } from '../../backend/prometheus-settings';
import { RELOADER_PORT, RELOADER_PORT_NAME } from '../../backend/reloader-port';
import { replicaServices } from '../../backend/replica-services';
import { SecretMounts } from '../../backend/secret-mounts';
import { staticAlertmanager } from '../../backend/static-alertmanager';
import { OPERATOR_PROMETHEUS } from '../../generated/prometheus-operator';
import { withAllFields } from '../../kubernetes/unknown-fields';
import { disruptionBudget } from '../../kubernetes/availability';
import { exposedService } from '../../kubernetes/exposed-service';
import { podService } from '../../kubernetes/pod-service';
import { metadataOf } from '../../kubernetes/workload-identity';
import { apiObject, lazily, objectsBelow } from '../../kubernetes/api-object';
import { IAlertmanager } from '../../monitoring';
import { alertmanagerClient, hasService } from '../../monitoring/alertmanager';
import { some } from '../../wire/data';
import { checkArguments } from '../../arguments';
import { checkTagged } from '../../kubernetes/images';

const WATCH = ['list', 'watch'];

/** Access that the monitors of others may need, besides Services and Pods. */
const FOREIGN: readonly k8s.PolicyRule[] = [
  ...SLICES,
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: WATCH },
];

/** Access that needs a ClusterRole. */
const FOREIGN_EVERYWHERE: readonly k8s.PolicyRule[] = [
  { apiGroups: [''], resources: ['nodes'], verbs: WATCH },
  // what a kubelet asks the API server of a token that it is shown
  { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
  { nonResourceUrLs: ['/metrics'], verbs: ['get'] },
];

/** The Prometheus resources of an app, by the root of its constructs. */
const inApp = new WeakMap<IConstruct, OperatedPrometheus[]>();

/**
 * A Prometheus that the Prometheus Operator runs: a resource `Prometheus`, or `PrometheusAgent`, with its monitors, rules and Secrets, its
 * own Service, and as much RBAC as its jobs need. The operator and its CRDs have to be in the cluster: `PrometheusOperator`,
 * `PrometheusOperatorCrds`.
 *
 * What the operator does not support is rejected: an existing claim, a whole web configuration or passwords in `web`, a `startupTimeout` below a
 * minute, a `$(NAME)` in the configuration, for which its reloader puts environment variables. It reads Secrets itself: as long as one is
 * missing it leaves out the jobs that need it, and where a remote store or an Alertmanager needs it, it changes nothing at all.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Prometheus
 */
export class OperatedPrometheus extends PrometheusBase {
  /** The resource `Prometheus` or `PrometheusAgent`. */
  public readonly resource: ApiObject;
  /** The Service of the web server. */
  public readonly service: ApiObject;
  /** The headless Service by which Prometheus finds the config-reloader. */
  public readonly headlessService: ApiObject;
  /** The headless Service by which Thanos finds the sidecars, with `thanos`. */
  public readonly thanosService?: ApiObject;
  /** The Ingress, where the exposure is one. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute, where the exposure is one. */
  public readonly httpRoute?: ApiObject;
  /** The Services of single replicas, with `replicaServices`. */
  public readonly replicaServices: ApiObject[];
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;
  /** @internal */
  protected readonly _plan: MonitoringPlan;
  private readonly credentials: Credentials;
  private readonly classes = new OwnScrapeClasses();
  private readonly rawJobs: RawJobs;
  private readonly selection: MonitorSelection;
  private readonly alertEndpoints: AlertmanagerEndpoint[] = [];
  private readonly outside: ConfigList;
  private readonly files: SecretMounts;
  private readonly stores: RemoteWriteSpec[] = [];

  constructor(scope: Construct, id: string, props: OperatedPrometheusProps = {}) {
    super(scope, id, props, { program: 'prometheus', agentProgram: 'prometheus-agent', reloaderHasCertificate: true });
    checkArguments('OperatedPrometheus', { props }, this.node.path);
    checkTagged(this.node.path, props.image);
    const { _settings: settings, _identity: identity } = this;
    const { name, namespace, labels } = identity;
    this.selection = props.selection ?? MonitorSelection.everywhere();
    checkOperatedPrometheus(this, settings, identity);
    this.outside = new ConfigList(this, 'Alertmanagers', { name: `${name}-alertmanagers`, key: 'alertmanagers.yaml', namespace, labels });
    this.files = new SecretMounts(this, 'Files', { program: 'prometheus', name, namespace, labels });
    const credentials = new Credentials(this, 'Credentials', { name, namespace, labels });
    this.credentials = credentials;
    const where = this.node.path;
    const { shards } = settings;
    const names = new MonitorNames(where, name);
    const context = { where, name, namespace, labels, shards, credentials, names, classes: this.classes, endpointSlices: true };
    this.rawJobs = new RawJobs(this, 'RawJobs', context, this.files);
    const rules = new RuleObjects(this, 'Rules', { name, namespace, labels });
    const { remoteReads = [], tracing } = props;
    this.resource = this.makeResource({
      remoteReads: some(remoteReads.map((store) => remoteReadSpec(where, credentials, store))),
      tracing: tracing && tracingSpec(where, credentials, tracing),
    });
    this.headlessService = podService(this, 'Replicas', identity, {
      suffix: '-replicas',
      headless: true,
      withNotReady: true,
      // The reloader is for Prometheus alone, and the main Service may be exposed to others.
      ports: [{ name: RELOADER_PORT_NAME, port: RELOADER_PORT }],
    });
    this.thanosService = this._thanos?.service(this, identity);
    const exposed = exposedService(this, identity, { name: 'web', port: WEB_PORT }, props);
    [this.service, this.ingress, this.httpRoute] = [exposed.service, exposed.ingress, exposed.httpRoute];
    this.replicaServices = replicaServices(this, identity, {
      sets: this.statefulSets().map((statefulSet, i) => ({ name: i === 0 ? name : `${name}-shard-${i}`, statefulSet })),
      replicas: settings.replicas, port: { name: 'web', port: WEB_PORT }, options: props,
    });
    this.disruptionBudget = disruptionBudget(this, identity, settings.pods, props.maxUnavailable);
    this.selectForeign();
    noteFeatures(this, settings.features);
    noteClaimLoss(this, settings.storage);
    const monitors = new MonitorObjects(this, context, this.rawJobs);
    this._plan = this._planned({
      kubeletSource: 'service',
      selectsForeign: this.selection._selectsForeign,
      ruleParser: OPERATOR_PROMETHEUS,
      placeJob: (job) => monitors.add(job),
      placeRules: (file, data) => rules.add(file, data),
      placeAlertmanager: (alertmanager) => this.placeAlertmanager(alertmanager),
      placeRemoteWrite: (remoteWrite) => this.stores.push(remoteWriteSpec(where, credentials, remoteWrite, settings.samplesPerSecond)),
    });
    this.node.addValidation({ validate: () => [...this.clashes(), ...kubeletServiceProblems(this, this._plan.jobs)] });
  }

  /** The resources with scrape jobs so far: ServiceMonitor, PodMonitor, Probe, ScrapeConfig. */
  public get monitors(): ApiObject[] {
    return objectsBelow(this, 'ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig');
  }

  /** The resources `PrometheusRule` so far. */
  public get prometheusRules(): ApiObject[] {
    return objectsBelow(this, 'PrometheusRule');
  }

  /** The ConfigMap with placeholder files for Secrets that are missing, if any may be. */
  public get placeholderConfigMap(): ApiObject | undefined {
    return objectsBelow(this.files, 'ConfigMap')[0];
  }

  /** The Secrets so far: user names and client ids of scrape jobs, raw scrape jobs, and Alertmanagers without a Service. */
  public get secrets(): ApiObject[] {
    return objectsBelow(this, 'Secret');
  }

  private makeResource(configuration: Pick<ResourceParts, 'remoteReads' | 'tracing'>): ApiObject {
    const { _settings: settings, _identity: identity, credentials, classes } = this;
    const metadata = metadataOf(identity);
    const certificate = webCertificate(settings.props.web, credentials);
    const parts = (): ResourceParts => ({
      settings, identity, classes, certificate,
      serviceAccountName: this.serviceAccount.name,
      selection: this.selection,
      rawJobs: this.rawJobs,
      alertmanagers: this.alertEndpoints,
      outside: this.outside,
      files: this.files,
      remoteWrites: this.stores,
      ...configuration,
      thanos: this._thanos,
    });
    return settings.agent
      ? apiObject(this, 'Resource', withAllFields(PrometheusAgent), { metadata, spec: lazily(() => typed<PrometheusAgentSpec>(agentSpec(parts()))) })
      : apiObject(this, 'Resource', withAllFields(Prometheus), { metadata, spec: lazily(() => typed<PrometheusSpec>(serverSpec(parts()))) });
  }

  /** The resource has Services alone; what is outside of the cluster is configured as text, with files that are mounted. */
  private placeAlertmanager(alertmanager: IAlertmanager): void {
    const where = this.node.path;
    const alertRelabelings = (this._settings.props.alertRelabelings ?? []).map((relabeling) => relabeling._step());
    if (hasService(alertmanager)) {
      this.alertEndpoints.push(alertmanagerEndpoint(where, this.credentials, alertmanager, alertRelabelings));
    } else {
      const entry = withoutVariables(`${where}: Alertmanager '${alertmanager.url}'`, staticAlertmanager(alertmanager, alertRelabelings));
      this.files.addFilesOf(alertmanagerClient(alertmanager));
      this.outside.add(entry);
    }
  }

  /** Lets it read what monitors of others may need, and keeps two Prometheus resources from taking each other's. */
  private selectForeign(): void {
    const { selection, namespace } = this;
    if (selection._selectsForeign) {
      const namespaces = selection._namespaces(namespace);
      this._access.grant({ namespaces, rules: FOREIGN });
      if (namespaces === undefined) {
        this._access.grant({ rules: FOREIGN_EVERYWHERE });
      }
    }
    const others = inApp.get(this.node.root) ?? [];
    others.push(this);
    inApp.set(this.node.root, others);
    this.node.addValidation({ validate: () => this.scrapedTwice(others) });
  }

  /** Names of the StatefulSets that the operator makes, by shard. */
  private statefulSets(): readonly [string, ...string[]] {
    const first = `${this._settings.agent ? 'prom-agent' : 'prometheus'}-${this.name}`;
    return [first, ...Array.from({ length: this._settings.shards - 1 }, (_, i) => `${first}-shard-${i + 1}`)];
  }

  /** Objects of the chart that the operator would overwrite. */
  private clashes(): string[] {
    const sets = this.statefulSets();
    const [made] = sets;
    const objects = {
      StatefulSet: sets,
      Secret: [
        made, `${made}-tls-assets-0`, `${made}-web-config`,
        ...(this._thanos === undefined ? [] : [`${made}-thanos-prometheus-http-client-file`]),
      ],
      ConfigMap: [`${made}-rulefiles-0`],
    };
    return operatorClashes(this, { namespace: this.namespace, objects });
  }

  /** Those of the same cluster whose monitors this one would take as well. */
  private scrapedTwice(all: readonly OperatedPrometheus[]): string[] {
    const mine = this.selection._namespaces(this.namespace);
    const doubled = all.filter((other) => other !== this
      && other._settings.props.cluster === this._settings.props.cluster
      && this.selection._selectsForeign
      && (mine === undefined || mine.includes(other.namespace)));
    return doubled.map((other) => (
      `it takes the monitors of ${mine === undefined ? 'every namespace' : `namespace '${other.namespace}'`}, and with them those of '${other.node.path}', which would be scraped twice; say selection: MonitorSelection.own() here, or give each its 'cluster' if they are in two`
    ));
  }
}
