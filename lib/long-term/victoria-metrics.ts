import { ApiObject, Duration } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { numberOrText } from '../kubernetes/number-or-text';
import { KIND } from '../kubernetes/kinds';
import { VictoriaMetricsProps } from './victoria-metrics-props';
import { DATA_DIR, HTTP_PORT, OPENTSDB_PORT, VictoriaMetricsSettings } from './victoria-metrics-settings';
import { endpointOptions } from '../components/monitor-endpoints';
import { victoriaMetricsDashboards } from '../components/victoria-metrics/victoria-metrics-dashboards';
import { VICTORIA_METRICS_JOB, victoriaMetricsRules } from '../components/victoria-metrics/victoria-metrics-rules';
import { DataSource, DataSourceOptions } from '../grafana';
import { apiObject } from '../kubernetes/api-object';
import { exposedService } from '../kubernetes/exposed-service';
import { secretDir } from '../kubernetes/mount-paths';
import { mountedKeys } from '../kubernetes/mounted-keys';
import { serviceAccountOf } from '../kubernetes/own-namespace';
import { checkPodOptions, podTemplate } from '../kubernetes/pod';
import { TakenNames } from '../kubernetes/pod-additions';
import { podService } from '../kubernetes/pod-service';
import { identityOf, metadataOf, WorkloadIdentity } from '../kubernetes/workload-identity';
import { BasicAuth, IMonitored, Monitoring, RemoteWrite, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { promDuration } from '../units';
import { checkArguments } from '../arguments';

/**
 * VictoriaMetrics, a single node: a database that Prometheus writes to and that answers PromQL, for longer than a Prometheus keeps samples.
 *
 * With `basicAuth` it asks for a password; without it anyone who reaches its port can read, write and delete series. While it is away a Prometheus
 * keeps samples for about two hours and sends them then. An update is a short outage. A Pod that is killed, as by the limit of its memory, loses the
 * samples of some seconds that it had accepted; one that is stopped loses none.
 * @see https://docs.victoriametrics.com/victoriametrics/
 */
export class VictoriaMetrics extends Construct implements IMonitored {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the StatefulSet and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** URL within the cluster, of the web page and of PromQL's API. */
  public readonly url: string;
  /** A remote write to it, for `addRemoteWrite()`; `RemoteWrite.victoriaMetrics` makes one with other options. */
  public readonly remoteWrite: RemoteWrite;
  /** Service account of the Pod; it has no rights and hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The StatefulSet. */
  public readonly workload: ApiObject;
  /** The Service of the web server. */
  public readonly service: ApiObject;
  /** The Service of OpenTSDB's protocols, with `openTsdb`. */
  public readonly openTsdbService?: ApiObject;
  /** The Ingress, where the exposure is one. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute, where the exposure is one. */
  public readonly httpRoute?: ApiObject;
  private readonly basicAuth?: BasicAuth;
  private readonly sampleInterval: Duration;

  constructor(scope: Construct, id: string, props: VictoriaMetricsProps = {}) {
    super(scope, id);
    checkArguments('VictoriaMetrics', { props }, this.node.path);
    const identity = identityOf(this, props, 'victoria-metrics', 'metrics-database');
    const settings = new VictoriaMetricsSettings(identity.where, props);
    [this.name, this.namespace] = [identity.name, identity.namespace];
    [this.basicAuth, this.sampleInterval] = [props.basicAuth, settings.sampleInterval];
    this.url = `http://${this.name}.${this.namespace}.svc:${HTTP_PORT}`;
    this.remoteWrite = RemoteWrite.victoriaMetrics(this.url, { name: this.name, basicAuth: props.basicAuth });
    props.updateStrategy?._check(identity.where, 'StatefulSet');
    checkPodOptions(identity, props, { names: namesOf(settings) });
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
    this.openTsdbService = props.openTsdb ? podService(this, 'OpenTsdb', identity, { suffix: '-opentsdb', ports: OPENTSDB_PORTS }) : undefined;
    this.monitoring = this.ownMonitoring(identity, props);
  }

  /** A data source of its samples, for `addDataSource()` of a Grafana: named `VictoriaMetrics`, of type `prometheus`. */
  public dataSource(options: DataSourceOptions = {}): DataSource {
    checkArguments('VictoriaMetrics.dataSource', { options }, this.node.path);
    return DataSource.of({
      ...options,
      name: options.name ?? 'VictoriaMetrics',
      type: 'prometheus',
      url: this.url,
      http: options.http ?? { basicAuth: this.basicAuth },
      jsonData: { httpMethod: 'POST', timeInterval: promDuration(this.sampleInterval), ...options.jsonData },
    });
  }

  private podTemplate(identity: WorkloadIdentity, settings: VictoriaMetricsSettings): k8s.PodTemplateSpec {
    const secret = mountedKeys(identity, 'victoria-metrics', 'secret', [this.basicAuth?.password]);
    const health = { httpGet: { path: '/health', port: numberOrText('http') } };
    return podTemplate(identity, settings.props, {
      program: 'victoriaMetrics',
      serviceAccountName: this.serviceAccount.name,
      ownsVolumes: true,
      // it writes what is in memory
      terminationGracePeriod: Duration.minutes(2),
      containers: [{
        name: 'victoria-metrics',
        image: settings.image,
        args: settings.args,
        ports: portsOf(settings),
        resources: settings.resources,
        // it opens the database before it listens
        startupProbe: { ...health, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 180 },
        readinessProbe: { ...health, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
        livenessProbe: { ...health, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
        volumeMounts: [settings.storage._mount('data', DATA_DIR, 'victoria-metrics'), ...secret.volumeMounts],
      }],
      volumes: [...settings.storage._volume('data'), ...secret.volumes],
    });
  }

  private ownMonitoring({ selector }: WorkloadIdentity, props: VictoriaMetricsProps): Monitoring {
    const job = ScrapeJob.fromService({
      name: props.jobName ?? VICTORIA_METRICS_JOB,
      labels: selector,
      namespaces: [this.namespace],
      endpoints: [new ScrapeEndpoint({ ...endpointOptions(props), port: 'http', basicAuth: props.basicAuth })],
    });
    const dashboards = victoriaMetricsDashboards(job.name, props.rules);
    return { jobs: [job], rules: victoriaMetricsRules({ jobName: job.name }, props.rules), dashboards };
  }
}

const OPENTSDB_PORTS = [{ name: 'opentsdb', port: OPENTSDB_PORT }, { name: 'opentsdb-udp', port: OPENTSDB_PORT, protocol: 'UDP' as const }];

function portsOf({ props: { openTsdb } }: VictoriaMetricsSettings): k8s.ContainerPort[] {
  return [
    { name: 'http', containerPort: HTTP_PORT, protocol: 'TCP' },
    ...(openTsdb ? OPENTSDB_PORTS.map(({ name, port, protocol = 'TCP' }) => ({ name, containerPort: port, protocol })) : []),
  ];
}

/** Names in the Pod that are taken. */
function namesOf(settings: VictoriaMetricsSettings): TakenNames {
  return {
    containers: ['victoria-metrics'],
    volumes: [settings.storage._template?.name ?? 'data', ...(settings.props.basicAuth === undefined ? [] : ['secret-0'])],
    paths: [secretDir('victoria-metrics')],
    openPaths: [DATA_DIR],
    env: [],
    ports: portsOf(settings),
  };
}
