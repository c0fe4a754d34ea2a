import { Chart } from 'cdk8s';
import { newChart } from '../charts';
import {
  AlertingRule, IMonitored, KubeletMonitor, MetricSelection, NodeExporterDaemonSet, PrometheusServer, RecordingRule, Rule, RuleEdit, RuleGroup,
  RuleSet, ScrapeEndpoint, ScrapeJob, Severity,
} from '../../lib';

function rule(expr: string): Rule {
  return new AlertingRule({ alert: 'A', expr, severity: Severity.INFO, summary: 's', description: 'd' });
}

function group(...rules: Rule[]): RuleGroup {
  return new RuleGroup({ name: 'shop', rules });
}

function job(name: string, ...metrics: MetricSelection[]): ScrapeJob {
  return ScrapeJob.fromPods({
    name, labels: { app: name }, endpoints: metrics.map((selection, i) => new ScrapeEndpoint({ port: `port-${i}`, metrics: selection })),
  });
}

function thing(brought: ScrapeJob, ...rules: Rule[]): IMonitored {
  return { monitoring: { jobs: [brought], rules: RuleSet.of(group(...rules)) } };
}

/** What is wrong once all is known. */
function problems(fill: (prometheus: PrometheusServer, chart: Chart) => void): string[] {
  const chart = newChart();
  fill(new PrometheusServer(chart, 'prometheus'), chart);
  return chart.node.findAll().flatMap(({ node }) => node.validate());
}

const orders = MetricSelection.keep('shop_orders_.*');

test('a rule of a thing whose job drops the metric', () => {
  expect(problems((prometheus) => prometheus.monitor(thing(job('shop', orders), rule('shop_requests_total > 0'))))).toEqual([
    "alert 'A' of group 'shop' uses shop_requests_total, and scrape job 'shop' drops it; let the job's 'metrics' keep it, or take the rule out",
  ]);
});

test('a component of the library whose metrics the user chose', () => {
  const found = problems((prometheus, chart) => prometheus.monitor(new NodeExporterDaemonSet(chart, 'nodes', { metrics: MetricSelection.keep('node_load1') })));
  expect(found).toContainEqual(expect.stringMatching(/^alert 'NodeFilesystem\w+' of group '.+' uses node_filesystem_\w+, and scrape job 'node-exporter' drops it;/));
});

test('a drop-list is seen as a keep-list is', () => {
  expect(problems((prometheus) => prometheus.monitor(thing(job('shop', MetricSelection.drop('shop_.*')), rule('shop_requests_total > 0')))).length).toBe(1);
});

test('a job that is named by a matcher', () => {
  const named = (matcher: string) => problems((prometheus) => {
    prometheus.addScrapeJob(job('shop', orders));
    prometheus.addScrapeJob(job('store', MetricSelection.all()));
    prometheus.addRules(group(rule(`http_requests_total{${matcher}} > 0`)));
  });
  expect(named('job="shop"').length).toBe(1);
  expect(named('job=~"shop|other"').length).toBe(1);
  expect(named('job="store"')).toEqual([]);
  expect(named('job=~"shop|store"')).toEqual([]);
});

test.each<[string, (prometheus: PrometheusServer, chart: Chart) => void]>([
  ['the metric is kept', (prometheus) => prometheus.monitor(thing(job('shop', orders), rule('shop_orders_total > 0')))],
  ['another endpoint keeps it', (prometheus) => prometheus.monitor(thing(job('shop', orders, MetricSelection.all()), rule('shop_requests_total > 0')))],
  ['another rule records it', (prometheus) => prometheus.monitor(thing(
    job('shop', orders), new RecordingRule({ record: 'shop:total', expr: 'sum(shop_orders_total)' }), rule('shop:total > 0'),
  ))],
  ['the rule is edited away', (prometheus) => {
    prometheus.monitor(thing(job('shop', orders), rule('shop_requests_total > 0')));
    prometheus.adjustRules(RuleEdit.without('A'));
  }],
  ['a rule of its own uses what somebody else exposes', (prometheus) => {
    prometheus.addScrapeJob(job('shop', orders));
    prometheus.addRules(group(rule('node_load1 > 10')));
  }],
  ...['up{job="shop"} == 0', 'up == 0', 'scrape_samples_scraped{job="shop"} > 1000', 'scrape_duration_seconds > 5', 'ALERTS{alertname="A"} > 0', 'absent(up{job="shop"})']
    .map((expr): [string, (prometheus: PrometheusServer) => void] => (
      [`${expr} is of what Prometheus itself makes`, (prometheus) => prometheus.monitor(thing(job('shop', orders), rule(expr)))]
    )),
  ['a rule of a thing uses what a component of the library exposes too', (prometheus) => (
    prometheus.monitor(thing(job('shop', orders), rule('shop_orders_total * on (node) group_left () kube_node_info > 0')))
  )],
  ['nobody drops anything', (prometheus) => prometheus.monitor(thing(job('shop', MetricSelection.all()), rule('shop_requests_total > 0')))],
  ['only some series are dropped', (prometheus) => (
    prometheus.monitor(thing(job('shop', MetricSelection.dropByLabels({ __name__: 'shop_.*', code: '2..' })), rule('shop_requests_total > 0')))
  )],
  ['the components of the library come with their defaults', (prometheus, chart) => (
    prometheus.monitor(new NodeExporterDaemonSet(chart, 'nodes'), new KubeletMonitor(chart, 'kubelet'))
  )],
])('no problem: %s', (_, fill) => {
  expect(problems(fill)).toEqual([]);
});
