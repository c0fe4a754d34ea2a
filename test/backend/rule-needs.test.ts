import { Chart, Testing } from 'cdk8s';
import {
  AlertmanagerServer, AlertRouting, ExistingPrometheus, OperatedPrometheus, PrometheusServer, RecordingRule, RuleGroup, RuleSet, ScrapeJob,
} from '../../lib';
import { yamlText } from '../../lib/yaml';
import { inTempDir, writeFiles } from '../files';
import { promtool, verdict } from '../tools';

jest.mock('../../lib/generated/prometheus-operator', () => ({
  ...jest.requireActual('../../lib/generated/prometheus-operator'), OPERATOR_PROMETHEUS: '3.13',
}));

const rules = (expr: string) => new RuleGroup({ name: 'shop', rules: [new RecordingRule({ record: 'shop:a', expr })] });
const image = (version: string) => `prometheus:v${version}`;
const DURATIONS = 'promql-duration-expr';

function plain(version: string, expr: string, enableFeatures: string[] = []): () => void {
  return () => new PrometheusServer(Testing.chart(), 'prometheus', { image: image(version), enableFeatures }).addRules(rules(expr));
}

function operated(version: string, expr: string, enableFeatures: string[] = []): () => void {
  return () => new OperatedPrometheus(new Chart(Testing.app(), 'test', { namespace: 'shop' }), 'prometheus', { image: image(version), enableFeatures })
    .addRules(rules(expr));
}

describe('a rule needs a Prometheus that knows its PromQL', () => {
  test.each<[string, () => void, string]>([
    ['arithmetic on durations', plain('3.13.0', 'rate(a[5m * 2])'),
      "'promql-duration-expr' is an experiment for Prometheus 3.13.0, which reads the rules; enable 'promql-duration-expr' by 'enableFeatures'"],
    ['arithmetic on durations, before it was an experiment', plain('3.3.0', 'rate(a[5m * 2])'),
      "'promql-duration-expr' is known from Prometheus 3.4 on, and the rules are read by Prometheus 3.3.0; choose a newer image, or write the rule without it"],
    ['a function that was an experiment', plain('3.13.0', 'first_over_time(a[5m])'),
      "'first_over_time' is an experiment for Prometheus 3.13.0, which reads the rules; enable 'promql-experimental-functions' by 'enableFeatures'"],
    ['a function that came later', plain('3.6.0', 'first_over_time(a[5m])', ['promql-experimental-functions']),
      "'first_over_time' is known from Prometheus 3.7 on"],
    ['an experimental function', plain('3.15.0', 'info(up)'),
      "'info' is an experiment for Prometheus 3.15.0, which reads the rules; enable 'promql-experimental-functions' by 'enableFeatures'"],
    ['an experimental aggregation', plain('3.15.0', 'limit_ratio(0.1, up)'),
      "'limit_ratio' is an experiment for Prometheus 3.15.0, which reads the rules; enable 'promql-experimental-functions' by 'enableFeatures'"],
    ['an experimental modifier', plain('3.15.0', 'rate(a[5m] smoothed)', ['promql-experimental-functions']),
      "'promql-extended-range-selectors' is an experiment for Prometheus 3.15.0, which reads the rules; enable 'promql-extended-range-selectors' by 'enableFeatures'"],
    ['missing series filled', plain('3.15.0', 'a + fill(0) b'),
      "'promql-binop-fill-modifiers' is an experiment for Prometheus 3.15.0, which reads the rules; enable 'promql-binop-fill-modifiers' by 'enableFeatures'"],
    ['a function that came as an experiment', plain('3.10.0', 'histogram_quantiles(x, "q", 0.5, 0.9)', ['promql-experimental-functions']),
      "'histogram_quantiles' is known from Prometheus 3.11 on"],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(`test/prometheus: recording rule 'shop:a' of group 'shop': ${message}`);
  });

  test.each<[string, () => void]>([
    ['with the feature', plain('3.13.0', 'rate(a[5m * 2])', [DURATIONS])],
    ['in a version that needs no feature', plain('3.14.0', 'rate(a[5m * 2])')],
    ['for a function, with the feature', plain('3.13.0', 'first_over_time(a[5m])', ['promql-experimental-functions'])],
    ['for what is an experiment still', plain('3.15.0', 'limitk(1, info(up))', ['promql-experimental-functions'])],
    ['for what was always known', plain('3.0.0', 'rate(a[5m] offset -5m)')],
  ])('and it does %s', (_, make) => {
    expect(make).not.toThrow();
  });
});

