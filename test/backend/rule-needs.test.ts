import { Chart, Testing } from 'cdk8s';
import { AlertmanagerServer, AlertRouting, OperatedPrometheus, PrometheusServer, RecordingRule, RuleGroup, ScrapeJob } from '../../lib';

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
  ])('%s', (_, make, message) => {
    expect(make).toThrow(`test/prometheus: recording rule 'shop:a' of group 'shop': ${message}`);
  });

  test.each<[string, () => void]>([
    ['with the feature', plain('3.13.0', 'rate(a[5m * 2])', [DURATIONS])],
    ['in a version that needs no feature', plain('3.14.0', 'rate(a[5m * 2])')],
    ['for a function, with the feature', plain('3.13.0', 'first_over_time(a[5m])', ['promql-experimental-functions'])],
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
