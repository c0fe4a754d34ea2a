import {
  ApiServerMonitor, MonitorSelection, NodeExporterDaemonSet, PrometheusServer, RecordingRule, RecordingRules, Rule, RuleEdit, ScrapeEndpoint,
  ScrapeJob,
} from '../../lib';
import { manifests, newChart } from '../charts';
import { alert, Fill, group, problems, problemsWithOperator, validated } from './problems';

function record(name: string, expr: string): Rule {
  return new RecordingRule({ record: name, expr });
}

const GOOD = 'apiserver_request:good:rate5m';

function withApiServer(...edits: RuleEdit[]): Fill {
  return (prometheus, chart) => {
    prometheus.monitor(new ApiServerMonitor(chart, 'apiserver'));
    prometheus.adjustRules(...edits);
  };
}

describe('a record that an edit leaves out', () => {
  test('is a problem where a rule that stays uses it', () => {
    expect(problems(withApiServer(RuleEdit.without(GOOD)))).toEqual([
      `RuleEdit.without('${GOOD}'): alert 'KubeAPIErrorBudgetBurn' uses '${GOOD}', which nothing else records; keep the record, or leave out what uses it too`,
    ]);
    expect(problems(withApiServer(RuleEdit.without('apiserver_request:*')))).toEqual([
      "RuleEdit.without('apiserver_request:*'): alert 'KubeAPIThrottledRequests' and alert 'KubeAPIErrorBudgetBurn' use 'apiserver_request:slo:rate5m' and "
      + `'${GOOD}', which nothing else records; keep the record, or leave out what uses it too`,
    ]);
    expect(problemsWithOperator(withApiServer(RuleEdit.without(GOOD)), { selection: MonitorSelection.own() })).toHaveLength(1);
  });

  test('is a problem where a rule of a user uses it', () => {
    expect(problems((prometheus) => {
      prometheus.addRules(group(record('shop:orders', 'sum(orders)'), record('shop:share', 'shop:orders / 2'), alert('shop:orders > 9')));
      prometheus.adjustRules(RuleEdit.without('shop:orders'));
    })).toEqual([
      "RuleEdit.without('shop:orders'): record 'shop:share' and alert 'A' use 'shop:orders', which nothing else records; keep the record, or leave out what uses it too",
    ]);
  });

  const federation = (config: ConstructorParameters<typeof ScrapeEndpoint>[0]) => ScrapeJob.fromStaticTargets({
    name: 'other', targets: ['other:9090'], endpoints: [new ScrapeEndpoint({ name: 'x', ...config })],
  });
  test.each<[string, Fill]>([
    ['what uses it goes, too', withApiServer(RuleEdit.without(GOOD), RuleEdit.without('KubeAPIErrorBudgetBurn'))],
    ['a rule of a user records it', (prometheus, chart) => {
      withApiServer(RuleEdit.without(GOOD, { group: 'kube-apiserver*' }))(prometheus, chart);
      prometheus.addRules(group(record(GOOD, 'sum by (cluster) (rate(good_total[5m]))')));
    }],
    ['nothing uses it', (prometheus) => {
      prometheus.addRules(group(record('shop:orders', 'sum(orders)'), alert('shop:orders_other > 9')));
      prometheus.adjustRules(RuleEdit.without('shop:orders'));
    }],
    ['a federated Prometheus may record it', (prometheus, chart) => {
      withApiServer(RuleEdit.without(GOOD))(prometheus, chart);
      prometheus.addScrapeJob(federation({ path: '/federate' }));
    }],
    ['a raw job may bring it', (prometheus, chart) => {
      withApiServer(RuleEdit.without(GOOD))(prometheus, chart);
      prometheus.addScrapeJob(ScrapeJob.raw('other', { static_configs: [{ targets: ['other:9090'] }] }));
    }],
  ])('is none where %s', (_, fill) => {
    expect(problems(fill)).toEqual([]);
  });

  test('is none where others send or record series', () => {
    expect(problems(withApiServer(RuleEdit.without(GOOD)), { remoteWriteReceiver: true })).toEqual([]);
    expect(problemsWithOperator(withApiServer(RuleEdit.without(GOOD)), {})).toEqual([]);
  });

  test('is none where all recording rules are wanted and no other is made of it', () => {
    expect(problems((prometheus, chart) => {
      prometheus.monitor(new NodeExporterDaemonSet(chart, 'nodes'));
      prometheus.adjustRules(RuleEdit.without('count:up1'));
    }, { recordingRules: RecordingRules.COMMUNITY })).toEqual([]);
  });
});

