import { ApiObject, Duration } from 'cdk8s';
import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { capacityNotes } from './capacity-notes';
import { DiscoveryAccess } from './discovery-access';
import { leftOutRules, MonitoringPlan, Placement } from './monitoring-plan';
import { PlannedPrometheus } from './planned-prometheus';
import { PrometheusDashboards } from './prometheus-dashboards';
import { flushDeadlineOf } from './prometheus-flags';
import { externalLabels } from './prometheus-options';
import { PrometheusProps } from './prometheus-props';
import { PrometheusSettings, WEB_PORT } from './prometheus-settings';
import { recordsEdit, sampleLimitEdit } from './following-edits';
import { RELOADER_PORT_NAME } from './reloader-port';
import { Forwardings } from './sinks/forwardings';
import { SinkGateway } from './sinks/sink-gateway';
import { ThanosSidecar } from './thanos-sidecar';
import { checkArguments, checkProps } from '../arguments';
import { urlPath } from '../text';
import { promDuration } from '../units';
import { generalRules } from '../components/general/general-rules';
import { prometheusRules } from '../components/prometheus/prometheus-rules';
import { prometheusThresholds } from '../components/prometheus/prometheus-rule-options';
import { checkOrder } from '../components/threshold-order';
import { serviceAccountOf } from '../kubernetes/own-namespace';
import { note } from '../kubernetes/notes';
import { rolesBelow } from '../kubernetes/rbac';
import { identityOf, WorkloadIdentity } from '../kubernetes/workload-identity';
import {
  ForwardOptions, HttpConfig, IForwarding, MetricSelection, Monitoring, RuleEdit, RuleSet, ScrapeEndpoint, ScrapeJob, Sink, ThanosEndpoint,
} from '../monitoring';

/** Says what shards do to rules. */
const SHARDED_RULES = 'each shard evaluates the rules on the targets that it scrapes: sums are partial, and alerts on absence that the app adds fire in shards without a target; '
  + "evaluate such rules on the samples of all shards and leave them out here by RuleEdit.without(), or set '__tmp_disable_sharding' by a relabeling to keep "
  + 'a target in all shards';

/** Differences of backends that matter before a Prometheus has its objects. */
export interface PrometheusTraits {
  /** Value of the label `app.kubernetes.io/name` of its Pods. */
  readonly program: string;
  /** The same of an agent. */
  readonly agentProgram: string;
  /** Whether the reloader serves the certificate of Prometheus. */
  readonly reloaderHasCertificate: boolean;
}

/** A Prometheus that the app makes: identity, settings and the monitoring of itself, whichever objects a backend makes of it. @internal */
export abstract class PrometheusBase extends PlannedPrometheus {
  /** Name of the objects. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Version, by the tag of the image. */
  public readonly version: string;
  /** Service account of the Pods. */
  public readonly serviceAccount: IServiceAccount;
  public readonly serviceName: string;
  public readonly url: string;
  public readonly httpConfig?: HttpConfig;
  public readonly scrapeInterval?: Duration;
  public readonly thanosEndpoint?: ThanosEndpoint;
  /** The ConfigMap with the bucket that blocks are uploaded to, with `thanos` and a bucket whose configuration is no Secret. */
  public readonly objectStorageConfigMap?: ApiObject;
  /** @internal */
  public readonly _isAgent: boolean;
  /** @internal */
  public readonly _dashboards: PrometheusDashboards;
  /** @internal */
  protected readonly _settings: PrometheusSettings;
  /** @internal */
  protected readonly _identity: WorkloadIdentity;
  /** @internal */
  protected readonly _access: DiscoveryAccess;
  /** @internal */
  protected readonly _thanos?: ThanosSidecar;
  private readonly own: Monitoring;
  private readonly forwardings: Forwardings;

  protected constructor(scope: Construct, id: string, props: PrometheusProps, traits: PrometheusTraits) {
    super(scope, id);
    checkProps('PrometheusProps', props, this.node.path);
    const settings = new PrometheusSettings(this.node.path, props);
    const identity = identityOf(this, props, props.agent === true ? traits.agentProgram : traits.program, 'metrics-database');
    const { name, namespace } = identity;
    settings.storage._claimFolder(this, identity, 'prometheus');
    this._settings = settings;
    this._isAgent = settings.agent;
    this._identity = identity;
    [this.name, this.namespace, this.serviceName] = [name, namespace, name];
    [this.version, this.scrapeInterval] = [settings.version, settings.scrapeInterval];
    this.serviceAccount = serviceAccountOf(this, props, identity);
    this._access = new DiscoveryAccess(this, 'Access', { identity, serviceAccount: this.serviceAccount });
    this.url = `${settings.scheme}://${name}.${namespace}.svc:${WEB_PORT}${urlPath(settings.externalUrl)}`;
    this.httpConfig = props.web?._client(`${name}.${namespace}.svc`);
    checkOrder(this.node.path, props.rules, prometheusThresholds);
    this._dashboards = new PrometheusDashboards(settings.jobName, props.rules);
    // An agent stores nothing to show.
    if (!settings.agent) {
      this._dashboards.addServer();
    }
    this.forwardings = new Forwardings(this);
    capacityNotes(settings).forEach((text) => note(this, text));
    this._thanos = props.thanos === undefined ? undefined : new ThanosSidecar(this, identity, settings, props.thanos);
    this.thanosEndpoint = this._thanos?.endpoint(identity);
    this.objectStorageConfigMap = this._thanos?.storage?.configMap;
    const { jobs = [], rules, dashboards = [] } = this._thanos?.monitoring(identity) ?? {};
    this._dashboards.addThanos(...dashboards);
    this.own = {
      jobs: [this.ownJob(traits), ...jobs],
      rules: RuleSet.of(...this.ownRules().groups, ...rules?.groups ?? []),
    };
  }

