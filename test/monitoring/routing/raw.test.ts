import { AlertRouting, RawAlertRoutingOptions } from '../../../lib/monitoring/routing';
import { checkConfig, receiversOf, secretKey, secretsOf } from './support';

const TEXT = `# kept as it is
global:
  slack_api_url_file: /etc/alertmanager/secrets/slack/url
templates: [ '/etc/alertmanager/config/*.tmpl' ]
route:
  receiver: team
  group_by: ['...']
  routes:
    - matchers: [ severity = critical ]
      receiver: pager
      mute_time_intervals: [ night ]
    - match: { alertname: Watchdog }
      receiver: "null"
receivers:
  - name: team
    slack_configs: [ { channel: '#team', text: '{{ template "x" . }}' } ]
  - name: pager
    webhook_configs: [ { url: http://pager } ]
  - name: "null"
time_intervals:
  - name: night
    time_intervals: [ { times: [ { start_time: 00:00, end_time: 06:00 } ] } ]
`;

test('a text is kept and its secrets and templates come along', () => {
  const options: Required<RawAlertRoutingOptions> = { secrets: [secretKey('slack', 'url')], templates: { x: '{{ define "x" }}{{ end }}' } };
  const routing = AlertRouting.raw(TEXT, options);
  expect(routing._toYaml()).toBe(TEXT);
  expect(checkConfig(routing)).toContain('3 receivers');
  expect(receiversOf(routing, { severity: 'critical' })).toEqual(['pager']);
  expect(routing.receiverNames).toEqual(['team', 'pager', 'null']);
  expect(secretsOf(routing)).toEqual(['slack/url']);
  expect(routing._templates()).toEqual({ 'x.tmpl': options.templates.x });
  expect(routing._environment()).toEqual({});
});

test('anchors and merges are resolved for the checks', () => {
  const text = 'x: &x\n';
  expect(() => AlertRouting.raw(text)).toThrow("unknown key 'x'");
  const merged = 'route: { receiver: a, routes: [ &r { receiver: b, matchers: [ a=b ] }, { <<: *r, matchers: [ c=d ] } ] }\n'
    + 'receivers: [ { name: a }, { name: b } ]';
  expect(checkConfig(AlertRouting.raw(merged))).toContain('SUCCESS');
});

const route = 'route: { receiver: a }\nreceivers: [ { name: a } ]\n';
const inner = (body: string) => `route: { receiver: a, routes: [ { ${body} } ] }\nreceivers: [ { name: a } ]`;
const receiver = (body: string) => `route: { receiver: a }\nreceivers: [ { name: a, ${body} } ]`;

