import { App, Chart } from 'cdk8s';
import { parse } from 'yaml';
import {
  AlertingRule, AlertmanagerServer, AlertRouting, Integration, IPrometheus, Matcher, OperatedPrometheus, PrometheusProps, PrometheusServer,
  Receiver, RecordingRule, Relabeling, Route, RuleGroup, RuleSet, ScrapeEndpoint, ScrapeJob, StaticTargetGroup,
} from '../../lib';
import { manifests } from '../charts';
import { checkAlertmanager, checkPrometheus, checkRules, find, Loose, ofKind } from '../manifests';

/** An input of a user, which Prometheus takes as it is. */
interface Case {
  readonly input: string;
  readonly props?: PrometheusProps;
  readonly fill: (prometheus: IPrometheus, chart: Chart) => void;
  /** What is in the configuration and the rules then. */
  readonly jobs?: readonly string[];
  readonly rules?: number;
  /** What promtool's lint says, which Prometheus does not ask. */
  readonly lint?: string;
}

const EXPERIMENTAL = ['promql-experimental-functions'];
const alert = (expr: string) => new AlertingRule({ alert: 'ShopSilent', expr, summary: 's', description: 'd' });
const shared = Array.from({ length: 150 }, (_, i) => `{alert: B${i}, expr: up == 0, annotations: *x}`).join(', ');

const experimental = (expr: string, feature = EXPERIMENTAL[0]): Case => ({
  input: expr, props: { enableFeatures: [feature] }, rules: 1, fill: (prometheus) => prometheus.addRules(new RuleGroup({ name: 'shop', rules: [alert(expr)] })),
});

const file = (input: string, text: string, rules: number, lint?: string): Case => ({
  input, rules, lint, fill: (prometheus) => prometheus.addRuleSet(RuleSet.fromText(text)),
});

const CASES: readonly Case[] = [
  ...['info(up)', 'limit_ratio(0.1, up)', 'mad_over_time(x[5m])', 'sort_by_label(up, "job")', 'ts_of_max_over_time(x[5m])', 'histogram_quantiles(x, "q", 0.5, 0.9)'].map((expr) => experimental(expr)),
  experimental('rate(x[5m] smoothed)', 'promql-extended-range-selectors'),
  {
    input: 'an experiment in a file', props: { enableFeatures: EXPERIMENTAL }, rules: 1,
    fill: (prometheus) => prometheus.addRuleSet(RuleSet.fromText("groups: [{name: g, rules: [{record: 'a:b', expr: 'double_exponential_smoothing(temperature[1h], 0.5, 0.5)'}]}]")),
  },
  file('a PrometheusRule with a key of Thanos', `
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata: {name: x, labels: {release: y}}
    spec: {groups: [{name: a, partial_response_strategy: warn, rules: [{record: a:b, expr: up}]}]}`, 1),
  file('one name for several series', `
    groups:
      - name: availability
        rules:
          - {record: code:requests:increase1h, expr: 'sum by (code) (increase(requests_total{code=~"2.."}[1h]))'}
          - {record: code:requests:increase1h, expr: 'sum by (code) (increase(requests_total{code=~"5.."}[1h]))'}
      - name: rollout
        rules:
          - {alert: RolloutStuck, expr: statefulset_stuck == 1, labels: {severity: warning}}
          - {alert: RolloutStuck, expr: deployment_stuck == 1, labels: {severity: warning}}`, 4, '2 duplicate rule(s) found'),
  file('annotations of 150 rules', `groups: [{name: a, rules: [{alert: A0, expr: up == 0, annotations: &x {runbook_url: "https://r", team: a}}, ${shared}]}]`, 151),
  file('groups without rules', 'groups: [{name: one, rules: []}, {name: two, rules: }, {name: three, rules: [{record: a:b, expr: up}]}]', 1),
  {
    input: 'two files with a group of one name', rules: 2,
    fill: (prometheus) => ['a', 'b'].forEach((record) => prometheus.addRuleSet(RuleSet.fromText(`groups: [{name: general, rules: [{record: '${record}:c', expr: up}]}]`))),
  },
  file('names in UTF-8 in a file', 'groups: [{name: g, rules: [{alert: A, expr: up == 0, labels: {service.name: x}, annotations: {grafana-url: x}}]}]', 1),
  {
    input: 'names in UTF-8', rules: 1, jobs: ['shop'],
    fill: (prometheus) => {
      prometheus.addRules(new RuleGroup({ name: 'g', rules: [new RecordingRule({ record: 'http.requests:rate5m', expr: 'sum(rate({"http.requests"}[5m]))' })] }));
      const relabelings = [Relabeling.replace({ sourceLabels: ['service.name'], targetLabel: 'service' })];
      prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'shop', targets: ['a.example.com:1'], endpoints: [new ScrapeEndpoint({ metricRelabelings: relabelings })] }));
    },
  },
  {
    input: 'names of jobs', jobs: ['integrations/node_exporter', 'Linux Servers', 'job_', 'a:b', 'überwachung'],
    fill: (prometheus) => ['integrations/node_exporter', 'Linux Servers', 'job_', 'a:b', 'überwachung'].forEach((name) => {
      prometheus.addScrapeJob(ScrapeJob.raw(name, { static_configs: [{ targets: ['a.example.com:1'] }] }));
    }),
  },
  {
    input: 'groups of targets', jobs: ['windows'],
    fill: (prometheus) => {
      const groups: StaticTargetGroup[] = [
        { targets: ['w1.example.com:9182'], labels: { env: 'prod' } }, { targets: ['w2.example.com:9182'], labels: { env: 'dev' } },
        { targets: ['192.0.2.1:9100'], labels: { instance: 'router-1' } },
      ];
      prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'windows', groups }));
    },
  },
];

