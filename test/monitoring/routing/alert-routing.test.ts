import { Duration } from 'cdk8s';
import {
  AlertRouting, AlertRoutingGlobals, AlertRoutingProps, Inhibition, Integration, Matcher, Receiver, Route, TimeInterval, YearRange,
} from '../../../lib/monitoring/routing';
import { accepted, checkConfig, receiversOf, secretKey, secretsOf } from './support';
import { TlsClient } from '../../../lib/monitoring/http';

const key = secretKey('slack', 'url');
const slack = Receiver.of('slack', Integration.slack({ channel: '#alerts', apiUrl: key }));
const pager = Receiver.of('pager', Integration.pagerDuty({ routingKey: secretKey('pagerduty', 'key') }));
const pings = Receiver.of('pings', Integration.webhook({ urlFrom: secretKey('pings', 'url') }));
const critical = Matcher.equal('severity', 'critical');
const later = new TimeInterval({ name: 'later', years: [YearRange.only(2099)] });

test('without props nobody is told', () => {
  expect(accepted({})).toMatchSnapshot();
  const routing = new AlertRouting();
  expect(routing.receiverNames).toEqual(['null']);
  expect(secretsOf(routing)).toEqual([]);
  expect(routing._templates()).toEqual({});
  expect(routing._environment()).toEqual({});
  expect(receiversOf(routing, { alertname: 'X', severity: 'critical' })).toEqual(['null']);
});

test('with a receiver it is told of all but Watchdog and InfoInhibitor', () => {
  const routing = new AlertRouting({ receiver: slack });
  expect(checkConfig(routing)).toContain('2 receivers');
  expect(routing.receiverNames).toEqual(['slack', 'null']);
  expect(receiversOf(routing, { alertname: 'X', severity: 'warning' })).toEqual(['slack']);
  expect(receiversOf(routing, { alertname: 'Watchdog', severity: 'none' })).toEqual(['null']);
  expect(receiversOf(routing, { alertname: 'InfoInhibitor', severity: 'none' })).toEqual(['null']);
});

test('amtool routes alerts as the tree says', () => {
  const routing = new AlertRouting({
    receiver: slack,
    deadMansSwitch: pings,
    routes: [
      new Route({ matchers: [critical], receiver: pager, continue: true }),
      new Route({
        matchers: [Matcher.matches('namespace', 'shop-.+')], receiver: Receiver.of('shop', Integration.webhook({ url: 'http://shop' })),
        routes: [new Route({ matchers: [Matcher.equal('team', 'db')], receiver: Receiver.of('db', Integration.webhook({ url: 'http://db' })) })],
      }),
    ],
  });
  expect(checkConfig(routing)).toContain('SUCCESS');
  expect(receiversOf(routing, { alertname: 'Watchdog' })).toEqual(['pings']);
  expect(receiversOf(routing, { alertname: 'InfoInhibitor', namespace: 'shop-a' })).toEqual(['null']);
  expect(receiversOf(routing, { alertname: 'X', severity: 'critical' })).toEqual(['pager']);
  expect(receiversOf(routing, { alertname: 'X', severity: 'critical', namespace: 'shop-a' })).toEqual(['pager', 'shop']);
  expect(receiversOf(routing, { alertname: 'X', severity: 'warning', namespace: 'shop-a', team: 'db' })).toEqual(['db']);
  expect(receiversOf(routing, { alertname: 'X', severity: 'warning', namespace: 'a-shop-a' })).toEqual(['slack']);
  expect(routing._toYaml()).toMatchSnapshot();
});

