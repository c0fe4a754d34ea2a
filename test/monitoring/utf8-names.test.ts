import {
  AlertingRule, AlertmanagerServer, AlertRouting, Inhibition, Integration, Matcher, MetricSelection, PrometheusServer, Receiver, RecordingRule,
  Relabeling, Route, RuleEdit, RuleGroup, RuleSet, ScrapeEndpoint, ScrapeJob,
} from '../../lib';
import { receiversIn } from '../amtool';
import { synth } from '../charts';
import { checkAlertmanager, checkPrometheus, find } from '../manifests';

/** Names that Prometheus 3 and Alertmanager 0.28 accept. */
const NAMES = ['service.name', 'on-call', '1st', 'größe', 'a b', 'quote"s', "it's", '日本', 'a\\b', '=~{}'];

const labels = Object.fromEntries(NAMES.map((name, i) => [name, `value ${i}`]));

test('Prometheus accepts any name of a label or a metric, wherever it is written', () => {
  const objects = synth((chart) => {
    const prometheus = new PrometheusServer(chart, 'prometheus', { selfMonitoring: false, externalLabels: labels });
    prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({
      name: 'shop', targets: ['shop.example.com:80'], targetLabels: labels,
      endpoints: [new ScrapeEndpoint({
        metrics: MetricSelection.dropByLabels(Object.fromEntries(NAMES.map((name) => [name, 'x']))),
        relabelings: [
          Relabeling.replace({ sourceLabels: NAMES, targetLabel: 'service.name' }),
          Relabeling.keepEqual(NAMES, 'on-call'), Relabeling.hashMod(NAMES, '1st', 2), Relabeling.lowercase(NAMES, 'größe'), Relabeling.uppercase(NAMES, 'a b'),
        ],
      })],
    }));
    prometheus.addRules(new RuleGroup({
      name: 'shop', labels,
      rules: [
        new RecordingRule({ record: 'http.requests:rate5m', expr: 'sum by ("service.name") (rate({"http.requests"}[5m]))', labels }),
        new AlertingRule({
          alert: 'Silent', expr: '{"http.requests:rate5m", "service.name"="cart"} == 0', labels, annotations: labels, summary: '{{ index $labels "service.name" }}', description: 'd',
        }),
      ],
    }));
    prometheus.addRuleSet(RuleSet.fromText('groups: [{name: g, rules: [{alert: A, expr: up == 0, labels: {service.name: x}, annotations: {grafana-url: x}}]}]'));
    prometheus.adjustRules(RuleEdit.label('Silent', 'team.name', 'shop'), RuleEdit.annotation('Silent', 'grafana-url', 'https://example.com'));
  });
  expect(checkPrometheus(objects)).toHaveLength(1);
});

test('Alertmanager accepts any name of a label, wherever it is written, and routes by it', () => {
  const hook = (name: string) => Receiver.of(name, Integration.webhook({ url: `http://${name}/` }));
  const routing = new AlertRouting({
    receiver: hook('rest'),
    routes: NAMES.map((name, i) => new Route({ receiver: hook(`r${i}`), groupBy: i === 0 ? NAMES : [name], matchers: [Matcher.equal(name, labels[name]), Matcher.notMatches(name, 'x.*')] })),
    inhibitions: [new Inhibition({ source: NAMES.map((name) => Matcher.equal(name, 'x')), target: [Matcher.equal('a', 'b')], equal: NAMES })],
  });
  const objects = synth((chart) => new AlertmanagerServer(chart, 'alertmanager', { routing }));
  expect(checkAlertmanager(objects)).toHaveLength(1);
  const files = find(objects, 'ConfigMap', 'alertmanager-config').data;
  NAMES.filter((name) => !/["\\]/.test(name)).forEach((name) => {
    expect([name, receiversIn(files, { [`"${name}"`]: labels[name] })]).toEqual([name, [`r${NAMES.indexOf(name)}`]]);
  });
});
