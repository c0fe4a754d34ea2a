import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkArguments } from '../arguments';
import { DatabaseKind, databaseProbes, FLUSH_TIME, MetricsDatabase } from './metrics-database';
import { VictoriaMetricsProps } from './victoria-metrics-props';
import { DATA_DIR, HTTP_PORT, OPENTSDB_PORT, VictoriaMetricsSettings } from './victoria-metrics-settings';
import { componentDashboards } from '../components/component-dashboards';
import { VICTORIA_METRICS_JOB, victoriaMetricsRules, victoriaMetricsThresholds } from '../components/victoria-metrics/victoria-metrics-rules';
import { DataSource, DataSourceOptions } from '../grafana';
import { secretDir } from '../kubernetes/mount-paths';
import { mountedKeys } from '../kubernetes/mounted-keys';
import { checkPodOptions, podTemplate } from '../kubernetes/pod';
import { TakenNames } from '../kubernetes/pod-additions';
import { podService } from '../kubernetes/pod-service';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { BasicAuth, IMonitored, Monitoring, RemoteWrite } from '../monitoring';
import { promDuration } from '../units';

const KIND: DatabaseKind = { construct: 'VictoriaMetrics', program: 'victoria-metrics', port: HTTP_PORT };

/**
 * VictoriaMetrics, a single node: a database that Prometheus writes to and that answers PromQL, for longer than a Prometheus keeps samples.
 *
 * With `basicAuth` it asks for a password; without it anyone who reaches its port can read, write and delete series. While it is away a Prometheus
 * keeps samples for about two hours and sends them then. An update is a short outage. A Pod that is killed, as by the limit of its memory, loses the
 * samples of some seconds that it had accepted; one that is stopped loses none.
 * @see https://docs.victoriametrics.com/victoriametrics/
 */
export class VictoriaMetrics extends MetricsDatabase implements IMonitored {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** A remote write to it, for `addRemoteWrite()`; `RemoteWrite.victoriaMetrics` makes one with other options. */
  public readonly remoteWrite: RemoteWrite;
  /** The Service of OpenTSDB's protocols, with `openTsdb`. */
  public readonly openTsdbService?: ApiObject;
  private readonly basicAuth?: BasicAuth;

  constructor(scope: Construct, id: string, props: VictoriaMetricsProps = {}) {
    super(scope, id, KIND, props, (identity) => {
      const settings = new VictoriaMetricsSettings(identity.where, props);
      checkPodOptions(identity, props, { names: namesOf(settings) });
      return { settings, template: (serviceAccountName) => podOf(identity, settings, serviceAccountName) };
    });
    const { basicAuth, openTsdb, rules } = props;
    this.basicAuth = basicAuth;
    this.remoteWrite = RemoteWrite.victoriaMetrics(this.url, { name: this.name, basicAuth });
    this.openTsdbService = openTsdb ? podService(this, 'OpenTsdb', this._identity, { suffix: '-opentsdb', ports: OPENTSDB_PORTS }) : undefined;
    const job = this._job(VICTORIA_METRICS_JOB, props, basicAuth);
    const dashboards = componentDashboards({
      component: VICTORIA_METRICS_JOB,
      jobName: job.name,
      folder: 'Monitoring',
      files: ['victoria-metrics/victoria-metrics'],
      thresholds: victoriaMetricsThresholds(rules),
    });
    this.monitoring = { jobs: [job], rules: victoriaMetricsRules({ jobName: job.name }, rules), dashboards };
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
      jsonData: { httpMethod: 'POST', timeInterval: promDuration(this._settings.sampleInterval), ...options.jsonData },
    });
  }
}

const OPENTSDB_PORTS = [{ name: 'opentsdb', port: OPENTSDB_PORT }, { name: 'opentsdb-udp', port: OPENTSDB_PORT, protocol: 'UDP' as const }];

function portsOf({ props: { openTsdb } }: VictoriaMetricsSettings): k8s.ContainerPort[] {
  return [
    { name: 'http', containerPort: HTTP_PORT, protocol: 'TCP' },
    ...(openTsdb ? OPENTSDB_PORTS.map(({ name, port, protocol = 'TCP' }) => ({ name, containerPort: port, protocol })) : []),
  ];
}

function podOf(identity: WorkloadIdentity, settings: VictoriaMetricsSettings, serviceAccountName: string): k8s.PodTemplateSpec {
  const { props, storage, image, args, resources } = settings;
  const secret = mountedKeys(identity, 'victoria-metrics', 'secret', [props.basicAuth?.password]);
  return podTemplate(identity, props, {
    program: 'victoriaMetrics',
    serviceAccountName,
    ownsVolumes: true,
    terminationGracePeriod: FLUSH_TIME,
    containers: [{
      name: 'victoria-metrics',
      image,
      args,
      ports: portsOf(settings),
      resources,
      ...databaseProbes(),
      volumeMounts: [storage._mount('data', DATA_DIR, 'victoria-metrics'), ...secret.volumeMounts],
    }],
    volumes: [...storage._volume('data'), ...secret.volumes],
  });
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