test('all the props', () => {
  const global: Required<Omit<AlertRoutingGlobals, 'slackAppToken'>> = {
    resolveTimeout: Duration.minutes(10), httpConfig: { proxyUrl: 'http://proxy:3128' },
    smtp: {
      smarthost: 'smtp.example.org:465', from: 'alerts@example.org', hello: 'cluster', authUsername: 'user',
      authPassword: secretKey('smtp', 'password'),
      authSecret: secretKey('smtp', 'secret'), authIdentity: 'identity', requireTls: false, forceImplicitTls: true,
      tls: TlsClient.secretCa(secretKey('smtp', 'ca.crt')),
    },
    slackApiUrl: key, pagerDutyUrl: 'https://pd', opsgenieApiUrl: 'https://og', opsgenieApiKey: secretKey('og', 'key'), weChatApiUrl: 'https://wc',
    weChatApiSecret: secretKey('wc', 'secret'), weChatCorpId: 'corp', victorOpsApiUrl: 'https://vo', victorOpsApiKey: secretKey('vo', 'key'),
    telegramApiUrl: 'https://tg', telegramBotToken: secretKey('tg', 'token'), webexApiUrl: 'https://webex',
    jiraApiUrl: 'https://jira', mattermostWebhookUrl: secretKey('mm', 'url'), rocketChatApiUrl: 'https://rc', rocketChatToken: secretKey('rc', 'token'),
    rocketChatTokenId: secretKey('rc', 'id'),
  };
  const props: Required<Omit<AlertRoutingProps, 'route' | 'onExistingAlertmanager'>> = {
    receiver: Receiver.of('mail', Integration.email({ to: ['a@example.org'], html: '{{ template "shop.html" . }}' })),
    routes: [new Route({ matchers: [critical], receiver: pager, activeTimeIntervals: [later] })],
    receivers: [pager], deadMansSwitch: pings, deadMansSwitchInterval: Duration.minutes(2),
    inhibitions: [new Inhibition({ source: [critical], target: [Matcher.equal('a', 'b')] })], defaultInhibitions: false, timeIntervals: [later],
    templates: { shop: '{{ define "shop.html" }}{{ .Status }}{{ end }}' }, templateFiles: ['/etc/templates/*.tmpl'], global,
  };
  expect(accepted(props)).toMatchSnapshot();
  const routing = new AlertRouting(props);
  expect(routing._templates()).toEqual({ 'shop.tmpl': props.templates.shop });
  expect(secretsOf(routing)).toEqual([
    'smtp/password', 'smtp/secret', 'smtp/ca.crt', 'slack/url', 'og/key', 'wc/secret', 'vo/key', 'tg/token', 'mm/url', 'rc/token', 'rc/id', 'pings/url', 'pagerduty/key',
  ]);
  expect(accepted({ global: { slackAppToken: key }, receiver: Receiver.of('s', Integration.slack({ channel: '#c' })) })).toContain('slack_app_token_file');
});

test('what global settings and templates of another Alertmanager give may be left out', () => {
  const props: AlertRoutingProps = {
    receiver: Receiver.of('team', Integration.email({ to: ['a@example.org'] }), Integration.slack({ channel: '#a', text: '{{ template "platform" . }}' })),
  };
  const routing = new AlertRouting({ ...props, onExistingAlertmanager: true });
  expect(routing._parts).toMatchObject({
    onExisting: true,
    lacking: ["smarthost of email_configs of receiver 'team'", "from of email_configs of receiver 'team'", "apiUrl of slack_configs of receiver 'team'"],
  });
  expect(() => new AlertRouting({ ...props, onExistingAlertmanager: false })).toThrow('an item of email_configs has no smarthost');
  expect(new AlertRouting()._parts).toMatchObject({ onExisting: false, lacking: [] });
});

test('a root of one\'s own', () => {
  const routing = new AlertRouting({
    receiver: slack,
    route: new Route({ groupBy: ['cluster'], groupWait: Duration.minutes(1), routes: [new Route({ matchers: [critical], receiver: pager })] }),
  });
  expect(checkConfig(routing)).toContain('SUCCESS');
  expect(routing._render().route).toMatchObject({ receiver: 'slack', group_by: ['cluster'], group_wait: '1m' });
  expect(receiversOf(routing, { severity: 'critical' })).toEqual(['pager']);
  expect(accepted({ route: new Route({ receiver: slack, groupByAll: true }) })).toContain('    - ...\n');
  expect(new AlertRouting({ route: new Route({ groupBy: [] }) })._render().route).toMatchObject({ receiver: 'null', group_by: [] });
});

