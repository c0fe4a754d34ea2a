import { ApiObject, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ExistingPrometheusProps } from './existing-prometheus-props';
import { ExistingScrapeClass } from './existing-scrape-class';
import { checkExistingPrometheus, checkReach, checkTimeouts, DEFAULT_INTERVAL } from './existing-prometheus-checks';
import { itself, Itself } from './itself';
import { checkFields } from './operator-fields';
import { Requirements } from './requirements';
import { Selection } from './selection';
import { unroutedAlerts } from './unrouted-alerts';
import { Credentials } from '../credentials';
import { lostKubelets } from '../prometheus/kubelet-service-checks';
import { MonitorNames } from '../prometheus/monitor-names';
import { MonitorObjects } from '../prometheus/monitor-objects';
import { noteFeatures } from '../prometheus/promql-features';
import { RuleObjects } from '../prometheus/rule-objects';
import { MonitoringPlan, Placement } from '../../backend/monitoring-plan';
import { PlannedPrometheus } from '../../backend/planned-prometheus';
import { PrometheusDashboards } from '../../backend/prometheus-dashboards';
import { generalRules } from '../../components/general/general-rules';
import { PROMETHEUS_JOB } from '../../components/prometheus/prometheus-rules';
import { OPERATOR_PROMETHEUS } from '../../generated/prometheus-operator';
import { objectsBelow } from '../../kubernetes/api-object';
import { isNewerMinor } from '../../kubernetes/images';
import { nameInChart, namespaceOf } from '../../kubernetes/names';
import { OBJECT_LABELS } from '../../kubernetes/object-metadata';
import { ForwardOptions, HttpConfig, IForwarding, Monitoring, RuleGroup, RuleSet, Sink, ThanosEndpoint } from '../../monitoring';
import { PROGRAMS } from '../../versions';
import { checkArguments } from '../../arguments';

/** Version of the operator that the library knows. */
const OURS = PROGRAMS.prometheusOperator.version.slice(1);

/**
 * A Prometheus that an operator runs and this app does not make, such as that of kube-prometheus-stack: scrape jobs become ServiceMonitors,
 * PodMonitors, Probes and ScrapeConfigs, rules PrometheusRules, all in the namespace of the app and with labels by which the Prometheus selects
 * them. Nothing else is made, but for a Secret where jobs name users or client ids. Secrets are references into the same namespace.
 *
 * An `AlertmanagerConfig` gets only alerts with the label `namespace` of its namespace. Static targets and probes of addresses carry that of the
 * objects, unless `targetLabels` sets another.
 *
 * `notes`, and the information on the construct, say what the Prometheus has to select and to be allowed, which the library cannot check, and which
 * alerts that the app adds lack the label `namespace`. What the operator would leave out silently is an error: a selector that the app knows and that
 * does not match, a raw job, the token of the service account without a scrape class, a `$(NAME)` in the configuration. The Prometheus itself is
 * configured where it is made: `sendAlertsTo`, `addRemoteWrite` and `forward` throw.
 * @see https://prometheus-operator.dev/docs/developer/getting-started/
 */
export class ExistingPrometheus extends PlannedPrometheus {
  /** First part of the names of all objects. */
  public readonly name: string;
  /** Namespace of all objects. */
  public readonly objectNamespace: string;
  public readonly scrapeInterval?: Duration;
  public readonly thanosEndpoint?: ThanosEndpoint;
  /** @internal */
  public readonly _isAgent: boolean;
  /** @internal */
  public readonly _dashboards: PrometheusDashboards;
  /** @internal */
  protected readonly _plan: MonitoringPlan;
  private readonly itself?: Itself;
  private readonly requirements: Requirements;

  constructor(scope: Construct, id: string, props: ExistingPrometheusProps = {}) {
    super(scope, id);
    checkArguments('ExistingPrometheus', { props }, this.node.path);
    const { agent = false, labels: own = {}, version, shards, enableFeatures: features = [], scrapeInterval, recordingRules, runbooks } = props;
    const where = this.node.path;
    this._isAgent = agent;
    this.name = nameInChart(scope, id, props.name);
    this.objectNamespace = namespaceOf(this, props.namespace);
    this.scrapeInterval = scrapeInterval ?? DEFAULT_INTERVAL;
    checkExistingPrometheus(where, props);
    this.itself = itself(where, props);
    this._dashboards = this.dashboardsOf(props);
    const [namespace, ownLabels] = [this.objectNamespace, { ...Chart.of(this).labels, ...own }];
    const selection = new Selection({ where, namespace, agent, ownLabels, labels: { ...OBJECT_LABELS, ...ownLabels } }, props.selectors);
    this.requirements = new Requirements(this, selection, props.scrapeClass);
    this._plan = new MonitoringPlan(where, {
      agent, shards, version, features, scrapeInterval, recordingRules, runbooks,
      note: (text) => this.requirements.add(text),
      noteWithoutRules: (thing) => this.requirements.addLeftOutRules(thing),
      isMadeElsewhere: true,
      dashboards: this._dashboards,
      itself: { thing: this, generalRules: () => generalRules(props.generalRules) },
      placement: this.placement(props),
    });
    noteFeatures(this, features);
    this.node.addValidation({ validate: () => [...this._plan.problems(), ...lostKubelets(this, this._plan.jobs)] });
  }

  /** Namespace of the Service of the Prometheus. Throws when the prop `service` is not given. */
  public get namespace(): string {
    return this.located.namespace;
  }

  /** Name of the Service of the Prometheus. Throws when the prop `service` is not given. */
  public get serviceName(): string {
    return this.located.serviceName;
  }

