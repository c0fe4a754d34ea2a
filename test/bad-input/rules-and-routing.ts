import { Duration } from 'cdk8s';
import { alert, alertmanager, existing, groupOf, hook, Mistake, prometheus, secretOf, to } from './support';
import {
  AlertRouting, Matcher, PromQl, Integration, Receiver, RecordingRule, Route, RuleEdit, RuleGroup, RuleSet, SecretKey, Severity, TimeInterval,
  TimeRange,
} from '../../lib';

/** Mistakes about what is concluded, and who is told. */
export const RULES_AND_ROUTING: Mistake[] = [
  {
    mistake: 'invalid PromQL, shown with a caret',
    place: "alerting rule 'ShopSilent'", value: 'sum(rate(shop_requests_total[5m]) == 0\n', wayOut: '^',
    app: () => alert({ expr: 'sum(rate(shop_requests_total[5m]) == 0' }),
  },
  {
    mistake: 'a range vector, which promtool lets pass',
    place: "alerting rule 'ShopSilent'", value: 'shop_requests_total[5m]', wayOut: 'put it in a function such as rate()',
    app: () => alert({ expr: 'shop_requests_total[5m]' }),
  },
  {
    mistake: 'a rate without a range',
    place: 'column 6', value: 'rate(shop_requests_total)', wayOut: "'rate' expects",
    app: () => PromQl.parse('rate(shop_requests_total)'),
  },
  {
    mistake: 'a function that does not exist',
    place: 'column 1', value: "'quantil_over_time'", wayOut: "did you mean 'quantile_over_time'?",
    app: () => PromQl.parse('quantil_over_time(0.9, shop_seconds[5m])'),
  },
  {
    mistake: 'a template variable that does not exist',
    place: "alerting rule 'ShopSilent'", value: "'$valu'", wayOut: "did you mean '$value'?",
    app: () => alert({ description: '{{ $valu }} requests' }),
  },
  {
    mistake: 'a template that is not closed',
    place: "alerting rule 'ShopSilent'", value: '{{ $labels.namespace', wayOut: 'write }} after it',
    app: () => alert({ summary: 'in {{ $labels.namespace' }),
  },
  {
    mistake: 'an empty summary',
    place: "alerting rule 'ShopSilent'", value: 'summary is empty', wayOut: 'say what is wrong',
    app: () => alert({ summary: '' }),
  },
  {
    mistake: 'an empty severity',
    place: 'Severity.of', value: "'' is not a word", wayOut: "one such as 'page'",
    app: () => alert({ severity: Severity.of('') }),
  },
  {
    mistake: 'a label name with a character that nobody sees in a rule',
    place: "alerting rule 'ShopSilent'", value: "'teamU+200B'", wayOut: 'no characters that cannot be seen',
    app: () => alert({ labels: { 'team\u200b': 'shop' } }),
  },
  {
    mistake: 'labels of a rule as a list',
    place: "alerting rule 'ShopSilent': labels", value: 'a list is not a mapping', wayOut: "write it as { name: 'value' }",
    app: () => alert({ labels: ['team=shop'] as never }),
  },
  {
    mistake: 'a name of a recording rule with labels',
    place: 'recording rule', value: "'shop_requests{app=\"shop\"}'", wayOut: 'give labels as labels',
    app: () => new RecordingRule({ record: 'shop_requests{app="shop"}', expr: 'sum(shop_requests_total)' }),
  },
  {
    mistake: 'a group without rules',
    place: "rule group 'shop'", value: 'has no rules', wayOut: 'give at least one, or leave the group out',
    app: () => groupOf(),
  },
  {
    mistake: 'an alert twice in a group',
    place: "rule group 'shop'", value: "alerting rule 'ShopSilent' exists twice", wayOut: 'take one out, or give it another name, label or severity',
    app: () => groupOf(alert(), alert()),
  },
  {
    mistake: 'a group twice',
    place: 'shop/prometheus', value: "rule group 'shop' already exists", wayOut: "give the group of 'shop' another name",
    app: (chart) => prometheus(chart).addRules(groupOf(alert()), groupOf(alert())),
  },
  {
    mistake: 'a group that no ConfigMap can hold',
    place: "shop/prometheus: rule group 'huge'", value: 'kB', wayOut: 'split the group',
    app: (chart) => prometheus(chart).addRules(new RuleGroup({
      name: 'huge', rules: Array.from({ length: 1000 }, (_, i) => new RecordingRule({ record: `shop:number:${i}`, expr: `vector(${'1'.repeat(300)})` })),
    })),
  },
  {
    mistake: 'a rule file that is not there',
    place: "rule file '/no/such/rules.yaml'", value: 'ENOENT', wayOut: 'cannot be read',
    app: (chart) => prometheus(chart).addRuleSet(RuleSet.fromFile('/no/such/rules.yaml')),
  },
  {
    mistake: 'a misspelt key in a rule file',
    place: "rule file: group 'shop': rule 1", value: "'exprr'", wayOut: "did you mean 'expr'?",
    app: () => RuleSet.fromText('groups: [{ name: shop, rules: [{ alert: A, exprr: up == 0 }] }]'),
  },
  {
    mistake: 'an unknown alert in an edit',
    place: "[shop/prometheus] RuleEdit.without('Watchdgo')", value: "the alert 'Watchdgo'", wayOut: "did you mean 'Watchdog'?",
    app: (chart) => prometheus(chart).adjustRules(RuleEdit.without('Watchdgo')),
  },
  {
    mistake: 'an edit of an alert that is far from any',
    place: "[shop/prometheus] RuleEdit.holdFor('SomethingElseEntirely')", value: "'SomethingElseEntirely'", wayOut: 'monitor what it belongs to or drop the edit',
    app: (chart) => prometheus(chart).adjustRules(RuleEdit.holdFor('SomethingElseEntirely', Duration.minutes(1))),
  },
  {
    mistake: 'an edit of a severity that the alert does not have',
    place: "RuleEdit.without('ShopSilent')", value: "severity 'warning'", wayOut: "it has 'critical'",
    app: (chart) => {
      const server = prometheus(chart);
      server.addRules(groupOf(alert()));
      server.adjustRules(RuleEdit.without('ShopSilent', { where: Severity.WARNING }));
    },
  },
  {
    mistake: 'the severity as a label in an edit',
    place: "edit of alert 'ShopSilent'", value: "label 'severity'", wayOut: "RuleEdit.severity('ShopSilent', …)",
    app: () => RuleEdit.label('ShopSilent', 'severity', 'info'),
  },
  {
    mistake: 'a receiver that no route reaches',
    place: 'AlertRouting', value: "'pager'", wayOut: 'route',
    app: (chart) => alertmanager(chart, { receivers: [hook(chart, 'pager')], routes: [to(hook(chart, 'chat'))] }),
  },
  {
    mistake: 'a route to an unknown receiver',
    place: 'AlertRouting.raw', value: "unknown receiver 'pagr'", wayOut: "did you mean 'pager'?",
    app: () => AlertRouting.raw('route: { receiver: pager, routes: [{ receiver: pagr }] }\nreceivers: [{ name: pager }]'),
  },
  {
    mistake: 'a route that another one hides',
    place: "'Route to 'chat''", value: 'no alert reaches', wayOut: "let that one 'continue', or put it after",
    app: (chart) => alertmanager(chart, { routes: [new Route({ receiver: hook(chart, 'chat') }), to(hook(chart, 'pager'))] }),
  },
  {
    mistake: 'two receivers of one name',
    place: 'AlertRouting', value: "receivers are called 'chat'", wayOut: 'rename one',
    app: (chart) => alertmanager(chart, {
      routes: [
        to(Receiver.of('chat', Integration.webhook({ url: 'https://a.example.com' })), { continue: true }),
        to(Receiver.of('chat', Integration.webhook({ url: 'https://b.example.com' })), { matchers: [Matcher.equal('team', 'b')] }),
      ],
    }),
  },
  {
    mistake: 'a broken regular expression in a matcher',
    place: "Matcher on label 'namespace'", value: "'shop-('", wayOut: 'is not a regular expression (RE2), missing )',
    app: () => Matcher.matches('namespace', 'shop-('),
  },
  {
    mistake: 'a secret in a URL of a receiver',
    place: 'Integration.webhook: url', value: 'has a user or a password in it', wayOut: 'SecretKey',
    app: () => Receiver.of('hook', Integration.webhook({ url: 'https://me:secret@hooks.example.com/' })),
  },
  {
    mistake: 'a Secret of a receiver in another namespace',
    place: 'shop/alertmanager', value: "Secret 'slack' is made in namespace 'chat'", wayOut: "'ops'; make it there",
    app: (chart) => alertmanager(chart, {
      routes: [to(Receiver.of('slack', Integration.slack({ channel: '#shop', apiUrl: SecretKey.of(secretOf(chart, 'slack', { url: 'x' }, 'chat'), 'url') })))],
    }),
  },
  {
    mistake: 'Slack without a URL',
    place: "receiver 'slack'", value: 'slack_configs', wayOut: 'slackApiUrl',
    app: (chart) => alertmanager(chart, { routes: [to(Receiver.of('slack', Integration.slack({ channel: '#shop' })))] }),
  },
  {
    mistake: 'an empty key of a Secret',
    place: "SecretKey.of('slack')", value: 'the key is empty', wayOut: 'name the key of the Secret that holds the value',
    app: (chart) => SecretKey.of(existing(chart, 'slack'), ''),
  },
  {
    mistake: 'a time zone that is none',
    place: "'nights'", value: "'Europe/Berln'", wayOut: "such as 'Europe/Berlin'",
    app: () => new TimeInterval({ name: 'nights', location: 'Europe/Berln', times: [TimeRange.between('20:00', '22:00')] }),
  },
  {
    mistake: 'a dead man\'s switch that tells nobody',
    place: 'AlertRouting: deadMansSwitch', value: "'void'", wayOut: 'give it one, or leave it out',
    app: (chart) => alertmanager(chart, { deadMansSwitch: new Receiver({ name: 'void' }) }),
  },
  {
    mistake: 'a routing text that is not YAML',
    place: 'AlertRouting.raw', value: 'the text is not YAML', wayOut: 'line 1',
    app: () => AlertRouting.raw('route: [}'),
  },
];