test('routes of one\'s own for Watchdog and InfoInhibitor are left alone', () => {
  const own = new Route({ matchers: [Matcher.matches('alertname', 'Watch.*|Info.*')], receiver: pings });
  const routing = new AlertRouting({ receiver: slack, routes: [own] });
  expect(receiversOf(routing, { alertname: 'Watchdog' })).toEqual(['pings']);
  expect(receiversOf(routing, { alertname: 'InfoInhibitor' })).toEqual(['pings']);
  expect(routing.receiverNames).toEqual(['slack', 'pings']);
});

test('a route of alerts of any name gets neither', () => {
  const chat = Receiver.of('chat', Integration.webhook({ url: 'http://chat' }));
  const all = ['.*', '.+', '[A-Z].*'].map((regex) => new Route({ matchers: [Matcher.matches('alertname', regex)], receiver: chat, continue: true }));
  const routing = new AlertRouting({ receiver: slack, routes: all });
  ['Watchdog', 'InfoInhibitor'].forEach((alertname) => expect(receiversOf(routing, { alertname, severity: 'none' })).toEqual(['null']));
  expect(receiversOf(routing, { alertname: 'X' })).toEqual(['chat', 'chat', 'chat']);
  const switched = new AlertRouting({ receiver: slack, routes: all, deadMansSwitch: pings });
  expect(receiversOf(switched, { alertname: 'Watchdog' })).toEqual(['pings']);
});

test('a route below others that names one of them gets its own, and nobody else the rest', () => {
  const inner = new Route({ matchers: [Matcher.equal('alertname', 'Watchdog')], receiver: pings });
  const routing = new AlertRouting({ receiver: slack, routes: [new Route({ matchers: [Matcher.equal('cluster', 'prod')], receiver: pager, routes: [inner] })] });
  expect(receiversOf(routing, { alertname: 'Watchdog', cluster: 'prod' })).toEqual(['pings']);
  expect(receiversOf(routing, { alertname: 'Watchdog', cluster: 'test' })).toEqual(['null']);
  const always = new AlertRouting({ receiver: slack, routes: [new Route({ matchers: [Matcher.equal('severity', 'none')], routes: [inner] })] });
  expect(receiversOf(always, { alertname: 'Watchdog', severity: 'none' })).toEqual(['pings']);
});

test('default inhibitions', () => {
  expect(new AlertRouting()._render().inhibit_rules).toMatchObject([
    { source_matchers: ['alertname="InfoInhibitor"'], target_matchers: ['severity="info"'], equal: ['cluster', 'namespace'] },
    { source_matchers: ['severity="critical"'], target_matchers: ['severity=~"warning|info"'] },
    { source_matchers: ['severity="warning"'], target_matchers: ['severity="info"'] },
    { source_matchers: ['alertname="KubeAPIDown"'], equal: ['cluster'] },
    { source_matchers: ['alertname=~".+Down"', 'alertname!="TargetDown"'], target_matchers: ['alertname=~".+InstanceUnreachable|TargetDown"'], equal: ['cluster', 'job'] },
    { source_matchers: ['alertname=~".+InstanceUnreachable"'], target_matchers: ['alertname="TargetDown"'], equal: ['cluster', 'job'] },
    { source_matchers: ['alertname="KubePodCrashLooping"'], target_matchers: ['alertname="KubeContainerRestarting"'] },
    { source_matchers: ['alertname=~"KubeNode(NotReady|Unreachable)"'], equal: ['cluster', 'node'] },
  ]);
  expect(new AlertRouting({ defaultInhibitions: false })._render().inhibit_rules).toBeUndefined();
});