  /** URL of the Prometheus within the cluster, without a slash at its end. Throws when the prop `service` is not given. */
  public get url(): string {
    return this.located.url;
  }

  /** HTTP client settings for the Prometheus. Throws when the prop `service` is not given. */
  public get httpConfig(): HttpConfig | undefined {
    return this.located.httpConfig;
  }

  /**
   * Monitoring of the Prometheus itself: the Pods of its namespace that an operator runs a Prometheus in. Throws when the prop `service` is not
   * given.
   */
  public get monitoring(): Monitoring {
    return { ...this.located.monitoring, dashboards: this._dashboards.all };
  }

  /**
   * Requirements that the library cannot check: selectors, permissions; the rules that an agent leaves out, and alerts that no `AlertmanagerConfig`
   * gets, because they have no label `namespace`. They grow with jobs and rules.
   */
  public get notes(): string[] {
    return this.requirements.all;
  }

  /** The resources with scrape jobs so far: ServiceMonitor, PodMonitor, Probe, ScrapeConfig. */
  public get monitors(): ApiObject[] {
    return objectsBelow(this, 'ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig');
  }

  /** The resources `PrometheusRule` so far. */
  public get prometheusRules(): ApiObject[] {
    return objectsBelow(this, 'PrometheusRule');
  }

  /** The Secret of user names and client ids of scrape jobs, where there are some. */
  public get secrets(): ApiObject[] {
    return objectsBelow(this, 'Secret');
  }

  public override addRules(...groups: RuleGroup[]): RuleGroup[] {
    checkArguments('ExistingPrometheus.addRules', { groups }, this.node.path);
    const added = super.addRules(...groups);
    this.noteUnrouted(groups);
    return added;
  }

  public override addRuleSet(rules: RuleSet): RuleSet {
    checkArguments('ExistingPrometheus.addRuleSet', { rules }, this.node.path);
    const added = super.addRuleSet(rules);
    this.noteUnrouted(rules.groups);
    return added;
  }

  public forward(sink: Sink, options?: ForwardOptions): IForwarding {
    checkArguments('ExistingPrometheus.forward', { sink, options }, this.node.path);
    throw new Error(`${this.node.path}: samples are sent where the resource of the Prometheus says; make the gateway to ${sink.kind} by new SinkGateway(), add its 'url' to the resource's 'remoteWrite', and monitor() it`);
  }

  /** Only of an agent it is known that it writes to remote stores. */
  private dashboardsOf({ agent = false, rules }: ExistingPrometheusProps): PrometheusDashboards {
    const dashboards = new PrometheusDashboards(this.itself?.monitoring.jobs?.[0].name ?? PROMETHEUS_JOB, rules);
    if (agent) {
      dashboards.addRemoteWrite();
    } else {
      dashboards.addServer();
    }
    return dashboards;
  }

  private noteUnrouted(groups: readonly RuleGroup[]): void {
    const text = unroutedAlerts(groups, this.objectNamespace);
    if (text !== undefined) {
      this.requirements.add(text);
    }
  }

  private placement(props: ExistingPrometheusProps): Placement {
    const { name, objectNamespace: namespace, node: { path: where } } = this;
    const { shards, scrapeInterval, scrapeClass, operatorVersion = OURS, ignoresNamespaceSelectors = false } = props;
    const labels = { ...OBJECT_LABELS, ...props.labels };
    const names = new MonitorNames(where, name, (kind, job) => {
      this.requirements.addOfKind(kind, `scrape job '${job.name}'`);
      checkReach(where, { kind, job, namespace, ignoresNamespaceSelectors });
      checkFields(where, kind, job, operatorVersion);
    });
    const credentials = new Credentials(this, 'Credentials', { name, namespace, labels });
    const classes = new ExistingScrapeClass(scrapeClass);
    const context = { where, name, namespace, targetNamespace: namespace, labels, shards, names, credentials, classes, endpointSlices: false };
    const monitors = new MonitorObjects(this, context, {
      addRaw: (job) => {
        throw new Error(`${where}: scrape job '${job}' is raw, and only the resource of a Prometheus names raw jobs; describe it as another ScrapeJob, or add it to additionalScrapeConfigs where the Prometheus is made`);
      },
      addDescribed: (job) => {
        throw new Error(`${where}: scrape job '${job.name}' selects namespaces by their labels, for which no resource of the operator has a field; name them by 'namespaces', or exclude some by LabelExpression.notIn('kubernetes.io/metadata.name', …)`);
      },
    });
    const rules = new RuleObjects(this, 'Rules', { name, namespace, labels });
    return {
      kubeletSource: 'service',
      takesOthers: true,
      // The parser of a newer one is not known.
      ruleParser: isNewerMinor(operatorVersion, OURS) ? undefined : OPERATOR_PROMETHEUS,
      placeJob: (job) => {
        checkTimeouts(where, job, scrapeInterval);
        monitors.add(job);
        this.requirements.addOfJob(job);
      },
      placeRules: (file, data) => {
        this.requirements.addOfKind('PrometheusRule', `rule file '${file}'`);
        rules.add(file, data);
      },
      placeAlertmanager: () => {
        throw new Error(`${where}: alerts are sent where the resource of the Prometheus says; add the Alertmanager to its 'alerting', and scrape one that this app makes by monitor()`);
      },
      placeRemoteWrite: () => {
        throw new Error(`${where}: samples are sent where the resource of the Prometheus says; add the store to its 'remoteWrite'`);
      },
      grantAccess: () => undefined,
    };
  }

  private get located(): Itself {
    if (this.itself === undefined) {
      throw new Error(`${this.node.path}: it is not known where the Prometheus is; say so by the prop 'service', as in service: { namespace: 'monitoring' }`);
    }
    return this.itself;
  }
}
