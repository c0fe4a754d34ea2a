import { Chart } from 'cdk8s';
import {
  CoreDnsMonitor, IMonitored, KubeletMonitor, KubeletMonitorProps, KubeletPath, KubeStateMetrics, MetricSelection, MonitorSelection,
  NodeExporterDaemonSet, OperatedPrometheus, PrometheusOperator, PrometheusServer, RecordingRule, RecordingRules, Relabeling, Rule, RuleEdit,
  RuleSet, SchedulerMonitor, ScrapeEndpoint, ScrapeJob,
} from '../../lib';
import { CADVISOR_METRICS } from '../../lib/components/kubelet/kubelet-metrics';
import { alert, Fill, group, problems, problemsWithOperator } from './problems';

function job(name: string, ...metrics: MetricSelection[]): ScrapeJob {
  return ScrapeJob.fromPods({
    name, labels: { app: name }, endpoints: metrics.map((selection, i) => new ScrapeEndpoint({ port: `port-${i}`, metrics: selection })),
  });
}

function thing(brought: ScrapeJob, ...rules: Rule[]): IMonitored {
  return { monitoring: { jobs: [brought], rules: RuleSet.of(group(...rules)) } };
}

const orders = MetricSelection.keep('shop_orders_.*');

test('a rule of a thing whose job drops the metric', () => {
  expect(problems((prometheus) => prometheus.monitor(thing(job('shop', orders), alert('shop_requests_total > 0'))))).toEqual([
    "alert 'A' of group 'shop' uses shop_requests_total, and scrape job 'shop' drops it; let the job's 'metrics' keep it, name the job that it comes from as in shop_requests_total{job=\"…\"}, or take the rule out",
  ]);
});

test('a rule of a user whose jobs all drop the metric', () => {
  expect(problems((prometheus) => {
    prometheus.addScrapeJob(job('shop', orders));
    prometheus.addScrapeJob(job('store', MetricSelection.drop('shop_.*')));
    prometheus.addRules(group(alert('shop_requests_total > 0')));
  })).toEqual([
    "alert 'A' of group 'shop' uses shop_requests_total, and scrape jobs 'shop' and 'store' drop it; let the job's 'metrics' keep it, name the job that it comes from as in shop_requests_total{job=\"…\"}, or take the rule out",
  ]);
});