test('what older versions do not know is told apart', () => {
  expect(new AlertRouting({ receiver: slack })._requirements()).toEqual([]);
  const routing = new AlertRouting({
    receiver: Receiver.of('w', Integration.webhook({ url: 'http://x/{{ .Status }}', payload: {}, httpConfig: { headers: { 'X-A': 'b' } } })),
    routes: [new Route({ matchers: [critical], receiver: Receiver.of('t', Integration.microsoftTeams({ webhookUrl: key })) })],
    inhibitions: [new Inhibition({ source: [critical], target: [critical], name: 'x' })],
    global: { telegramBotToken: key },
  });
  expect(routing._requirements()).toEqual([
    { setting: 'global.telegram_bot_token_file', version: '0.31' },
    { setting: 'inhibit_rules.name', version: '0.30' },
    { setting: 'webhook_configs.payload', version: '0.32' },
    { setting: 'webhook_configs.http_config.http_headers', version: '0.28' },
    { setting: 'a template in webhook_configs.url', version: '0.31' },
    { setting: 'msteamsv2_configs', version: '0.28' },
  ]);
});

test('two renderings are the same, and no secret is in them', () => {
  const make = () => new AlertRouting({ receiver: slack, deadMansSwitch: pings, templates: { a: '{{ define "a" }}{{ end }}' } })._toYaml();
  expect(make()).toBe(make());
  expect(make()).toContain('api_url_file: /etc/alertmanager/secrets/slack/url\n');
});

test('words that older YAML takes for booleans stay text', () => {
  expect(accepted({ receiver: Receiver.of('on', Integration.webhook({ url: 'http://x', payload: { a: 'yes', b: '0o7', c: 'null', d: 12 } })) }))
    .toMatch(/name: "on"[^]*a: "yes"[^]*c: "null"\n +d: 12/);
});

test('templates: bodies are written to files and checked by amtool', () => {
  const templates = { 'slack.tmpl': '{{ define "slack.shop" }}{{ range .Alerts }}{{ .Annotations.summary }}\n{{ end }}{{ end }}' };
  const receiver = Receiver.of('s', Integration.slack({
    channel: '#c', apiUrl: key, text: '{{ template "slack.shop" . }}', title: '{{ template "slack.default.title" . }}',
  }));
  const routing = new AlertRouting({ receiver, templates });
  expect(checkConfig(routing)).toContain('1 templates');
  expect(routing._render().templates).toEqual(['/etc/alertmanager/config/*.tmpl']);
  expect(Object.keys(routing._templates())).toEqual(['slack.tmpl']);
});

const smtp = { smarthost: 'smtp:25', from: 'a@example.org' };
const other = Receiver.of('slack', Integration.webhook({ url: 'http://x' }));
const mutedIn = (year: number) => new Route({
  matchers: [Matcher.equal('a', `${year}`)], muteTimeIntervals: [new TimeInterval({ name: 'x', years: [YearRange.only(year)] })],
});
const aws = (name: string) => Receiver.of(`sns-${name}`, Integration.sns({ phoneNumber: '+4917012', credentialsFile: secretKey('aws', name) }));