describe('a series that nothing records', () => {
  const using = (expr: string): Fill => (prometheus, chart) => {
    prometheus.monitor(new NodeExporterDaemonSet(chart, 'nodes'));
    prometheus.addRules(group(record('shop:orders', 'sum(orders)'), alert(expr)));
  };

  test.each([
    ['instance:node_cpu_utilization:rate5m > 0.9', "alert 'A' uses 'instance:node_cpu_utilization:rate5m', which no rule records; write 'instance:node_cpu_utilisation:rate5m', or add the record"],
    ['shop:order > 9', "alert 'A' uses 'shop:order', which no rule records; write 'shop:orders', or add the record"],
  ])('is a problem where one is that differs by a few letters: %s', (expr, problem) => {
    expect(problems(using(expr))).toEqual([problem]);
    expect(problemsWithOperator(using(expr), { selection: MonitorSelection.own() })).toEqual([problem]);
  });

  test.each(['shop:orders > 9', 'instance:node_cpu_utilisation:rate5m > 0.9', 'queue:length > 9'])('is none where it is recorded, or has another name: %s', (expr) => {
    expect(problems(using(expr))).toEqual([]);
  });

  test('is none where others send or record series', () => {
    expect(problems(using('shop:order > 9'), { remoteWriteReceiver: true })).toEqual([]);
    expect(problemsWithOperator(using('shop:order > 9'), {})).toEqual([]);
  });
});

describe('a record of a user that is one of the library, too', () => {
  const all = { recordingRules: RecordingRules.COMMUNITY };
  const adding = (...rules: Rule[]): Fill => (prometheus) => void prometheus.addRules(group(...rules));

  test('is a problem where both are evaluated', () => {
    expect(problems(adding(record('count:up1', 'count(up == 1)')), all)).toEqual([
      "record 'count:up1' of group 'shop' is recorded by group 'kube-prometheus-general.rules' of the library, too, and two rules would write one series; "
      + "give yours another name, or leave that out by RuleEdit.without('count:up1', { group: 'kube-prometheus-general.rules' })",
    ]);
    expect(problems((prometheus, chart) => {
      prometheus.monitor(new ApiServerMonitor(chart, 'apiserver'));
      const expr = 'sum by (cluster) (rate(apiserver_request_sli_duration_seconds_count[5m]))';
      prometheus.addRules(group(new RecordingRule({ record: 'apiserver_request:slo:rate5m', labels: { verb: 'read' }, expr })));
    })).toContainEqual(expect.stringMatching(/^record 'apiserver_request:slo:rate5m' of group 'shop' is recorded by group 'kube-apiserver/));
  });

  test.each<[string, Fill]>([
    ['that of the library is left out', (prometheus, chart) => {
      adding(record('count:up1', 'count(up == 1)'), alert('count:up1 < 1'))(prometheus, chart);
      prometheus.adjustRules(RuleEdit.without('count:up1', { group: 'kube-prometheus-general.rules' }));
    }],
    ['it is made of other series', adding(record('count:up1', 'count(probe_success == 1)'))],
    ['it has other labels', adding(new RecordingRule({ record: 'count:up1', labels: { of: 'shop' }, expr: 'count(up{job="shop"} == 1)' }))],
    ['it is made of the series of another job', (prometheus, chart) => {
      prometheus.monitor(new NodeExporterDaemonSet(chart, 'nodes'));
      adding(record('instance:node_load1_per_cpu:ratio', 'node_load1{job="machines"} / 4'))(prometheus, chart);
    }],
  ])('is none where %s', (_, fill) => {
    expect(problems(fill, all)).toEqual([]);
  });

  test('is the only one where the library records what is used', () => {
    const chart = newChart();
    const prometheus = new PrometheusServer(chart, 'prometheus');
    prometheus.addRules(group(record('count:up1', 'count(up == 1)'), alert('count:up1 + count:up0 < 1')));
    expect(validated(chart)).toEqual([]);
    const rules = manifests(chart).filter(({ kind }) => kind === 'ConfigMap').map((map) => JSON.stringify(map)).join('');
    expect([...rules.matchAll(/record: \\?"?(count:up\d)/g)].map(([, name]) => name).sort()).toEqual(['count:up0', 'count:up1']);
  });
});
