import { Duration } from 'cdk8s';
import {
  AlertingRule, ApiServerMonitor, BlackboxExporter, CoreDnsMonitor, EtcdMonitor, NodeExporterDaemonSet, PrometheusServer, PrometheusServerProps,
  RuleGroup,
} from '../../lib';
import { manifests, newChart } from '../charts';

/** The rules of a Prometheus of some components, as its ConfigMaps have them. */
function rulesOf(props: PrometheusServerProps, interval?: Duration): string {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus', props);
  prometheus.monitor(new NodeExporterDaemonSet(chart, 'node-exporter'), new CoreDnsMonitor(chart, 'coredns'), new EtcdMonitor(chart, 'etcd', { interval }));
  prometheus.monitor(new BlackboxExporter(chart, 'blackbox'));
  prometheus.addRules(new RuleGroup({
    name: 'shop',
    rules: [new AlertingRule({ alert: 'ShopFails', expr: 'rate(failures[1m]) > 0', summary: 'fails', description: 'fails in [1m]' })],
  }));
  return manifests(chart).filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.includes('rules')).map((map) => JSON.stringify(map)).join('\n');
}

/** The ranges in expressions about a job, each once, in minutes. */
function minutes(rules: string, job: string): number[] {
  const ranges = [...rules.matchAll(/job=\\*"([^"\\]+)\\*"[^[]*?\[(\d+)(m|h)\]/g)];
  return [...new Set(ranges.filter(([, of]) => of === job).map(([, , count, unit]) => Number(count) * (unit === 'h' ? 60 : 1)))].sort((a, b) => a - b);
}

test('windows are as written where scrapes are frequent', () => {
  expect(minutes(rulesOf({}), 'node-exporter')).toEqual([2, 5, 360]);
  expect(minutes(rulesOf({}), 'etcd')).toEqual([2, 5, 15, 240]);
});

test('windows hold four scrapes of a Prometheus that scrapes rarely, and texts say so', () => {
  const rules = rulesOf({ scrapeInterval: Duration.minutes(2) });
  expect(minutes(rules, 'node-exporter')).toEqual([8, 360]);
  expect(rules).toContain('probe_success{ingress=\\"\\"}[8m]');
  expect(rules).toContain('has lost or found its carrier {{ printf \\"%.0f\\" $value }} times in 8 minutes');
});

test('windows follow the interval of the job that they are about', () => {
  const rules = rulesOf({}, Duration.minutes(1));
  expect(minutes(rules, 'etcd')).toEqual([4, 5, 15, 240]);
  expect(minutes(rules, 'node-exporter')).toEqual([2, 5, 360]);
});

test('the rules of a user are as they were written', () => {
  const rules = rulesOf({ scrapeInterval: Duration.minutes(2) });
  expect(rules).toContain('rate(failures[1m]) > 0');
  expect(rules).toContain('fails in [1m]');
});

test('windows over recorded series hold four evaluations', () => {
  const windows = (props: PrometheusServerProps) => {
    const chart = newChart();
    new PrometheusServer(chart, 'prometheus', props).monitor(new ApiServerMonitor(chart, 'apiserver'));
    const rules = manifests(chart).filter(({ kind }) => kind === 'ConfigMap').map((map) => JSON.stringify(map)).join('');
    return [...new Set([...rules.matchAll(/sum_over_time\(apiserver_request:good:rate5m\[(\w+)\]/g)].map(([, window]) => window))];
  };
  expect(windows({})).toEqual(['1h', '5m', '6h', '30m', '1d', '2h', '3d']);
  expect(windows({ evaluationInterval: Duration.minutes(2) })).toEqual(['1h', '8m', '6h', '30m', '1d', '2h', '3d']);
  expect(windows({ evaluationInterval: Duration.minutes(10) })).toEqual(['1h', '40m', '6h', '1d', '2h', '3d']);
});

test('evaluations that are further apart than a query looks back are noted', () => {
  const notes = (props: PrometheusServerProps) => new PrometheusServer(newChart(), 'prometheus', props).node.metadata
    .filter(({ data }) => `${data}`.includes('rules are evaluated every'));
  expect(notes({ evaluationInterval: Duration.minutes(10) })).toHaveLength(1);
  expect(notes({ evaluationInterval: Duration.minutes(5) })).toEqual([]);
  expect(notes({ evaluationInterval: Duration.minutes(10), query: { lookbackDelta: Duration.minutes(15) } })).toEqual([]);
});