function synthesized(make: (chart: Chart) => IPrometheus, fill: Case['fill']) {
  const chart = new Chart(new App(), 'shop', { namespace: 'ops' });
  fill(make(chart), chart);
  return manifests(chart);
}

describe.each(CASES)('$input', ({ props = {}, fill, jobs = [], rules = 0, lint }) => {
  const judged = (check: () => unknown) => (lint === undefined ? expect(check).not.toThrow() : expect(check).toThrow(lint));
  const options = { selfMonitoring: false, ...props };

  test('is taken without an operator, and promtool takes it too', () => {
    const objects = synthesized((chart) => new PrometheusServer(chart, 'prometheus', options), fill);
    const configuration: Loose = parse(find(objects, 'ConfigMap', 'prometheus-config').data['prometheus.yml']);
    expect(configuration.scrape_configs.map(({ job_name: name }: Loose) => name.replace(/\/metrics$/, ''))).toEqual(jobs);
    const files: Loose[] = ofKind(objects, 'ConfigMap').filter(({ metadata }) => metadata.name.includes('-rules-')).flatMap(({ data }) => Object.values<string>(data)).map((text) => parse(text));
    expect(files.flatMap(({ groups }) => groups.flatMap((group: Loose) => group.rules))).toHaveLength(rules);
    if (props.enableFeatures === undefined) {
      judged(() => checkPrometheus(objects));
    }
  });

  test('is taken with the operator', () => {
    const objects = synthesized((chart) => new OperatedPrometheus(chart, 'prometheus', options), fill);
    expect(ofKind(objects, 'PrometheusRule').flatMap(({ spec }) => spec.groups.flatMap((group: Loose) => group.rules))).toHaveLength(rules);
    if (rules > 0 && props.enableFeatures === undefined) {
      judged(() => checkRules(objects));
    }
  });
});

test('names in UTF-8 are taken in matchers and group-by', () => {
  const hook = Receiver.of('hook', Integration.webhook({ url: 'http://hook/' }));
  const routing = new AlertRouting({ routes: [new Route({ receiver: hook, matchers: [Matcher.equal('k8s.cluster.name', 'prod')], groupBy: ['service.name'] })] });
  const chart = new Chart(new App(), 'shop', { namespace: 'ops' });
  new AlertmanagerServer(chart, 'alertmanager', { routing });
  expect(checkAlertmanager(manifests(chart))).toHaveLength(1);
});
