import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkArguments } from '../arguments';
import { InfluxDb2Credentials } from './influxdb2-credentials';
import { influxDbPod } from './influxdb-pod';
import { preparation2 } from './influxdb2-preparation';
import { InfluxDb2Props } from './influxdb2-props';
import { DATA_DIR, HTTP_PORT, InfluxDb2Settings, NAME, variables } from './influxdb2-settings';
import { DatabaseKind, MetricsDatabase } from './metrics-database';
import { componentDashboards } from '../components/component-dashboards';
import { INFLUXDB2_JOB, influxDb2Rules, influxDb2Thresholds } from '../components/influxdb/influxdb2-rules';
import { DataSource, DataSourceOptions } from '../grafana';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { IMonitored, Monitoring, Sink } from '../monitoring';
import { promDuration } from '../units';

const KIND: DatabaseKind = { construct: 'InfluxDb2', program: 'influxdb', port: HTTP_PORT };

/**
 * InfluxDB 2.x, a single node. It does not accept remote write: a gateway writes to it, as `prometheus.forward(influxDb.sink)` has it. `InfluxDb` is
 * version 1, which Prometheus writes to directly at an eighth of the CPU.
 *
 * It asks for a password or a token. Whenever the Pod starts, an init container makes organization, bucket and the users of `credentials`, and sets
 * retention, passwords and privileges as they are now. A series is a measurement of the metric's name, its labels are tags, its samples the field
 * `value`; NaN and infinite values are not stored. While it is away a Prometheus keeps samples for about two hours and sends them then. An update
 * is a short outage.
 * @see https://docs.influxdata.com/influxdb/v2/
 */
export class InfluxDb2 extends MetricsDatabase implements IMonitored {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the organization. */
  public readonly org: string;
  /** Name of the bucket. */
  public readonly bucket: string;
  /** It as a sink, written to by the user that may only write, for `forward()` of a Prometheus. */
  public readonly sink: Sink;
  private readonly credentials: InfluxDb2Credentials;

  constructor(scope: Construct, id: string, props: InfluxDb2Props) {
    super(scope, id, KIND, props, (identity) => {
      const settings = new InfluxDb2Settings(identity.where, props);
      return { settings, template: (serviceAccountName) => podOf(identity, settings, serviceAccountName) };
    });
    const { credentials, org = NAME, bucket = NAME, rules } = props;
    [this.org, this.bucket, this.credentials] = [org, bucket, credentials];
    const { namespace, name, url } = this;
    this.sink = Sink.influxDb({ url, bucket, basicAuth: credentials.writer });
    const job = this._job(INFLUXDB2_JOB, props);
    const claim = this._settings.storage._claimOf(name, 'data') ?? '';
    this.monitoring = {
      jobs: [job],
      rules: influxDb2Rules({ jobName: job.name, namespace, claim }, rules),
      dashboards: componentDashboards({
        component: INFLUXDB2_JOB, jobName: job.name, folder: 'Monitoring', files: ['influxdb/influxdb2'], thresholds: influxDb2Thresholds(rules),
      }),
    };
  }

  /**
   * A data source of its samples as the user that may only read, for `addDataSource()` of a Grafana: named `InfluxDB 2`, of type `influxdb`, with
   * InfluxQL. The bucket is its database.
   */
  public dataSource(options: DataSourceOptions = {}): DataSource {
    checkArguments('InfluxDb2.dataSource', { options }, this.node.path);
    return DataSource.of({
      ...options,
      name: options.name ?? 'InfluxDB 2',
      type: 'influxdb',
      url: this.url,
      http: options.http ?? { basicAuth: this.credentials.reader },
      jsonData: { version: 'InfluxQL', dbName: this.bucket, httpMode: 'POST', timeInterval: promDuration(this._settings.sampleInterval), ...options.jsonData },
    });
  }
}

function podOf(identity: WorkloadIdentity, settings: InfluxDb2Settings, serviceAccountName: string): k8s.PodTemplateSpec {
  const { admin, adminToken, writer, reader } = settings.props.credentials;
  return influxDbPod(identity, settings, {
    program: 'influxDb2',
    serviceAccountName,
    dataDir: DATA_DIR,
    port: HTTP_PORT,
    secrets: [admin.password, adminToken, writer.password, reader.password],
    command: ['influxd'],
    env: variables(),
    preparation: (data, secrets) => preparation2(settings, data, secrets),
  });
}
