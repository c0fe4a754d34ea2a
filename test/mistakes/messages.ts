import { Duration } from 'cdk8s';
import { Integration, Receiver, RemoteWrite, Route, RuleEdit, RuleGroup } from '../../lib';
import { hook, js, key, nodes, notified, operated, prometheus, routing, rule, ruleFile, scrape, shopAlert, UNSET } from './support';
import { Mistake } from '../bad-input/support';

/** Mistakes whose messages led nowhere. */
export const MESSAGES: Mistake[] = [
  {
    mistake: 'a port as text',
    place: 'shop/nodes: port', value: "'9100'", wayOut: 'without quotes',
    app: (chart) => nodes(chart, { port: js('9100') }),
  },
  {
    mistake: 'a file of two documents',
    place: 'rule file', value: 'documents', wayOut: 'one',
    app: (chart) => ruleFile(chart, 'groups:\n  - name: a\n    rules: [{record: "a:b", expr: up}]\n---\ngroups:\n  - name: b\n    rules: [{record: "a:c", expr: up}]\n'),
  },
  {
    mistake: 'a limit as a word',
    place: "group 'a': limit", value: "'ten'", wayOut: 'whole number',
    app: (chart) => ruleFile(chart, 'groups:\n  - name: a\n    limit: ten\n    rules: [{record: "a:b", expr: up}]\n'),
  },
  {
    mistake: 'an alias without its anchor',
    place: 'rule file', value: "'*missing'", wayOut: 'anchor',
    app: (chart) => ruleFile(chart, 'groups: *missing\n'),
  },
  {
    mistake: 'shards as text',
    place: 'shop/prometheus: shards', value: "'2'", wayOut: 'without quotes',
    app: (chart) => operated(chart, { shards: js('2') }),
  },
  {
    mistake: 'the number of a chat as text',
    place: 'Integration.telegram: chatId', value: "'-100123'", wayOut: 'without quotes',
    app: (chart) => notified(chart, Integration.telegram({ botToken: key(chart, 'bot'), chatId: js('-100123') })),
  },
  {
    mistake: 'a flag that the library sets',
    place: 'shop/prometheus: extraFlags', value: "'config.file'", wayOut: 'leave it out',
    app: (chart) => prometheus(chart, { extraFlags: { 'config.file': '/x' } }),
  },
  {
    mistake: 'replicas as text',
    place: 'shop/prometheus: replicas', value: "'2'", wayOut: 'without quotes',
    app: (chart) => prometheus(chart, { replicas: js('2') }),
  },
  {
    mistake: 'an experimental function',
    place: "shop/prometheus: alerting rule 'ShopSilent'", value: "'limitk'", wayOut: 'enableFeatures',
    app: (chart) => rule(chart, { expr: 'limitk(5, up)' }),
  },
  {
    mistake: 'a character that cannot be seen',
    place: "alerting rule 'ShopSilent': expr", value: 'U+0000', wayOut: 'column 3',
    app: (chart) => rule(chart, { expr: 'up\0 == 0' }),
  },
  {
    mistake: 'labels as a list',
    place: "alerting rule 'ShopSilent': labels", value: 'list', wayOut: "{ name: 'value' }",
    app: (chart) => rule(chart, { labels: js(['team=a']) }),
  },
  {
    mistake: 'a severity as text',
    place: 'RuleEdit.without: where', value: "'none'", wayOut: 'Severity',
    app: (chart) => prometheus(chart).adjustRules(RuleEdit.without('Watchdog', { where: js('none') })),
  },
  {
    mistake: 'a limit of samples as text',
    place: "ScrapeJob 'web': sampleLimit", value: "'1000'", wayOut: 'without quotes',
    app: (chart) => scrape(chart, {}, { sampleLimit: js('1000') }),
  },
  {
    mistake: 'a group wait with a fraction of a millisecond',
    place: 'Route: groupWait', value: '0.5', wayOut: 'whole milliseconds',
    app: (chart) => routing(chart, { route: new Route({ receiver: hook(), groupWait: Duration.millis(0.5) }) }),
  },
  {
    mistake: 'a retention that is no number',
    place: 'shop/prometheus: retention', value: 'NaN', wayOut: 'number',
    app: (chart) => prometheus(chart, { retention: Duration.days(Number(UNSET)) }),
  },
  {
    mistake: 'a delay that is no number',
    place: "alerting rule 'ShopSilent': for", value: 'NaN', wayOut: 'number',
    app: (chart) => rule(chart, { for: Duration.minutes(Number(UNSET)) }),
  },
  {
    mistake: 'names of groups that become one name of an object',
    place: 'shop/prometheus', value: "'my group'", wayOut: "'my-group'",
    app: (chart) => {
      const server = prometheus(chart);
      server.addRules(new RuleGroup({ name: 'my group', rules: [shopAlert()] }));
      server.addRules(new RuleGroup({ name: 'my-group', rules: [shopAlert()] }));
    },
  },
  {
    mistake: 'a receiver with the name of the one that the library adds',
    place: 'Receiver', value: "'null'", wayOut: 'Receiver.none()',
    app: (chart) => routing(chart, { receiver: Receiver.of('null', Integration.webhook({ url: 'http://a/' })) }),
  },
  {
    mistake: 'the capacity of a queue as text',
    place: "RemoteWrite 'https://store/w': queue.capacity", value: "'1000'", wayOut: 'without quotes',
    app: (chart) => prometheus(chart, { remoteWrites: [new RemoteWrite({ url: 'https://store/w', queue: { capacity: js('1000') } })] }),
  },
];