test.each<[string, string, string]>([
  ['no YAML', 'route: [', 'AlertRouting.raw: the text is not YAML, '],
  ['a key twice', `${route}route: {}`, 'the text is not YAML, Map keys must be unique at line 3, column 1; correct it there'],
  ['what the global settings do not give', 'route: {receiver: r}\nreceivers: [{name: r, jira_configs: [{project: A, issue_type: Bug}]}]', "AlertRouting.raw: receivers[0].jira_configs[0] has no 'api_url', which Alertmanager needs; give 'api_url' or 'global.jira_api_url'"],
  ['nothing', '', "AlertRouting.raw: the text is not a mapping; write it as 'key: value'"],
  ['a list', '[]', 'the text is not a mapping'],
  [
    'unknown key', `${route}inhibit_rule: []`,
    "AlertRouting.raw: the text has an unknown key 'inhibit_rule', did you mean 'inhibit_rules'?; Alertmanager knows 'global', 'route',",
  ],
  ['no route', 'receivers: [ { name: a } ]', "AlertRouting.raw: there is no 'route'; give a root route with a receiver"],
  ['no receiver', 'route: {}', 'AlertRouting.raw: the root route has no receiver; name the default receiver'],
  [
    'root matchers', 'route: { receiver: a, matchers: [ a=b ] }',
    "AlertRouting.raw: the root route has 'matchers', but it matches all alerts at all times",
  ],
  ['root match', 'route: { receiver: a, match: { a: b } }', "the root route has 'match'"],
  ['root mute', 'route: { receiver: a, mute_time_intervals: [ x ] }', "the root route has 'mute_time_intervals'"],
  ['root continue', 'route: { receiver: a, continue: true }', "the root route has 'continue', but no route follows it; remove it"],
  ['unknown receiver', inner('receiver: aa'), "AlertRouting.raw: route.routes[0] names an unknown receiver 'aa', did you mean 'a'?; there are 'a'"],
  ['unknown root receiver', 'route: { receiver: a }', "AlertRouting.raw: route names an unknown receiver 'a'; there are none"],
  ['receiver that is no name', inner('receiver: 1'), "names an unknown receiver '1'"],
  [
    'unreached receiver', 'route: { receiver: a }\nreceivers: [ { name: a }, { name: b } ]',
    "AlertRouting.raw: no route reaches receiver 'b', so it is never notified; name it in a route, or remove it",
  ],
  ['receiver twice', 'route: { receiver: a }\nreceivers: [ { name: a }, { name: a } ]', "AlertRouting.raw: two receivers are called 'a'; rename one"],
  ['receiver without name', 'route: { receiver: a }\nreceivers: [ {} ]', 'AlertRouting.raw: receiver 1 has no name; give it one'],
  ['receivers', 'route: { receiver: a }\nreceivers: { a: {} }', "AlertRouting.raw: receivers is not a list; begin each item with '-'"],
  [
    'receiver key', receiver('slack_config: []'),
    "AlertRouting.raw: receiver 'a' has an unknown key 'slack_config'; the lists of a receiver end in '_configs'",
  ],
  [
    'time interval', inner('active_time_intervals: [ nigth ]') + '\ntime_intervals: [ { name: night } ]',
    "route.routes[0] names an unknown time interval 'nigth', did you mean 'night'?",
  ],
  ['route key', inner('matcher: []'), "AlertRouting.raw: route.routes[0] has an unknown key 'matcher', did you mean 'matchers'?"],
  ['route', 'route: { receiver: a, routes: [ a ] }\nreceivers: [ { name: a } ]', 'route.routes[0] is not a mapping'],
  [
    'zero interval', 'route: { receiver: a, repeat_interval: 0s }\nreceivers: [ { name: a } ]',
    'AlertRouting.raw: route: repeat_interval is zero, which Alertmanager refuses',
  ],
  [
    'webhook of Slack', `global: { slack_api_url: 'https://hooks.slack.com/x' }\n${route}`,
    "AlertRouting.raw: 'global.slack_api_url' holds a secret, which the manifest would show; "
    + "name a file '/etc/alertmanager/secrets/<secret>/<key>'",
  ],
  ['URL of Slack', receiver('slack_configs: [ { api_url: https://hooks } ]'), "'receivers[0].slack_configs[0].api_url' holds a secret"],
  ['key of PagerDuty', receiver('pagerduty_configs: [ { routing_key: abc } ]'), "'receivers[0].pagerduty_configs[0].routing_key' holds a secret"],
  [
    'password', receiver('webhook_configs: [ { url: http://x, http_config: { basic_auth: { password: x } } } ]'),
    "basic_auth.password' holds a secret",
  ],
  ['private key', receiver('webhook_configs: [ { url: http://x, http_config: { tls_config: { key: x } } } ]'), "tls_config.key' holds a secret"],
  [
    'secret header', receiver('webhook_configs: [ { url: http://x, http_config: { http_headers: { X: { secrets: [ x ] } } } } ]'),
    "http_headers.X.secrets[0]' holds a secret",
  ],
  [
    'header that holds a secret as a rule', receiver('webhook_configs: [ { url: http://x, http_config: { http_headers: { X-Api-Key: { values: [ x ] } } } } ]'),
    "http_headers.X-Api-Key.values: this would show a secret; put it into a Secret, and name the file by 'files'",
  ],
  [
    'proxy header', receiver('webhook_configs: [ { url: http://x, http_config: { proxy_connect_header: { X: [ x ] } } } ]'),
    "proxy_connect_header.X[0]' holds a secret",
  ],
  ['static keys of AWS', receiver('sns_configs: [ { sigv4: { access_key: a, secret_key: b } } ]'), "sigv4.secret_key' holds a secret"],
  ['URL with password', receiver('webhook_configs: [ { url: "https://u:p@x" } ]'), "'receivers[0].webhook_configs[0].url' is a URL that has a user or a password in it"],
  [
    'file that nothing mounts', receiver('webhook_configs: [ { url_file: /etc/alertmanager/secrets/hook/url } ]'),
    "'receivers[0].webhook_configs[0].url_file' names the file '/etc/alertmanager/secrets/hook/url', which is not mounted; "
    + "give its SecretKey in 'secrets'",
  ],
])('%s', (_, text, message) => {
  expect(() => AlertRouting.raw(text)).toThrow(message);
});

test('what only looks like a secret is taken', () => {
  const pagerDuty = 'pagerduty_configs: [ { routing_key_file: /x, details: { token: x } } ]';
  const text = receiver(`victorops_configs: [ { routing_key: ops, api_key_file: /x } ], ${pagerDuty}`);
  expect(checkConfig(AlertRouting.raw(text))).toContain('SUCCESS');
});

test('templates that the text does not load are refused', () => {
  expect(() => AlertRouting.raw(route, { templates: { x: '{{ define "x" }}{{ end }}' } }))
    .toThrow("AlertRouting.raw: got 'templates', but the text does not load them; add '/etc/alertmanager/config/*.tmpl' to its 'templates'");
});
