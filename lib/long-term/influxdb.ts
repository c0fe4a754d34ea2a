import { ApiObject, Duration } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { numberOrText } from '../kubernetes/number-or-text';
import { KIND } from '../kubernetes/kinds';
import { checkArguments } from '../arguments';
import { InfluxDbCredentials } from './influxdb-credentials';
import { preparation } from './influxdb-preparation';
import { InfluxDbProps } from './influxdb-props';
import { DATA_DIR, HTTP_PORT, INFLUXD, InfluxDbSettings, variables } from './influxdb-settings';
import { influxDbDashboards } from '../components/influxdb/influxdb-dashboards';
import { INFLUXDB_JOB, influxDbRules } from '../components/influxdb/influxdb-rules';
import { endpointOptions } from '../components/monitor-endpoints';
import { DataSource, DataSourceOptions } from '../grafana';
import { apiObject } from '../kubernetes/api-object';
import { exposedService } from '../kubernetes/exposed-service';
import { mountedKeys } from '../kubernetes/mounted-keys';
import { serviceAccountOf } from '../kubernetes/own-namespace';
import { podTemplate } from '../kubernetes/pod';
import { identityOf, metadataOf, WorkloadIdentity } from '../kubernetes/workload-identity';
import { IMonitored, Monitoring, RemoteWrite, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { promDuration } from '../units';

/**
 * InfluxDB 1.x, a single node: a database that Prometheus writes to and that answers InfluxQL, for longer than a Prometheus keeps samples.
 *
 * It asks for a password. Whenever the Pod starts, an init container makes the database and the users of `credentials`, and sets retention, passwords
 * and privileges as they are now. A series is a measurement of the metric's name, its labels are tags, its samples the field `value`; NaN and
 * infinite values are not stored. While it is away a Prometheus keeps samples for about two hours and sends them then. An update is a short outage.
 * @see https://docs.influxdata.com/influxdb/v1/
 */
export class InfluxDb extends Construct implements IMonitored {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the StatefulSet and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** URL within the cluster, of the HTTP API. */
  public readonly url: string;
  /** Name of the database. */
  public readonly database: string;
  /** A remote write to it as the user that may only write, for `addRemoteWrite()`; `RemoteWrite.influxDb` makes one with other options. */
  public readonly remoteWrite: RemoteWrite;
  /** Service account of the Pod; it has no rights and hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The StatefulSet. */
  public readonly workload: ApiObject;
  /** The Service of the web server. */
  public readonly service: ApiObject;
  /** The Ingress, where the exposure is one. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute, where the exposure is one. */
  public readonly httpRoute?: ApiObject;
  private readonly credentials: InfluxDbCredentials;
  private readonly sampleInterval: Duration;

  constructor(scope: Construct, id: string, props: InfluxDbProps) {
    super(scope, id);
    checkArguments('InfluxDb', { props }, this.node.path);
    const identity = identityOf(this, props, 'influxdb', 'metrics-database');
    const settings = new InfluxDbSettings(identity.where, props);
    const { writer } = props.credentials;
    [this.name, this.namespace, this.database] = [identity.name, identity.namespace, settings.database];
    [this.credentials, this.sampleInterval] = [props.credentials, settings.sampleInterval];
    this.url = `http://${this.name}.${this.namespace}.svc:${HTTP_PORT}`;
    this.remoteWrite = RemoteWrite.influxDb(this.url, { name: this.name, database: this.database, basicAuth: writer });
    props.updateStrategy?._check(identity.where, 'StatefulSet');
    this.serviceAccount = serviceAccountOf(this, props, identity);
    this.workload = apiObject(this, 'Resource', KIND.StatefulSet, {
      metadata: metadataOf(identity),
      spec: {
        replicas: 1,
        selector: { matchLabels: identity.selector },
        serviceName: this.name,
        updateStrategy: props.updateStrategy?._statefulSet,
        template: this.podTemplate(identity, settings),
        ...settings.storage._claims('data', settings.claimSize),
      },
    });
    const exposed = exposedService(this, identity, { name: 'http', port: HTTP_PORT }, props);
    [this.service, this.ingress, this.httpRoute] = [exposed.service, exposed.ingress, exposed.httpRoute];
    this.monitoring = this.ownMonitoring(identity, settings);
  }

  /**
   * A data source of its samples as the user that may only read, for `addDataSource()` of a Grafana: named `InfluxDB`, of type `influxdb`, with
   * InfluxQL.
   */
  public dataSource(options: DataSourceOptions = {}): DataSource {
    checkArguments('InfluxDb.dataSource', { options }, this.node.path);
    return DataSource.of({
      ...options,
      name: options.name ?? 'InfluxDB',
      type: 'influxdb',
      url: this.url,
      http: options.http ?? { basicAuth: this.credentials.reader },
      jsonData: { version: 'InfluxQL', dbName: this.database, httpMode: 'POST', timeInterval: promDuration(this.sampleInterval), ...options.jsonData },
    });
  }

  private podTemplate(identity: WorkloadIdentity, settings: InfluxDbSettings): k8s.PodTemplateSpec {
    const health = { httpGet: { path: '/health', port: numberOrText('http') } };
    const data = settings.storage._mount('data', DATA_DIR, 'influxdb');
    const { admin, writer, reader } = this.credentials;
    const secrets = mountedKeys(identity, 'influxdb', 'secret', [admin.password, writer.password, reader.password]);
    return podTemplate(identity, settings.props, {
      program: 'influxDb',
      serviceAccountName: this.serviceAccount.name,
      ownsVolumes: true,
      // it writes what is in memory
      terminationGracePeriod: Duration.minutes(2),
      initContainers: [preparation(settings, data, secrets.volumeMounts)],
      containers: [{
        name: 'influxdb',
        image: settings.image,
        command: [...INFLUXD],
        env: variables(),
        ports: [{ name: 'http', containerPort: HTTP_PORT, protocol: 'TCP' }],
        resources: settings.resources,
        // it opens the database before it listens
        startupProbe: { ...health, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 180 },
        readinessProbe: { ...health, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
        livenessProbe: { ...health, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
        volumeMounts: [data],
      }],
      volumes: [...settings.storage._volume('data'), ...secrets.volumes, { name: 'tmp', emptyDir: {} }],
    });
  }

  private ownMonitoring({ selector }: WorkloadIdentity, { props, storage }: InfluxDbSettings): Monitoring {
    const job = ScrapeJob.fromService({
      name: props.jobName ?? INFLUXDB_JOB,
      labels: selector,
      namespaces: [this.namespace],
      endpoints: [new ScrapeEndpoint({ ...endpointOptions(props), port: 'http' })],
    });
    const { name, namespace, url } = this;
    const claim = storage._claimOf(name, 'data') ?? '';
    return {
      jobs: [job],
      rules: influxDbRules({ jobName: job.name, namespace, claim, url }, props.rules),
      dashboards: influxDbDashboards(job.name, props.rules),
    };
  }
}