describe('an operator reads the rules with a parser of its own', () => {
  test('which may be older than the image', () => {
    expect(operated('3.99.0', 'rate(a[5m * 2])')).toThrow(
      "test/prometheus: recording rule 'shop:a' of group 'shop': 'promql-duration-expr' is an experiment for the operator's parser, of Prometheus 3.13, "
      + "which reads the rules; enable 'promql-duration-expr' by 'enableFeatures'",
    );
    expect(operated('3.99.0', 'rate(a[5m * 2])', [DURATIONS])).not.toThrow();
  });

  test('and Prometheus reads them after it', () => {
    expect(operated('3.3.0', 'rate(a[5m * 2])')).toThrow('known from Prometheus 3.4 on, and the rules are read by Prometheus 3.3.0');
  });
});

test('a raw job has keys that Prometheus knows', () => {
  const job = ScrapeJob.raw('old', { scrape_native_histograms: true, static_configs: [] });
  expect(() => new PrometheusServer(Testing.chart(), 'prometheus', { image: image('3.7.0') }).addScrapeJob(job)).toThrow(
    "test/prometheus: scrape job 'old': 'scrape_native_histograms' of a scrape_config is there since Prometheus 3.8, and this one is 3.7.0; choose a newer image",
  );
  expect(() => new PrometheusServer(Testing.chart(), 'prometheus', { image: image('3.8.0') }).addScrapeJob(job)).not.toThrow();
});

test('an Alertmanager has settings that it knows, however deep they are', () => {
  const routing = AlertRouting.raw('{ route: { receiver: a, routes: [{ labels: { team: cart } }] }, receivers: [{ name: a }] }');
  expect(() => new AlertmanagerServer(Testing.chart(), 'alertmanager', { image: 'alertmanager:v0.33.0', routing })).toThrow(
    "test/alertmanager: the routing uses 'route.routes.labels', which is there since Alertmanager 0.34, and image 'alertmanager:v0.33.0' is 0.33.0",
  );
  expect(() => new AlertmanagerServer(Testing.chart(), 'alertmanager', { image: 'alertmanager:v0.34.0', routing })).not.toThrow();
});

const EXPERIMENTS = ['promql-experimental-functions', 'promql-extended-range-selectors', 'promql-binop-fill-modifiers'];

describe('experiments of a rule are judged by the Prometheus that gets it, whatever knows its version', () => {
  test.each([
    'info(up)', 'limit_ratio(0.1, up)', 'mad_over_time(x[5m])', 'double_exponential_smoothing(x[1h], 0.5, 0.5)', 'sort_by_label(x, "a")', 'ts_of_max_over_time(x[5m])',
    'histogram_quantiles(x, "q", 0.5, 0.9)', 'rate(x[5m] smoothed)', 'rate(x[5m] anchored)', 'a / on (b) fill_right (0) c', 'vector(max_of(1, 2))',
  ])('%s', (expr) => {
    const fromFile = RuleSet.fromText(JSON.stringify({ groups: [{ name: 'shop', rules: [{ record: 'shop:a', expr }] }] }));
    const existing = (enableFeatures: string[]) => new ExistingPrometheus(Testing.chart(), 'existing', {
      namespace: 'shop', labels: {}, operatorVersion: '0.99.0', enableFeatures,
    });
    expect(() => existing([]).addRuleSet(fromFile)).toThrow(/is an experiment for Prometheus, which reads the rules; enable 'promql-.*' by 'enableFeatures'/);
    expect(() => existing(EXPERIMENTS).addRuleSet(fromFile)).not.toThrow();
    const prometheus = new PrometheusServer(Testing.chart(), 'prometheus', { enableFeatures: EXPERIMENTS });
    prometheus.monitor({ monitoring: { rules: fromFile } });
    expect(prometheus.node.validate()).toEqual([]);
    const judged = inTempDir((folder) => {
      writeFiles(folder, { 'rules.yaml': yamlText(fromFile._toData()) });
      return ['', `--enable-feature=${EXPERIMENTS.join(',')}`].map((features) => (
        verdict(promtool(), ['check', 'rules', ...features === '' ? [] : [features], `${folder}/rules.yaml`]).status === 0));
    });
    expect(judged).toEqual([false, true]);
  });
});