describe('a metric that may come from elsewhere', () => {
  const shop = (prometheus: PrometheusServer | OperatedPrometheus) => prometheus.addScrapeJob(job('shop', orders));
  const uses = (expr: string, more: Fill = () => undefined): Fill => (prometheus, chart) => {
    shop(prometheus);
    more(prometheus, chart);
    prometheus.addRules(group(alert(expr)));
  };
  const raw = (config: object): Fill => (prometheus) => prometheus.addScrapeJob(ScrapeJob.raw('other', { static_configs: [{ targets: ['other:9104'] }], ...config }));
  const static_ = (endpoint: ConstructorParameters<typeof ScrapeEndpoint>[0]): Fill => (prometheus) => prometheus.addScrapeJob(
    ScrapeJob.fromStaticTargets({ name: 'other', targets: ['other:9090'], endpoints: [new ScrapeEndpoint(endpoint)] }),
  );

  test('is a problem where nothing else is', () => {
    expect(problems(uses('mysql_up == 0'))).toHaveLength(1);
    expect(problems(uses('mysql_up{job!="store"} == 0'))).toHaveLength(1);
  });

  test.each<[string, Fill]>([
    ['a raw job', uses('mysql_up == 0', raw({}))],
    ['a raw job that keeps labels, under any job', uses('mysql_up{job="shop"} == 0', raw({ honor_labels: true }))],
    ['a job that keeps everything', uses('mysql_up == 0', static_({ name: 'x' }))],
    ['a job whose targets carry another name, from their label', uses('shop_requests_total{job="shop"} == 0', (prometheus) => {
      prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'x', labels: { app: 'x' }, jobLabel: 'app' }));
    })],
    ['a federated Prometheus, under any job', uses('shop_requests_total{job="shop"} == 0', static_({ name: 'x', path: '/federate', honorLabels: true }))],
    ['a job that writes the label `job`', uses('mysql_up{job="shop"} == 0', static_({
      name: 'x', metricRelabelings: [Relabeling.replace({ targetLabel: 'job', replacement: 'shop' })],
    }))],
    ['a job that renames its metrics', uses('mysql_up == 0', static_({
      name: 'x', metrics: orders, metricRelabelings: [Relabeling.replace({ targetLabel: '__name__', replacement: 'mysql_up' })],
    }))],
    ['a job that the rule names and that is not here', uses('mysql_up{job="mysql"} == 0')],
    ['files that node-exporter reads', uses('backup_age_seconds > 9', (prometheus, chart) => (
      prometheus.monitor(new NodeExporterDaemonSet(chart, 'nodes', { textfileDirectory: '/var/lib/metrics' }))
    ))],
    ['a component of the library', uses('coredns_dns_responses_total > 9', (prometheus, chart) => prometheus.monitor(new CoreDnsMonitor(chart, 'dns')))],
    ['a program of Kubernetes', uses('apiextensions_openapi_v3_regeneration_count > 9')],
  ])('%s', (_, fill) => {
    expect(problems(fill)).toEqual([]);
  });

  test('the remote-write receiver, which takes series of any job', () => {
    const fill = uses('mysql_up == 0 or shop_requests_total{job="shop"} == 0');
    expect(problems(fill, { remoteWriteReceiver: true })).toEqual([]);
    expect(problems(fill, { otlpReceiver: true })).toEqual([]);
    expect(problems(fill)).toHaveLength(2);
  });

  test('monitors of others', () => {
    expect(problemsWithOperator(uses('mysql_up == 0'), {})).toEqual([]);
    expect(problemsWithOperator(uses('mysql_up == 0'), { selection: MonitorSelection.own() })).toHaveLength(1);
    expect(problemsWithOperator(uses('shop_requests_total{job="shop"} == 0'), {})).toHaveLength(1);
    expect(problemsWithOperator(uses('shop_requests_total{job=~"shop|other"} == 0'), {})).toEqual([]);
  });
});

test('a component of the library whose metrics the user chose', () => {
  const found = problems((prometheus, chart) => prometheus.monitor(new NodeExporterDaemonSet(chart, 'nodes', { metrics: MetricSelection.keep('node_load1') })));
  expect(found).toContainEqual(expect.stringMatching(/^alert 'NodeFilesystem\w+' of group '.+' uses node_filesystem_\w+, and scrape job 'node-exporter' drops it;/));
});

