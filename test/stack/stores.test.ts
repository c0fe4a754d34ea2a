import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { GRAFANA, INFLUXDB, INFLUXDB2, Stack } from './support';
import {
  BasicAuth, CapacityPlan, DataStorage, KubernetesMonitoring, KubernetesMonitoringProps, MonitoringBackend, MonitoringPart, RemoteWrite, SecretKey,
} from '../../lib';
import { inChart } from '../charts';
import { Loose } from '../manifests';

const both: KubernetesMonitoringProps = { victoriaMetrics: {}, influxDb: INFLUXDB };
const writes = (stack: Stack): Loose[] => stack.configuration.remote_write ?? [];
const mainArgs = (stack: Stack, workload: string): string[] => stack.workloads[workload].spec.template.spec.containers[0].args;
const rulesOf = ({ groups }: Stack): Loose[] => groups.flatMap(({ rules }) => rules);
const expr = (stack: Stack, alert: string): string => rulesOf(stack).find((rule) => rule.alert === alert)!.expr;

function dataSources(stack: Stack): Loose[] {
  return parse(stack.one('ConfigMap', 'grafana-config').data['datasources.yaml']).datasources;
}

test('neither is made unless it is asked for', () => {
  const stack = new Stack({ grafana: GRAFANA });
  expect([stack.construct.victoriaMetrics, stack.construct.influxDb]).toEqual([undefined, undefined]);
  expect(writes(stack)).toEqual([]);
  expect(stack.text).not.toMatch(/victoria-?metrics|influxdb/i);
});

test('Prometheus writes to both, beside the stores of its own, and monitors them', () => {
  const remoteWrites = [new RemoteWrite({ url: 'https://store.example.com/write' })];
  const stack = new Stack({ ...both, prometheus: { remoteWrites } });
  expect(writes(stack).map(({ url }) => url)).toEqual([
    'https://store.example.com/write', 'http://victoria-metrics.kube-ops.svc:8428/api/v1/write',
    'http://influxdb.kube-ops.svc:8086/api/v1/prom/write?db=prometheus',
  ]);
  expect(writes(stack)[2].basic_auth).toEqual({ username: 'prometheus', password_file: '/etc/prometheus/secrets/influxdb-users/write-password' });
  expect(stack.jobs).toEqual(expect.arrayContaining(['victoria-metrics', 'influxdb']));
  expect(stack.alerts).toEqual(expect.arrayContaining(['VictoriaMetricsDown', 'InfluxDBDown', 'InfluxDBDiskFilling', 'InfluxDBIngestionFailing']));
});

test('Grafana has them as data sources beside Prometheus, which stays the default one', () => {
  const sources = dataSources(new Stack({ ...both, grafana: GRAFANA }));
  expect(sources.map(({ name, type, isDefault }) => [name, type, isDefault])).toEqual([
    ['Prometheus', 'prometheus', true], ['Alertmanager', 'alertmanager', false], ['VictoriaMetrics', 'prometheus', false], ['InfluxDB', 'influxdb', false],
  ]);
});

test('of an agent Grafana asks VictoriaMetrics', () => {
  const stack = new Stack({ victoriaMetrics: {}, prometheus: { agent: true }, grafana: GRAFANA });
  expect(writes(stack)).toHaveLength(1);
  expect(dataSources(stack).map(({ name, isDefault }) => [name, isDefault])).toEqual([['VictoriaMetrics', true]]);
});

test('to InfluxDB 2 Prometheus forwards by a gateway of its load, and both are monitored and shown', () => {
  const prometheus = { capacity: CapacityPlan.forSeries({ series: 300_000 }), scrapeInterval: Duration.seconds(60) };
  const stack = new Stack({ influxDb2: INFLUXDB2, influxDb: INFLUXDB, grafana: GRAFANA, registry: 'mirror.example.com', prometheus });
  expect(writes(stack).map(({ url }) => url)).toEqual([
    'http://influxdb.kube-ops.svc:8086/api/v1/prom/write?db=prometheus', 'http://prometheus-influxdb.kube-ops.svc:4195/api/v1/write',
  ]);
  const [{ image, resources }] = stack.workloads['prometheus-influxdb'].spec.template.spec.containers;
  expect([image.split('/')[0], resources.requests.cpu]).toEqual(['mirror.example.com', '500m']);
  expect(stack.jobs).toEqual(expect.arrayContaining(['influxdb', 'influxdb2', 'prometheus-influxdb']));
  expect(stack.alerts).toEqual(expect.arrayContaining(['InfluxDBDown', 'InfluxDB2Down', 'InfluxDB2DiskFilling', 'SinkGatewayDown']));
  expect(dataSources(stack).map(({ name }) => name)).toEqual(['Prometheus', 'Alertmanager', 'InfluxDB', 'InfluxDB 2']);
  expect(stack.identities.filter((object) => /dashboard-(influxdb2|sink-gateway)$/.test(object))).toEqual([
    'ConfigMap kube-ops/grafana-dashboard-influxdb2', 'ConfigMap kube-ops/grafana-dashboard-sink-gateway',
  ]);
});

/** The claim of each store in a stack. */
function claims(props: KubernetesMonitoringProps): string[] {
  const { workloads } = new Stack({ ...both, ...props });
  return ['victoria-metrics', 'influxdb'].map((name) => workloads[name].spec.volumeClaimTemplates[0].spec.resources.requests.storage);
}