  /**
   * Monitoring of Prometheus itself. An agent has rules for the Prometheus or the store that has its samples. The dashboards grow with the first
   * remote store and with jobs that probe.
   */
  public get monitoring(): Monitoring {
    return { ...this.own, dashboards: this._dashboards.all };
  }

  /** Gateways of the sinks so far. */
  public get sinkGateways(): SinkGateway[] {
    return this.forwardings.gateways;
  }

  public forward(sink: Sink, options: ForwardOptions = {}): IForwarding {
    checkArguments('IPrometheus.forward', { sink, options }, this.node.path);
    return this.forwardings.add(sink, options);
  }

  /** Roles and ClusterRoles with their bindings, as the jobs so far need them. */
  public get roles(): ApiObject[] {
    return rolesBelow(this._access);
  }

  /** A plan with everything that the props ask for, placed. @internal */
  protected _planned(placement: Omit<Placement, 'grantAccess'>): MonitoringPlan {
    const { agent, version, features, scrapeInterval, evaluationInterval, shards, props } = this._settings;
    const plan: MonitoringPlan = new MonitoringPlan(this.node.path, {
      placement: { ...placement, grantAccess: (access) => this._access.grant(access) },
      agent,
      shards,
      dashboards: this._dashboards,
      note: (text) => note(this, text),
      noteWithoutRules: (thing) => note(this, leftOutRules([thing])),
      receivesSeries: props.remoteWriteReceiver === true || props.otlpReceiver === true,
      version,
      features,
      externalLabels: Object.keys(externalLabels(props) ?? {}),
      terminationGracePeriod: props.terminationGracePeriod,
      flushDeadline: flushDeadlineOf(props.extraFlags),
      scrapeInterval,
      evaluationInterval,
      hasProxyEnvironment: props.proxyEnvironment !== undefined,
      itself: { thing: this, generalRules: () => generalRules(props.generalRules) },
      recordingRules: props.recordingRules,
      runbooks: props.runbooks,
      impliedEdits: () => [
        // Without an Alertmanager none can be missed.
        ...(plan.alertmanagers.length > 0 ? [] : [RuleEdit.without('PrometheusNotConnectedToAlertmanagers')]),
        sampleLimitEdit(plan.jobs, this._settings.sampleLimit, props.rules),
        recordsEdit(() => plan.records),
      ],
    });
    if (shards > 1 && !agent) {
      note(this, SHARDED_RULES);
    }
    const lookback = props.query?.lookbackDelta ?? Duration.minutes(5);
    if (evaluationInterval.toMilliseconds() > lookback.toMilliseconds()) {
      note(this, `rules are evaluated every ${promDuration(evaluationInterval)}, and recorded series are seen for ${promDuration(lookback)}: between two evaluations `
        + 'dashboards and rules find none; give a shorter evaluationInterval, or a longer query.lookbackDelta');
    }
    if (props.selfMonitoring ?? true) {
      plan.monitor(this);
    }
    props.remoteWrites?.forEach((remoteWrite) => plan.addRemoteWrite(remoteWrite));
    this.node.addValidation({ validate: () => plan.problems() });
    return plan;
  }

  private ownJob({ reloaderHasCertificate }: PrometheusTraits): ScrapeJob {
    const path = `${urlPath(this._settings.externalUrl)}/metrics`;
    const metrics = MetricSelection.all()._asDefault();
    const reloaderTls = reloaderHasCertificate ? this.httpConfig?.tls : undefined;
    const reloader = this._settings.hasPassword ? [] : [new ScrapeEndpoint({ port: RELOADER_PORT_NAME, metrics, tls: reloaderTls })];
    return ScrapeJob.fromService({
      name: this._settings.jobName,
      labels: this._identity.selector,
      namespaces: [this.namespace],
      endpoints: [new ScrapeEndpoint({ port: 'web', name: 'web', path, metrics, ...this.httpConfig }), ...reloader],
    });
  }

  private ownRules(): RuleSet {
    const { jobName, hasPassword, agent, sampleLimit, plannedSeries, volume, props } = this._settings;
    const series = { sampleLimit, plannedSeries };
    return prometheusRules({ jobName, configReloader: !hasPassword, agent, series, volume, records: [] }, props.rules);
  }
}
