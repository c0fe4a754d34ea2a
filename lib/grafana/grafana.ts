import { createHash } from 'node:crypto';
import { ApiObject, Chart, Size } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from '../kubernetes/kinds';
import { askedPrometheus, missedSeries, shardNote, unscrapedDashboards } from './asked-series';
import { DashboardCollection, dashboardName } from './dashboard-collection';
import { DashboardFolders } from './dashboard-folders';
import { DataSource } from './data-source';
import { GrafanaProps } from './grafana-props';
import { GOSSIP_PORT, GrafanaSettings, HTTP_PORT } from './grafana-settings';
import { CHECKSUM, FILES, grafanaPod, namesOfGrafana } from './grafana-workload';
import { iniText } from './ini';
import { MountedFiles } from './mounted-files';
import { componentDashboards } from '../components/component-dashboards';
import { GRAFANA_JOB, grafanaRules, grafanaThresholds } from '../components/grafana/grafana-rules';
import { endpointOptions, UNUSED_KUBERNETES_METRICS } from '../components/monitor-endpoints';
import { apiObject, lazily, objectsBelow } from '../kubernetes/api-object';
import { disruptionBudget } from '../kubernetes/availability';
import { deployment } from '../kubernetes/deployment';
import { exposedService } from '../kubernetes/exposed-service';
import { note } from '../kubernetes/notes';
import { serviceAccountOf } from '../kubernetes/own-namespace';
import { checkPodOptions } from '../kubernetes/pod';
import { podService } from '../kubernetes/pod-service';
import { statefulSet } from '../kubernetes/stateful-set';
import { identityOf, metadataOf, WorkloadIdentity } from '../kubernetes/workload-identity';
import { Dashboard, IMonitored, MetricSelection, Monitoring, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { didYouMean, quoteList } from '../text';
import { yamlText } from '../yaml';
import { checkArguments } from '../arguments';

/** Dashboard that is shown first unless the app names another. */
const HOME = 'kubernetes-cluster';

/**
 * Grafana, with data sources and dashboards from ConfigMaps: a change of a data source or a setting rolls the Pods, a dashboard is read again within
 * two minutes. Nothing is kept but what people save, so there is no volume unless `storage` or `database` asks for one. The root file system is
 * read-only, and nothing outside of the cluster is called.
 * @see https://grafana.com/docs/grafana/latest/
 */
export class Grafana extends Construct implements IMonitored {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the workload and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** URL within the cluster, without a slash at its end. */
  public readonly url: string;
  /** URL that people use, where it is known. */
  public readonly externalUrl?: string;
  /** Service account of the Pods; it has no rights and hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The Deployment; with a volume the StatefulSet. */
  public readonly workload: ApiObject;
  /** The ConfigMap with the settings, the data sources and the folders. */
  public readonly configMap: ApiObject;
  /** The Service of the web server. */
  public readonly service: ApiObject;
  /** The headless Service by which replicas find each other, with several. */
  public readonly headlessService?: ApiObject;
  /** The Ingress, where the exposure is one. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute, where the exposure is one. */
  public readonly httpRoute?: ApiObject;
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;
  private readonly identity: WorkloadIdentity;
  private readonly settings: GrafanaSettings;
  private readonly files: MountedFiles;
  private readonly folders: DashboardFolders;
  private readonly collection: DashboardCollection;
  private readonly sources: DataSource[] = [];
  private readonly provisioned: Array<{ readonly [key: string]: unknown }> = [];

  constructor(scope: Construct, id: string, props: GrafanaProps) {
    super(scope, id);
    checkArguments('Grafana', { props }, this.node.path);
    const identity = identityOf(this, props, 'grafana', 'dashboards');
    const { where, name, namespace } = identity;
    [this.identity, this.name, this.namespace] = [identity, name, namespace];
    this.files = new MountedFiles(this, identity);
    this.settings = new GrafanaSettings(identity, props, this.files);
    this.externalUrl = this.settings.externalUrl;
    this.url = `http://${name}.${namespace}.svc:${HTTP_PORT}${this.settings.path}`;
    checkPodOptions(identity, props, { annotations: { [CHECKSUM]: 'that of the configuration' }, names: namesOfGrafana(identity, this.settings) });
    this.folders = new DashboardFolders(where);
    this.collection = new DashboardCollection(where, (dashboard, json) => this.placed(dashboard, json), props.multiCluster);
    this.serviceAccount = serviceAccountOf(this, props, identity);
    this.configMap = apiObject(this, 'Config', KIND.ConfigMap, { metadata: metadataOf(identity, '-config'), data: lazily(() => this.texts()) });
    this.workload = this.workloadOf(props);
    const exposed = exposedService(this, identity, { name: 'http', port: HTTP_PORT }, props);
    [this.service, this.ingress, this.httpRoute] = [exposed.service, exposed.ingress, exposed.httpRoute];
    this.headlessService = this.settings.replicas < 2 ? undefined : this.peers();
    this.disruptionBudget = disruptionBudget(this, identity, this.settings.replicas, props.maxUnavailable);
    this.monitoring = this.ownMonitoring(props);
    [
      ...(props.prometheus === undefined ? [] : [DataSource.prometheus(props.prometheus)]),
      ...(props.alertmanager === undefined ? [] : [DataSource.alertmanager(props.alertmanager)]),
      ...props.dataSources ?? [],
    ].forEach((source) => this.addDataSource(source));
    this.settings.notes.forEach((text) => note(this, text));
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** Data sources so far. */
  public get dataSources(): DataSource[] {
    return [...this.sources];
  }

  /** Dashboards that are shown. */
  public get dashboards(): Dashboard[] {
    return this.collection.dashboards;
  }

  /** ConfigMaps of the dashboards so far, in the order of `dashboards`. */
  public get dashboardConfigMaps(): ApiObject[] {
    return objectsBelow(this, 'ConfigMap').filter((object) => object !== this.configMap);
  }

  /**
   * Settings that are rarely intended, dashboards that are not shown because they need metrics of a component that is not, and series that dashboards
   * of the app ask for in vain, each with what to do.
   */
  public get notes(): string[] {
    const prometheus = askedPrometheus(this.sources);
    const missed = prometheus === undefined ? [] : missedSeries(prometheus, this.dashboards);
    return [...this.settings.notes, ...this.sources.flatMap(shardNote), ...this.collection.notes, ...missed];
  }

  /**
   * Shows the dashboards of each thing, such as a component, a Prometheus, this Grafana or a construct of your own. A dashboard that also needs
   * metrics of another component is shown once that is, too. Throws when a thing is shown already, or two dashboards have
   * one uid, title or name of their objects.
   */
  public show(...things: IMonitored[]): IMonitored[] {
    checkArguments('Grafana.show', { things }, this.node.path);
    return this.collection.show(...things);
  }

  /**
   * Adds a data source. Throws when another one has its name or its uid, both are to be the default, or a Secret of it is made in another namespace.
   */
  public addDataSource(source: DataSource): DataSource {
    checkArguments('Grafana.addDataSource', { source }, this.node.path);
    for (const key of ['name', 'uid'] as const) {
      if (this.sources.some((other) => other[key] === source[key])) {
        throw new Error(`${this.node.path}: two data sources have the ${key} '${source[key]}'; give one of them another '${key}'`);
      }
    }
    const other = source.isDefault === true ? this.sources.find(({ isDefault }) => isDefault) : undefined;
    if (other !== undefined) {
      throw new Error(`${this.node.path}: data sources '${other.name}' and '${source.name}' are both to be the default, and Grafana would not start; leave 'isDefault' out of one of them`);
    }
    this.sources.push(source);
    shardNote(source).forEach((text) => note(this, text));
    this.provisioned.push(source._provisioned(this.files));
    return source;
  }

  private placed(dashboard: Dashboard, json: () => string): void {
    const { uid } = dashboard;
    const { labels, namespace } = this.identity;
    const name = `${this.name}-dashboard-${dashboardName(dashboard)}`;
    const metadata = { name, namespace, labels };
    this.folders.add(dashboard, name);
    apiObject(this, `Dashboard-${uid}`, KIND.ConfigMap, {
      // As lines it is neither quoted nor escaped in YAML.
      metadata, data: { [`${uid}.json`]: lazily(() => json().replace(/\n?$/, '\n')) },
    });
  }

  /** The files of the configuration. */
  private texts(): { [file: string]: string } {
    const wanted = [true, undefined, false].map((flag) => this.sources.find(({ isDefault }) => isDefault === flag));
    const chosen = wanted.find((source) => source !== undefined);
    const datasources = this.provisioned.map((source, i) => ({ ...source, isDefault: this.sources[i] === chosen }));
    return {
      [FILES.ini]: iniText(this.settings.ini(this.folders.fileOf(this.settings.props.homeDashboard ?? HOME))),
      // what is no longer here goes from a database that outlives the Pods
      [FILES.dataSources]: yamlText({ apiVersion: 1, prune: true, datasources }),
      [FILES.providers]: yamlText(this.folders.providers),
      ...this.files.texts,
    };
  }

  private template(): k8s.PodTemplateSpec {
    const { identity, settings, files, folders } = this;
    const checksum = createHash('sha256').update(JSON.stringify(this.texts())).digest('hex').slice(0, 16);
    return grafanaPod({ identity, settings, files, folders, serviceAccountName: this.serviceAccount.name, checksum });
  }

  private workloadOf(props: GrafanaProps): ApiObject {
    const { identity, settings: { replicas, storage, isPersistent } } = this;
    const template = lazily(() => this.template());
    return isPersistent
      ? statefulSet(this, identity, props, { replicas, template, storage, claimSize: Size.gibibytes(10) })
      : deployment(this, identity, props, { replicas, template });
  }

  private peers(): ApiObject {
    return podService(this, 'Peers', this.identity, {
      suffix: '-peers',
      headless: true,
      withNotReady: true,
      ports: (['TCP', 'UDP'] as const).map((protocol) => ({ name: `gossip-${protocol.toLowerCase()}`, port: GOSSIP_PORT, protocol })),
    });
  }

  private ownMonitoring(props: GrafanaProps): Monitoring {
    const job = ScrapeJob.fromService({
      name: props.jobName ?? GRAFANA_JOB,
      labels: this.identity.selector,
      namespaces: [this.namespace],
      endpoints: [new ScrapeEndpoint({
        ...endpointOptions(props, MetricSelection.drop(...UNUSED_KUBERNETES_METRICS)), port: 'http', path: `${this.settings.path}/metrics`,
      })],
    });
    return {
      jobs: [job],
      rules: grafanaRules({ jobName: job.name }, props.rules),
      dashboards: componentDashboards({
        component: GRAFANA_JOB, jobName: job.name, folder: 'Monitoring', files: ['grafana/grafana'], thresholds: grafanaThresholds(props.rules),
      }),
    };
  }

  private problems(): string[] {
    const { homeDashboard } = this.settings.props;
    const uids = this.dashboards.map(({ uid }) => uid);
    const isMissing = homeDashboard !== undefined && !uids.includes(homeDashboard);
    return [
      ...(this.sources.length > 0 ? [] : ["has no data source; give 'prometheus', or add one by 'dataSources' or addDataSource()"]),
      ...(isMissing ? [`homeDashboard '${homeDashboard}' is not shown${didYouMean(homeDashboard, uids) || ';'} shown are ${quoteList(uids)}; show it, or name another`] : []),
      ...this.unscraped(),
      ...this.unknownDataSources(),
      ...this.otherDataSources(),
      ...this.sharedDatabases(),
    ];
  }

  private unscraped(): string[] {
    const prometheus = askedPrometheus(this.sources);
    return prometheus === undefined ? [] : unscrapedDashboards(prometheus, this.dashboards, this.collection.jobsOf);
  }

  /** Another Grafana of the chart with the same database: each would delete the data sources and dashboards of the other, and lock its file. */
  private sharedDatabases(): string[] {
    const place = this.settings.databasePlace;
    const all = place === undefined ? [] : Chart.of(this).node.findAll().filter((one) => one instanceof Grafana);
    return all.slice(0, all.indexOf(this)).filter(({ settings }) => settings.databasePlace === place).map(({ node }) => (
      `keeps its data in ${place}, as '${node.path}' does, and each would delete what the other provisions; give one of them another, or make one Grafana with 'replicas'`
    ));
  }

  /** Data sources of this Grafana that a dashboard takes for ones of another type. */
  private otherDataSources(): string[] {
    return this.dashboards.flatMap(({ uid, _dataSources }) => _dataSources.flatMap(({ name, type }) => {
      const source = this.sources.find((one) => one.uid === name);
      return type === undefined || source === undefined || source.type === type ? [] : [
        `dashboard '${uid}' asks data source '${name}' as one of type '${type}', and it is one of type '${source.type}'; write that type, or the uid of another`,
      ];
    }));
  }

  /** Where nothing outlives the Pods, nobody can have added a data source that is not here. */
  private unknownDataSources(): string[] {
    const { isPersistent, props: { database } } = this.settings;
    const known = this.sources.flatMap(({ uid, name }) => [uid, name]);
    return isPersistent || database !== undefined ? [] : this.dashboards.flatMap(({ uid, _dataSources }) => (
      _dataSources.filter(({ name }) => !known.includes(name)).map(({ name }) => (
        `dashboard '${uid}' asks data source '${name}', which this Grafana does not have${didYouMean(name, known)}; write a variable of data sources in its place, or add one of this uid`
      ))
    ));
  }
}
