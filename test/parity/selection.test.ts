import { App, Chart } from 'cdk8s';
import { KubeObject, operatorPrometheus } from './parity';
import { MonitorSelection, OperatedPrometheus, RecordingRule, RuleGroup, ScrapeEndpoint, ScrapeJob } from '../../lib';

const OTHERS: KubeObject[] = [
  {
    apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: 'theirs', namespace: 'shop', labels: { team: 'cart' } },
    spec: { selector: { matchLabels: { app: 'shop' } }, endpoints: [{ port: 'http' }] },
  },
  {
    apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'theirs', namespace: 'staging' },
    spec: { groups: [{ name: 'theirs', rules: [{ record: 'a:b', expr: 'up' }] }] },
  },
  {
    apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: 'beside', namespace: 'monitoring' },
    spec: { selector: {}, podMetricsEndpoints: [{ port: 'http' }] },
  },
];

/** A Prometheus with one resource of each kind. */
function prometheus(chart: Chart, name: string, selection?: MonitorSelection): void {
  const made = new OperatedPrometheus(chart, name, { selection, selfMonitoring: false });
  const labels = { app: name };
  made.addScrapeJob(ScrapeJob.fromService({ name: 'services', labels, endpoints: [new ScrapeEndpoint({ port: 'http' })] }));
  made.addScrapeJob(ScrapeJob.fromPods({ name: 'pods', labels, endpoints: [new ScrapeEndpoint({ port: 'http' })] }));
  made.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'static', targets: ['db1.example.com:9104'] }));
  made.addRules(new RuleGroup({ name: 'own', rules: [new RecordingRule({ record: 'up:sum', expr: 'sum(up)' })] }));
}

function app(...made: Array<[string, MonitorSelection?]>): KubeObject[] {
  const chart = new Chart(new App(), 'test', { namespace: 'monitoring' });
  made.forEach(([name, selection]) => prometheus(chart, name, selection));
  return [...chart.toJson(), ...OTHERS];
}

const own = (name: string) => [
  expect.stringMatching(`^PodMonitor monitoring/${name}-`), expect.stringMatching(`^PrometheusRule monitoring/${name}-`),
  expect.stringMatching(`^ScrapeConfig monitoring/${name}-`), expect.stringMatching(`^ServiceMonitor monitoring/${name}-`),
];

test('by default what others make is taken, from every namespace', () => {
  const { selected, ignored } = operatorPrometheus(app(['main']));
  expect(ignored).toEqual([]);
  expect(selected).toHaveLength(4 + OTHERS.length);
});

test('from namespaces that are named, and from its own', () => {
  const { selected, ignored } = operatorPrometheus(app(['main', MonitorSelection.inNamespaces('shop')]));
  expect(ignored).toEqual(['PrometheusRule staging/theirs']);
  expect(selected).toEqual(expect.arrayContaining([...own('main'), 'ServiceMonitor shop/theirs', 'PodMonitor monitoring/beside']));
});

test('two of one app with their own resources only take nothing of each other', () => {
  const objects = app(['one', MonitorSelection.own()], ['two', MonitorSelection.own()]);
  expect(operatorPrometheus(objects, 'one').selected).toEqual(own('one'));
  expect(operatorPrometheus(objects, 'two').selected).toEqual(own('two'));
});