describe('a job of several endpoints, each of which exposes metrics of its own', () => {
  const found = (add: (chart: Chart) => IMonitored[], ...rules: Rule[]) => problems((prometheus, chart) => {
    prometheus.monitor(...add(chart));
    rules.forEach((one) => prometheus.addRules(group(one)));
  }, { recordingRules: RecordingRules.COMMUNITY });
  const kubelet = (props: KubeletMonitorProps) => (chart: Chart) => [new KubeletMonitor(chart, 'kubelet', props)];

  test.each<[string, (chart: Chart) => IMonitored[], RegExp]>([
    ['kube-state-metrics', (chart) => [new KubeStateMetrics(chart, 'state', { metrics: MetricSelection.drop('kube_deployment_.*') })],
      /^alert 'KubeDeployment\w+' of group '.+' uses kube_deployment_\w+, and scrape job 'kube-state-metrics' drops it; let the job's 'metrics' keep it, or/],
    ['the kubelet itself', kubelet({ metrics: MetricSelection.drop('kubelet_volume_stats_.*') }),
      /^alert 'KubePersistentVolume\w+' of group '.+' uses kubelet_volume_stats_\w+, and scrape job 'kubelet' drops it; let the job's 'metrics' keep it, or/],
    ['cAdvisor', kubelet({ cadvisorMetrics: MetricSelection.drop('container_memory_cache') }),
      /^record '.+' of group '.+' uses container_memory_cache, and scrape job 'kubelet' drops it; let the job's 'cadvisorMetrics' keep it, or/],
    ['a program with its service level indicators', (chart) => [
      new SchedulerMonitor(chart, 'scheduler', { serviceLevelIndicators: true, metrics: MetricSelection.drop('workqueue_.*', 'scheduler_.*') }),
    ], /uses scheduler_\w+, and scrape job 'kube-scheduler' drops it; let the job's 'metrics' keep it, or/],
    ['node-exporter beside kubelets whose series are chosen', (chart) => [
      new NodeExporterDaemonSet(chart, 'nodes', { metrics: MetricSelection.keep('node_load1') }),
      ...kubelet({ metrics: MetricSelection.all(), cadvisorMetrics: MetricSelection.all() })(chart),
    ], /uses node_filesystem_\w+, and scrape job 'node-exporter' drops it;/],
    ['node-exporter beside an operator whose series are chosen', (chart) => [
      new NodeExporterDaemonSet(chart, 'nodes', { metrics: MetricSelection.keep('node_load1') }),
      new PrometheusOperator(chart, 'operator', { metrics: MetricSelection.all() }),
    ], /uses node_filesystem_\w+, and scrape job 'node-exporter' drops it;/],
  ])('%s', (_, add, problem) => {
    expect(found(add)).toContainEqual(expect.stringMatching(problem));
  });

  test.each<[string, (chart: Chart) => IMonitored[], Rule[]]>([
    ['another path keeps it', kubelet({
      paths: [KubeletPath.CADVISOR, KubeletPath.RESOURCE], cadvisorMetrics: CADVISOR_METRICS.and(MetricSelection.drop('container_start_time_seconds')),
    }), [alert('container_start_time_seconds{job="kubelet"} > 9')]],
    ['a keep-list of cAdvisor does not name those of the kubelet', kubelet({
      paths: [KubeletPath.METRICS, KubeletPath.CADVISOR], cadvisorMetrics: MetricSelection.keep('(container|machine)_.+'),
    }), [alert('kubelet_running_pods{job="kubelet"} > 9 or kubelet_new_metric{job="kubelet"} > 9')]],
    ['no path exposes it', kubelet({ paths: [KubeletPath.METRICS] }), [alert('container_tasks_state{job="kubelet"} > 9')]],
    ['the exporter itself exposes it', (chart) => [new KubeStateMetrics(chart, 'state', { metrics: MetricSelection.drop('go_.*', 'kube_state_metrics_.*') })],
      [alert('go_goroutines{job="kube-state-metrics"} > 9')]],
    ['a custom resource is what a user calls it', (chart) => [new KubeStateMetrics(chart, 'state', { metrics: MetricSelection.drop('go_.*'), customResources: [] })],
      [alert('shop_info{job="kube-state-metrics"} > 9')]],
  ])('no problem: %s', (_, add, rules) => {
    expect(found(add, ...rules)).toEqual([]);
  });
});

describe('a metric that a component drops by default', () => {
  const found = (expr: string, props: KubeletMonitorProps = {}) => problems((prometheus, chart) => {
    prometheus.monitor(new KubeletMonitor(chart, 'kubelet', props));
    prometheus.addRules(group(alert(expr)));
  });

  test('in a rule of a user that names the job', () => {
    expect(found('container_tasks_state{job="kubelet"} > 1')).toEqual([
      "alert 'A' of group 'shop' uses container_tasks_state, and scrape job 'kubelet' drops it; let the job's 'cadvisorMetrics' keep it, or take the rule out",
    ]);
  });

  test('is no problem where it may come from elsewhere, or is kept', () => {
    expect(found('container_tasks_state > 1')).toEqual([]);
    expect(found('container_tasks_state{job="other"} > 1')).toEqual([]);
    expect(found('container_tasks_state{job="kubelet"} > 1', { cadvisorMetrics: MetricSelection.all() })).toEqual([]);
    expect(found('container_memory_cache{job="kubelet"} > 1')).toEqual([]);
  });
});

test('a recording rule of a component, where all are wanted and until it is left out', () => {
  const record = 'instance:node_load1_per_cpu:ratio';
  const metrics = MetricSelection.drop('node_load1');
  const found = (recordingRules: RecordingRules, ...edits: RuleEdit[]) => problems((prometheus, chart) => {
    prometheus.monitor(new NodeExporterDaemonSet(chart, 'nodes', { metrics }));
    prometheus.adjustRules(RuleEdit.without('NodeSystemSaturation'), ...edits);
  }, { recordingRules });
  expect(found(RecordingRules.USED)).toEqual([]);
  expect(found(RecordingRules.COMMUNITY)).toEqual([
    `record '${record}' of group 'node-exporter.rules' uses node_load1, and scrape job 'node-exporter' drops it; let the job's 'metrics' keep it, or take the rule out`,
  ]);
  expect(found(RecordingRules.COMMUNITY, RuleEdit.without(record))).toEqual([]);
});

test('a drop-list is seen as a keep-list is', () => {
  expect(problems((prometheus) => prometheus.monitor(thing(job('shop', MetricSelection.drop('shop_.*')), alert('shop_requests_total > 0')))).length).toBe(1);
});

test('a job that is named by a matcher, which is what the way out says', () => {
  const named = (matcher: string) => problems((prometheus) => {
    prometheus.addScrapeJob(job('shop', orders));
    prometheus.addScrapeJob(job('store', MetricSelection.all()));
    prometheus.addRules(group(alert(`http_requests_total{${matcher}} > 0`)));
  });
  expect(named('job="shop"').length).toBe(1);
  expect(named('job=~"shop|other"').length).toBe(1);
  expect(named('job="store"')).toEqual([]);
  expect(named('job=~"shop|store"')).toEqual([]);
});

test.each<[string, Fill]>([
  ['the metric is kept', (prometheus) => prometheus.monitor(thing(job('shop', orders), alert('shop_orders_total > 0')))],
  ['another endpoint keeps it', (prometheus) => prometheus.monitor(thing(job('shop', orders, MetricSelection.all()), alert('shop_requests_total > 0')))],
  ['another rule records it', (prometheus) => prometheus.monitor(thing(
    job('shop', orders), new RecordingRule({ record: 'shop:total', expr: 'sum(shop_orders_total)' }), alert('shop:total > 0'),
  ))],
  ['the rule is edited away', (prometheus) => {
    prometheus.monitor(thing(job('shop', orders), alert('shop_requests_total > 0')));
    prometheus.adjustRules(RuleEdit.without('A'));
  }],
  ['a rule of its own uses what somebody else exposes', (prometheus) => {
    prometheus.addScrapeJob(job('shop', orders));
    prometheus.addRules(group(alert('node_load1 > 10')));
  }],
  ...['up{job="shop"} == 0', 'up == 0', 'scrape_samples_scraped{job="shop"} > 1000', 'scrape_duration_seconds > 5', 'ALERTS{alertname="A"} > 0', 'absent(up{job="shop"})']
    .map((expr): [string, Fill] => (
      [`${expr} is of what Prometheus itself makes`, (prometheus) => prometheus.monitor(thing(job('shop', orders), alert(expr)))]
    )),
  ['a rule of a thing uses what a component of the library exposes too', (prometheus) => (
    prometheus.monitor(thing(job('shop', orders), alert('shop_orders_total * on (node) group_left () kube_node_info > 0')))
  )],
  ['nobody drops anything', (prometheus) => prometheus.monitor(thing(job('shop', MetricSelection.all()), alert('shop_requests_total > 0')))],
  ['only some series are dropped', (prometheus) => (
    prometheus.monitor(thing(job('shop', MetricSelection.dropByLabels({ __name__: 'shop_.*', code: '2..' })), alert('shop_requests_total > 0')))
  )],
  ['the components of the library come with their defaults', (prometheus, chart) => (
    prometheus.monitor(new NodeExporterDaemonSet(chart, 'nodes'), new KubeletMonitor(chart, 'kubelet'))
  )],
])('no problem: %s', (_, fill) => {
  expect(problems(fill)).toEqual([]);
});
