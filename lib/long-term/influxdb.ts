import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkArguments } from '../arguments';
import { InfluxDbCredentials } from './influxdb-credentials';
import { influxDbPod } from './influxdb-pod';
import { preparation } from './influxdb-preparation';
import { InfluxDbProps } from './influxdb-props';
import { DATA_DIR, DATABASE, HTTP_PORT, INFLUXD, InfluxDbSettings, variables } from './influxdb-settings';
import { DatabaseKind, MetricsDatabase } from './metrics-database';
import { componentDashboards } from '../components/component-dashboards';
import { INFLUXDB_JOB, influxDbRules, influxDbThresholds } from '../components/influxdb/influxdb-rules';
import { DataSource, DataSourceOptions } from '../grafana';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { IMonitored, Monitoring, RemoteWrite } from '../monitoring';
import { promDuration } from '../units';

const KIND: DatabaseKind = { construct: 'InfluxDb', program: 'influxdb', port: HTTP_PORT };

/**
 * InfluxDB 1.x, a single node: a database that Prometheus writes to and that answers InfluxQL, for longer than a Prometheus keeps samples.
 *
 * It asks for a password. Whenever the Pod starts, an init container makes the database and the users of `credentials`, and sets retention, passwords
 * and privileges as they are now. A series is a measurement of the metric's name, its labels are tags, its samples the field `value`; NaN and
 * infinite values are not stored. While it is away a Prometheus keeps samples for about two hours and sends them then. An update is a short outage.
 * @see https://docs.influxdata.com/influxdb/v1/
 */
export class InfluxDb extends MetricsDatabase implements IMonitored {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the database. */
  public readonly database: string;
  /** A remote write to it as the user that may only write, for `addRemoteWrite()`; `RemoteWrite.influxDb` makes one with other options. */
  public readonly remoteWrite: RemoteWrite;
  private readonly credentials: InfluxDbCredentials;

  constructor(scope: Construct, id: string, props: InfluxDbProps) {
    super(scope, id, KIND, props, (identity) => {
      const settings = new InfluxDbSettings(identity.where, props);
      return { settings, template: (serviceAccountName) => podOf(identity, settings, serviceAccountName) };
    });
    const { credentials, database = DATABASE, rules } = props;
    [this.database, this.credentials] = [database, credentials];
    const { name, namespace, url } = this;
    this.remoteWrite = RemoteWrite.influxDb(url, { name, database, basicAuth: credentials.writer });
    const job = this._job(INFLUXDB_JOB, props);
    const claim = this._settings.storage._claimOf(name, 'data') ?? '';
    this.monitoring = {
      jobs: [job],
      rules: influxDbRules({ jobName: job.name, namespace, claim, url }, rules),
      dashboards: componentDashboards({
        component: INFLUXDB_JOB, jobName: job.name, folder: 'Monitoring', files: ['influxdb/influxdb'], thresholds: influxDbThresholds(rules),
      }),
    };
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
      jsonData: { version: 'InfluxQL', dbName: this.database, httpMode: 'POST', timeInterval: promDuration(this._settings.sampleInterval), ...options.jsonData },
    });
  }
}

function podOf(identity: WorkloadIdentity, settings: InfluxDbSettings, serviceAccountName: string): k8s.PodTemplateSpec {
  const { admin, writer, reader } = settings.props.credentials;
  return influxDbPod(identity, settings, {
    program: 'influxDb',
    serviceAccountName,
    dataDir: DATA_DIR,
    port: HTTP_PORT,
    secrets: [admin.password, writer.password, reader.password],
    command: INFLUXD,
    env: variables(),
    preparation: (data, secrets) => preparation(settings, data, secrets),
  });
}