test.each<[string, () => unknown, string]>([
  [
    'unreached receiver', () => new AlertRouting({ receiver: slack, receivers: [pager] }),
    "AlertRouting: no route reaches receiver 'pager', so it is never notified; name it in a route, or leave it out of 'receivers' "
    + "(in use are 'slack' and 'null')",
  ],
  [
    'unused time interval', () => new AlertRouting({ timeIntervals: [later] }),
    "AlertRouting: no route uses time interval 'later'; name it in a route, or leave it out of 'timeIntervals' (in use are none)",
  ],
  [
    'two receivers of one name', () => new AlertRouting({ receiver: slack, routes: [new Route({ matchers: [critical], receiver: other })] }),
    "AlertRouting: two different receivers are called 'slack'; rename one",
  ],
  [
    'two time intervals of one name',
    () => new AlertRouting({ routes: [mutedIn(2030), mutedIn(2031)] }),
    "AlertRouting: two different time intervals are called 'x'; rename one",
  ],
  [
    'root and routes', () => new AlertRouting({ route: new Route({}), routes: [] }),
    "AlertRouting: got 'route' and 'routes'; put the routes into 'route', or leave it out",
  ],
  [
    'two defaults', () => new AlertRouting({ route: new Route({ receiver: pager }), receiver: slack }),
    "AlertRouting: got receiver 'slack' and a root route to 'pager'; keep one of them",
  ],
  [
    'root matchers', () => new AlertRouting({ route: new Route({ matchers: [critical] }) }),
    "AlertRouting: the root route has matchers {severity=\"critical\"}, but it matches all alerts; put them on a route of 'routes'",
  ],
  [
    'root time', () => new AlertRouting({ route: new Route({ muteTimeIntervals: [later] }) }),
    "AlertRouting: the root route has time interval 'later', but it is active at all times; put it on a child route",
  ],
  [
    'root continue', () => new AlertRouting({ route: new Route({ continue: true }) }),
    "AlertRouting: the root route has 'continue', but no route follows it; remove it",
  ],
  ['receiver name', () => new Receiver({ name: '' }), 'Receiver: name is empty; name it after the team or the channel that is notified'],
  [
    'dead man tells nobody', () => new AlertRouting({ deadMansSwitch: Receiver.none() }),
    "AlertRouting: deadMansSwitch 'null' has no integration, so it is never notified; give it one, or leave it out",
  ],
  [
    'dead man twice', () => new AlertRouting({ deadMansSwitch: pings, routes: [new Route({ matchers: [Matcher.equal('alertname', 'Watchdog')] })] }),
    "AlertRouting: got deadMansSwitch 'pings' and a route that names Watchdog, {alertname=\"Watchdog\"}, which would never get it; keep one of them",
  ],
  [
    'dead man too often', () => new AlertRouting({ deadMansSwitch: pings, deadMansSwitchInterval: Duration.seconds(10) }),
    'AlertRouting: deadMansSwitchInterval is 10000 ms, but the switch is notified at most once a minute; give a minute or more',
  ],
  [
    'dead man missing', () => new AlertRouting({ deadMansSwitchInterval: Duration.minutes(1) }),
    "AlertRouting: got 'deadMansSwitchInterval' without 'deadMansSwitch'",
  ],
  [
    'email without server', () => new AlertRouting({ receiver: Receiver.of('m', Integration.email({ to: ['a@b'] })) }),
    "AlertRouting: receiver 'm': an item of email_configs has no smarthost; give 'smtp.smarthost', or 'smtp' in the routing's 'global'",
  ],
  [
    'email without sender', () => new AlertRouting({ receiver: Receiver.of('m', Integration.email({ to: ['a@b'], smtp: { smarthost: 'x:25' } })) }),
    'an item of email_configs has no from',
  ],
  [
    'slack without URL', () => new AlertRouting({ receiver: Receiver.of('s', Integration.slack({ channel: '#c' })) }),
    "receiver 's': an item of slack_configs has no apiUrl; give 'apiUrl' or 'appToken'",
  ],
  [
    'slack by keys, without URL', () => new AlertRouting({ receiver: Receiver.of('s', Integration.custom('slack_configs', { settings: { channel: '#c' } })) }),
    "receiver 's': an item of slack_configs has no api_url; give it in 'settings' or 'secretFiles', or 'slackApiUrl' or 'slackAppToken' in the routing's 'global'",
  ],
  [
    'opsgenie without key', () => new AlertRouting({ receiver: Receiver.of('o', Integration.opsgenie({})) }),
    "give 'apiKey', or 'opsgenieApiKey' in the routing's 'global'",
  ],
  [
    'victorops without key', () => new AlertRouting({ receiver: Receiver.of('v', Integration.victorOps({ routingKey: 'r' })) }),
    "give 'apiKey', or 'victorOpsApiKey'",
  ],
  ['telegram without token', () => new AlertRouting({ receiver: Receiver.of('t', Integration.telegram({ chatId: 1 })) }), "give 'botToken', or 'telegramBotToken'"],
  ['wechat without secret', () => new AlertRouting({ receiver: Receiver.of('w', Integration.weChat({ toUser: 'x' })) }), "give 'apiSecret', or 'weChatApiSecret'"],
  [
    'wechat without corporation', () => new AlertRouting({ receiver: Receiver.of('w', Integration.weChat({ toUser: 'x', apiSecret: key })) }),
    "give 'corpId', or 'weChatCorpId'",
  ],
  [
    'two credentials files', () => new AlertRouting({ receiver: aws('a'), routes: [new Route({ matchers: [critical], receiver: aws('b') })] }),
    "receiver 'sns-b': sns_configs reads its credentials from 'aws/b', another receiver from 'aws/a', but Alertmanager reads one file; "
    + 'put both into one, as profiles',
  ],
  [
    'global URL', () => new AlertRouting({ global: { opsgenieApiUrl: 'og' } }),
    "AlertRouting: global.opsgenieApiUrl: 'og' is not an absolute http or https URL",
  ],
  [
    'global slack', () => new AlertRouting({ global: { slackApiUrl: key, slackAppToken: key } }),
    "AlertRouting: global: got 'slackApiUrl' and 'slackAppToken'; keep one of them",
  ],
  [
    'global password', () => new AlertRouting({ global: { smtp: { ...smtp, authPassword: key } } }),
    "AlertRouting: global.smtp: got 'authPassword' without 'authUsername'",
  ],
  [
    'global smarthost', () => new AlertRouting({ global: { smtp: { smarthost: 'smtp' } } }),
    "AlertRouting: global.smtp: smarthost: 'smtp' is not host:port",
  ],
  [
    'global resolve timeout', () => new AlertRouting({ global: { resolveTimeout: Duration.seconds(0) } }),
    'AlertRouting: global.resolveTimeout is zero',
  ],
  [
    'template name', () => new AlertRouting({ templates: { 'a/b': '{{ define "x" }}{{ end }}' } }),
    "AlertRouting: template 'a/b': the name is not that of a file",
  ],
  [
    'template twice', () => new AlertRouting({ templates: { 'a': '{{ define "x" }}{{ end }}', 'a.tmpl': '{{ define "y" }}{{ end }}' } }),
    "there are two templates for the file 'a.tmpl'; rename one",
  ],
  [
    'template without name', () => new AlertRouting({ templates: { a: 'hello' } }),
    "AlertRouting: template 'a': the text defines no template that receivers could use; wrap it in '{{ define \"a\" }}…{{ end }}'",
  ],
  [
    'template not closed', () => new AlertRouting({ templates: { a: '{{ define "a" }}' } }),
    "AlertRouting: template 'a': the template block '{{ define \"a\" }}' is not closed",
  ],
  [
    'template calls', () => new AlertRouting({ templates: { a: '{{ define "a" }}{{ template "b" }}{{ end }}' } }),
    "AlertRouting: template 'a.tmpl': no template defines 'b'",
  ],
  [
    'receiver calls',
    () => new AlertRouting({
      receiver: Receiver.of('s', Integration.slack({ channel: '#c', apiUrl: key, text: '{{ template "slack.shp" . }}' })),
      templates: { a: '{{ define "slack.shop" }}{{ end }}' },
    }),
    "AlertRouting: receiver 's': no template defines 'slack.shp', did you mean 'slack.shop'?",
  ],
  [
    'template pattern', () => new AlertRouting({ templateFiles: ['*.tmpl'] }),
    "AlertRouting: templateFiles has '*.tmpl', which is not an absolute path; begin it with '/'",
  ],
])('%s', (_, act, message) => {
  expect(act).toThrow(message);
});