test('their load is that of Prometheus, unless they are given one', () => {
  const prometheus = { capacity: CapacityPlan.forSeries({ series: 1_000_000 }), scrapeInterval: Duration.seconds(60) };
  const capacity = { series: 1_000_000, sampleInterval: Duration.seconds(60) };
  const given = { victoriaMetrics: { capacity }, influxDb: { ...INFLUXDB, capacity } };
  expect(claims({ prometheus })).toEqual(claims(given));
  expect(claims({ prometheus })).not.toEqual(claims({}));
  expect(claims({ prometheus: { capacity: CapacityPlan.forSeries({ series: 7 }) }, ...given })).toEqual(claims(given));
});

test('of two replicas of Prometheus VictoriaMetrics keeps one sample', () => {
  const dropped = [{ action: 'labeldrop', regex: 'prometheus_replica' }];
  const pair = new Stack((chart) => ({
    prometheus: { replicas: 2, scrapeInterval: Duration.seconds(15) },
    victoriaMetrics: { basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(Secret.fromSecretName(chart, 'login', 'login'), 'password') }) },
  }));
  expect(writes(pair)).toEqual([{
    url: 'http://victoria-metrics.kube-ops.svc:8428/api/v1/write', name: 'victoria-metrics', write_relabel_configs: dropped,
    basic_auth: { username: 'me', password_file: '/etc/prometheus/secrets/login/password' },
  }]);
  expect(mainArgs(pair, 'victoria-metrics')).toContain('-dedup.minScrapeInterval=15s');
  const own = new Stack({ prometheus: { replicas: 2 }, victoriaMetrics: { deduplicationInterval: Duration.seconds(7) } });
  expect(mainArgs(own, 'victoria-metrics')).toContain('-dedup.minScrapeInterval=7s');
  const single = new Stack({ victoriaMetrics: {} });
  expect(writes(single)).toEqual([{ url: 'http://victoria-metrics.kube-ops.svc:8428/api/v1/write', name: 'victoria-metrics' }]);
  expect(mainArgs(single, 'victoria-metrics').join()).not.toContain('dedup');
});

describe('alerts about InfluxDB know the jobs', () => {
  test('by the names that they were given', () => {
    const props: KubernetesMonitoringProps = { ...both, kubelet: { jobName: 'agents' }, prometheus: { jobName: 'me' } };
    const stack = new Stack(props);
    expect(expr(stack, 'InfluxDBDiskFilling')).toContain('job="agents"');
    expect(expr(stack, 'InfluxDBIngestionFailing')).toContain('job="me"');
    const own = new Stack({ ...props, influxDb: { ...INFLUXDB, rules: { kubeletJobName: 'theirs' } } });
    expect(expr(own, 'InfluxDBDiskFilling')).toContain('job="theirs"');
    expect(expr(own, 'InfluxDBIngestionFailing')).toContain('job="me"');
  });

  test('and are left out where these are not monitored, which the notes say', () => {
    const { alerts, construct } = new Stack({ ...both, without: [MonitoringPart.KUBELET], prometheus: { selfMonitoring: false } });
    expect(alerts.filter((alert) => alert.startsWith('InfluxDB'))).toEqual(['InfluxDBDown']);
    expect(construct.notes.filter((note) => note.startsWith('InfluxDB'))).toEqual([
      "InfluxDBDiskFilling is left out: it needs the metrics of the kubelets, which are not monitored; monitor them, or name the job that has their metrics by 'rules.kubeletJobName'",
      "InfluxDBIngestionFailing is left out: it needs the metrics of Prometheus, which does not monitor itself; leave 'selfMonitoring' out, or name the job that has its metrics by 'rules.prometheusJobName'",
    ]);
  });

  test('of version 2 likewise', () => {
    expect(expr(new Stack({ influxDb2: INFLUXDB2, kubelet: { jobName: 'agents' } }), 'InfluxDB2DiskFilling')).toContain('job="agents"');
    const { alerts, construct } = new Stack({ influxDb2: INFLUXDB2, without: [MonitoringPart.KUBELET] });
    expect(alerts.filter((alert) => alert.startsWith('InfluxDB2'))).toEqual(['InfluxDB2Down', 'InfluxDB2IngestionFailing']);
    expect(construct.notes.filter((note) => note.startsWith('InfluxDB2'))).toEqual([
      "InfluxDB2DiskFilling is left out: it needs the metrics of the kubelets, which are not monitored; monitor them, or name the job that has their metrics by 'rules.kubeletJobName'",
    ]);
  });

  test('and there is none on a disk without a claim', () => {
    const { alerts, construct } = new Stack({ influxDb: { ...INFLUXDB, storage: DataStorage.emptyDir() }, without: [MonitoringPart.KUBELET] });
    expect(alerts.filter((alert) => alert.startsWith('InfluxDB'))).toEqual(['InfluxDBDown', 'InfluxDBIngestionFailing']);
    expect(construct.notes.filter((note) => note.startsWith('InfluxDB'))).toEqual([]);
  });
});

test('a Prometheus that others make cannot be told to write to them', () => {
  const make = (props: KubernetesMonitoringProps) => inChart((chart) => new KubernetesMonitoring(chart, 'x', { backend: MonitoringBackend.existing(), ...props }));
  expect(() => make(both)).toThrow(
    "got 'victoriaMetrics' and 'influxDb' together with MonitoringBackend.existing(), whose Prometheus and Alertmanager others make; take them out, or choose another backend",
  );
});

test('one that is left out cannot be configured', () => {
  expect(() => new Stack({ ...both, without: [MonitoringPart.INFLUXDB] })).toThrow("got 'influxDb' together with 'without' of the same part; take it out of one of them");
});
