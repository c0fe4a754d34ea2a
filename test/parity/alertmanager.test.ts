import { ApiObject, Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  AlertmanagerConfigSelection, AlertRouting, AlertRoutingProps, BasicAuth, DayOfMonthRange, EmailThreading, Inhibition, Integration, Matcher,
  JiraApiType, OAuth2, OperatedAlertmanager, OpsgeniePriority, OpsgenieResponderType, Receiver, Route, SecretKey, TelegramParseMode, TimeInterval,
  TimeRange, TlsClient, WeChatMessageType, Weekday, WeekdayRange, YearRange, SigV4,
} from '../../lib';
import { Alerting, operatorAlertmanager } from './parity';
import { receiversIn } from '../amtool';
import { manifests, newChart } from '../charts';
import { find, Manifest, textsOf } from '../manifests';

const everywhere = AlertmanagerConfigSelection.everywhere();

function key(secret: string, name: string): SecretKey {
  return SecretKey.of(Secret.fromSecretName(newChart(), `${secret}-${name}`, secret), name);
}

function objectsOf(routing?: AlertRouting, teamConfigs?: AlertmanagerConfigSelection, more: (chart: Chart) => void = () => undefined): Manifest[] {
  const chart = newChart();
  new OperatedAlertmanager(chart, 'alertmanager', { routing, teamConfigs });
  more(chart);
  return manifests(chart);
}

/** A resource by which a team is told of what fires in its namespace. */
function teamConfig(chart: Chart): void {
  new ApiObject(chart, 'Team', {
    apiVersion: 'monitoring.coreos.com/v1alpha1',
    kind: 'AlertmanagerConfig',
    metadata: { name: 'team', namespace: 'shop' },
    spec: { route: { receiver: 'team' }, receivers: [{ name: 'team', webhookConfigs: [{ url: 'http://team.shop.svc/' }] }] },
  });
  new ApiObject(chart, 'Shop', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'kubernetes.io/metadata.name': 'shop' } } });
}

function to(integration: Integration, props: AlertRoutingProps = {}): AlertRouting {
  return new AlertRouting({ receiver: new Receiver({ name: 'team', integrations: [integration] }), ...props });
}

function raw(text: string): AlertRouting {
  return AlertRouting.raw(`route: {receiver: team}\n${text}`);
}

/** What the operator says of the text when nobody has looked into it. */
function refusedByOperator(routing: AlertRouting): string {
  return operatorAlertmanager(objectsOf(routing)).refused;
}

/** Without what Alertmanager takes for nothing said. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(said);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [name, said(inner)])
    .filter(([name, inner]) => !(Array.isArray(inner) && inner.length === 0)
      && !(inner === false && ['insecure_skip_verify', 'short_fields', 'link_names'].includes(name)) && !(inner === '' && name === 'client_secret'));
  return Object.fromEntries(entries);
}

describe('configurations of teams', () => {
  const merged = (routing?: AlertRouting): Alerting => operatorAlertmanager(objectsOf(routing, everywhere, teamConfig));

  test('are not taken unless asked for', () => {
    const { spec } = find(objectsOf(), 'Alertmanager');
    expect(Object.keys(spec).filter((name) => name.startsWith('alertmanagerConfig'))).toEqual([]);
    expect(operatorAlertmanager(objectsOf(undefined, undefined, teamConfig))).toMatchObject({ asIs: true });
  });

  test('are taken from every namespace', () => {
    expect(merged()).toMatchObject({ asIs: false, selected: ['shop/team'] });
  });

  test('are taken from the namespaces that are named', () => {
    const selected = (...namespaces: string[]) => (
      operatorAlertmanager(objectsOf(undefined, AlertmanagerConfigSelection.inNamespaces(...namespaces), teamConfig)).selected
    );
    expect(selected('bank', 'shop', 'shop')).toEqual(['shop/team']);
    expect(selected('bank')).toEqual([]);
  });

  test('come before ours, for the alerts of their namespace, and ours are asked too', () => {
    const { route } = parse(merged().configuration);
    expect(route.routes[0]).toMatchObject({ receiver: 'shop/team/team', matchers: ['namespace="shop"'], continue: true });
    expect(route.routes.slice(1)).toEqual([{ receiver: 'null', routes: parse(new AlertRouting()._toYaml()).route.routes }]);
  });

  test.each<[{ readonly [label: string]: string }, string]>([
    [{ alertname: 'ShopDown', namespace: 'shop' }, 'shop/team/team,ours'],
    [{ alertname: 'ShopSlow', namespace: 'shop', severity: 'warning' }, 'shop/team/team,slow'],
    [{ alertname: 'BankDown', namespace: 'bank' }, 'ours'],
    [{ alertname: 'Slow', severity: 'warning' }, 'slow'],
    [{ alertname: 'Watchdog', severity: 'none' }, 'null'],
  ])('tell the team of %j besides those whom the routing names', (labels, receivers) => {
    const hook = (name: string) => Receiver.of(name, Integration.webhook({ url: 'http://hook/' }));
    const slow = new Route({ matchers: [Matcher.equal('severity', 'warning')], receiver: hook('slow'), continue: true });
    const { configuration } = merged(new AlertRouting({ receiver: hook('ours'), routes: [slow] }));
    expect(receiversIn({ 'alertmanager.yaml': configuration }, labels).join()).toBe(receivers);
  });

  test('are not told of InfoInhibitor', () => {
    const { inhibit_rules: rules } = parse(merged().configuration);
    expect(rules).toEqual(expect.arrayContaining([
      { source_matchers: ['alertname="Watchdog"'], target_matchers: ['alertname="InfoInhibitor"'] },
      { source_matchers: ['severity="info"'], target_matchers: ['alertname="InfoInhibitor"'], equal: ['namespace'] },
    ]));
    expect(rules).toHaveLength(Inhibition.defaults().length + 2);
  });

  test('leave a routing of one\'s own as it was', () => {
    const text = 'receivers: [{name: team, webhook_configs: [{url: "http://hook/"}]}]\n';
    const { configuration } = merged(raw(text));
    const { route, receivers, inhibit_rules: rules } = parse(configuration);
    expect(route.receiver).toBe('team');
    expect(receivers[0]).toEqual({ name: 'team', webhook_configs: [{ url: 'http://hook/' }] });
    expect(rules).toHaveLength(2);
  });
});

const httpConfig = { proxyUrl: 'http://proxy:3128', noProxy: ['a', 'b'], headers: { 'X-Team': 'ops' }, secretHeaders: { 'X-Key': key('http', 'key') } };
const oauth2 = new OAuth2({
  clientId: 'id', clientSecret: key('oauth', 'secret'), tokenUrl: 'https://tokens.example.org/', scopes: ['a'], endpointParams: { a: 'b' },
  tls: TlsClient.secretCa(key('oauth', 'ca')),
});

test.each<[string, AlertRouting]>([
  ['webhook', to(Integration.webhook({ urlFrom: key('hook', 'url'), maxAlerts: 10, timeout: Duration.seconds(5), payload: { a: [1, true] }, sendResolved: false, httpConfig }))],
  ['oauth2', to(Integration.webhook({ url: 'http://hook/', httpConfig: { oauth2, followRedirects: false, enableHttp2: false } }))],
  ['basic authentication', to(Integration.webhook({ url: 'http://{{ .CommonLabels.team }}/', httpConfig: { basicAuth: new BasicAuth({ username: 'me', password: key('b', 'p') }) } }))],
  ['slack', to(Integration.slack({
    channel: '#a', apiUrl: key('slack', 'url'), username: 'bot', color: 'danger', title: 't', titleLink: 'https://t', pretext: 'p', text: 't', messageText: 'm',
    fields: [{ title: 'a', value: 'b', short: true }], shortFields: true, footer: 'f', fallback: 'f', callbackId: 'i', iconEmoji: ':x:', iconUrl: 'https://i',
    imageUrl: 'https://i', thumbUrl: 'https://t', linkNames: true, mrkdwnIn: ['text'], timeout: Duration.seconds(10),
    actions: [{ text: 'S', name: 's', value: '1h', type: 'button', confirm: { text: 'S', title: 'S', okText: 'Y', dismissText: 'N' } }],
  }))],
  ['slack by an app', to(Integration.slack({ channel: '#a', appToken: key('slack', 'token'), updateMessage: true }))],
  ['email', to(Integration.email({
    to: ['a@example.org'], headers: { Subject: 's' }, html: '', text: 't', threading: EmailThreading.GROUP,
    smtp: { smarthost: 'smtp:587', from: 'x@example.org', hello: 'h', authUsername: 'u', authPassword: key('smtp', 'p'), requireTls: false, tls: TlsClient.systemCa({ serverName: 's' }) },
  }))],
  ['pagerduty', to(Integration.pagerDuty({
    routingKey: key('pd', 'key'), client: 'c', clientUrl: 'https://c', description: 'd', severity: 'warning', source: 's', eventClass: 'c', component: 'c', group: 'g',
    details: { a: 'b' }, links: [{ href: 'https://l', text: 'l' }], images: [{ src: 'https://i', alt: 'i', href: 'https://i' }], timeout: Duration.minutes(1),
  }))],
  ['opsgenie', to(Integration.opsgenie({
    apiKey: key('og', 'key'), apiUrl: 'https://api.eu.opsgenie.com/', message: 'm', description: 'd', source: 's', details: { a: 'b' }, entity: 'e',
    responders: [{ type: OpsgenieResponderType.TEAM, name: 'ops' }], actions: ['a'], tags: ['x'], note: 'n', priority: OpsgeniePriority.P1, updateAlerts: true,
  }))],
  ['microsoft teams', to(Integration.microsoftTeams({ webhookUrl: key('teams', 'url'), title: 't', text: 't' }))],
  ['telegram', to(Integration.telegram({ chatId: -1001, botToken: key('tg', 'token'), message: 'm', parseMode: TelegramParseMode.HTML, disableNotifications: true }))],
  ['sns', to(Integration.sns({ topicArn: 'arn:aws:sns:eu-west-1:1:a', sigv4: SigV4.podIdentity({ region: 'eu-west-1', roleArn: 'arn:aws:iam::123456789012:role/a' }), subject: 's', message: 'm', attributes: { a: 'b' } }))],
  ['pushover', to(Integration.pushover({ userKey: key('po', 'user'), token: key('po', 'token'), title: 't', message: 'm', url: 'https://u', retry: Duration.minutes(1), expire: Duration.hours(1) }))],
  ['victorops', to(Integration.victorOps({ apiKey: key('vo', 'key'), routingKey: 'r', messageType: 'WARNING', customFields: { a: 'b' } }))],
  ['wechat', to(Integration.weChat({ apiSecret: key('wc', 'secret'), corpId: 'c', toUser: 'u', message: 'm', messageType: WeChatMessageType.MARKDOWN }))],
  ['webex', to(Integration.webex({ roomId: 'r', botToken: key('wx', 'token'), message: 'm' }))],
  ['rocketchat', to(Integration.custom('rocketchat_configs', { settings: { channel: '#a' }, secretFiles: { token_file: key('rc', 't'), token_id_file: key('rc', 'i') } }))],
  ['jira', to(Integration.custom('jira_configs', { settings: { api_url: 'https://jira/', project: 'P', issue_type: 'Bug', fields: { customfield: { value: 'a' } } } }))],
  ['typed jira', to(Integration.jira({ apiUrl: 'https://jira/', apiType: JiraApiType.DATA_CENTER, project: 'P', issueType: 'Bug', summary: 's', labels: ['a'], priority: 'p', resolveTransition: 'Done', reopenDuration: Duration.days(1), fields: { customfield: { value: 'a' } } }))],
  ['typed rocketchat', to(Integration.rocketChat({ token: key('rc', 't'), tokenId: key('rc', 'i'), channel: '#a', title: 't', fields: [{ title: 'a', value: 'b', short: true }] }))],
  ['typed mattermost', to(Integration.mattermost({ webhookUrl: key('mm', 'u'), channel: 'a', username: 'u', text: 't', attachments: [{ title: 't', fields: [{ title: 'a', value: 'b' }] }], card: 'c', priority: { priority: 'urgent' } }))],
  ['typed incident.io', to(Integration.incidentIo({ url: 'https://io/', alertSourceToken: key('io', 't'), maxAlerts: 3, timeout: Duration.seconds(5) }))],
  ['settings for all', to(Integration.webhook({ url: 'http://hook/' }), {
    global: {
      resolveTimeout: Duration.minutes(3), httpConfig, slackApiUrl: key('slack', 'url'), opsgenieApiKey: key('og', 'k'), victorOpsApiKey: key('vo', 'k'),
      smtp: { smarthost: '[2001:db8::1]:25', from: 'x@example.org', tls: TlsClient.systemCa({ serverName: 's' }) }, telegramBotToken: key('tg', 't'),
      weChatApiSecret: key('wc', 's'), weChatCorpId: 'c', pagerDutyUrl: 'https://pd/', webexApiUrl: 'https://wx/', jiraApiUrl: 'https://jira/',
      rocketChatApiUrl: 'https://rc/', rocketChatToken: key('rc', 't'), rocketChatTokenId: key('rc', 'i'),
    },
  })],
  ['routes, times and inhibitions', to(Integration.webhook({ url: 'http://hook/' }), {
    routes: [new Route({
      matchers: [Matcher.matches('team', 'a|b'), Matcher.equal('quote', 'a "b" \\ c')],
      receiver: Receiver.none(),
      groupBy: ['alertname'],
      groupWait: Duration.seconds(0),
      repeatInterval: Duration.hours(4),
      muteTimeIntervals: [new TimeInterval({
        name: 'night', times: [TimeRange.between('22:00', '24:00')], weekdays: [WeekdayRange.between(Weekday.MONDAY, Weekday.FRIDAY)],
        daysOfMonth: [DayOfMonthRange.between(1, -1)], years: [YearRange.between(2024, 2030)], location: 'Europe/Berlin',
      })],
      continue: true,
    })],
    inhibitions: [new Inhibition({ source: [Matcher.equal('a', 'b')], target: [Matcher.equal('c', 'd')], equal: ['e'] })],
    templates: { shop: '{{ define "shop" }}x{{ end }}' },
  })],
])('the operator takes %s and changes nothing in it', (_, routing) => {
  const objects = objectsOf(routing, everywhere);
  const { configuration } = operatorAlertmanager(objects);
  expect(said(parse(configuration))).toEqual(said(parse(textsOf(find(objects, 'Secret'))['alertmanager.yaml'])));
});

describe('with configurations of teams, what the operator refuses is an error that names it', () => {
  const team = (inside: string) => raw(`receivers: [{name: team, ${inside}}]`);

  test.each<[AlertRouting, string, string]>([
    [to(Integration.discord({ webhookUrl: key('discord', 'url') })), "'webhook_url_file' in discord_configs of receiver 'team' is not known to the operator, which refuses the whole routing; tell that receiver in another way, by Integration.webhook() for example, or leave out teamConfigs", 'webhook_url_file'],
    [to(Integration.custom('msteams_configs', { secretFiles: { webhook_url_file: key('teams', 'url') } })), "'webhook_url_file' in msteams_configs of receiver 'team'", 'webhook_url_file'],
    [to(Integration.custom('mattermost_configs', { settings: { type: 'x' }, secretFiles: { webhook_url_file: key('m', 'url') } })), "'type' in mattermost_configs of receiver 'team'", 'type'],
    [to(Integration.sns({ topicArn: 'arn:aws:sns:eu-west-1:1:a', sigv4: SigV4.podIdentity({ region: 'eu-west-1', useFipsStsEndpoint: true }) })), "'sigv4.use_fips_sts_endpoint' in sns_configs", 'use_fips_sts_endpoint'],
    [to(Integration.custom('jira_configs', { settings: { api_url: 'https://jira/', project: 'P', issue_type: 'Bug', summary: { template: 'x' } } })), "'summary' in jira_configs", 'cannot unmarshal'],
    [to(Integration.custom('webhook_configs', { settings: { url: 'http://x', http_config: { basic_auth: { username_file: '/x' } } } })), "'http_config.basic_auth.username_file' in webhook_configs", 'username_file'],
    [to(Integration.custom('email_configs', { settings: { to: 'a@b.c', from: 'a@b.c', smarthost: 'h:25', threading: { enabled: true } } })), "'threading' in email_configs of receiver 'team' has no 'thread_by_date', without which the operator refuses the whole routing; say 'daily' or 'none'", 'thread_by_date'],
    [to(Integration.webhook({ url: 'http://x' }), { inhibitions: [new Inhibition({ source: [Matcher.equal('a', 'b')], target: [Matcher.equal('c', 'd')], name: 'n' })] }), "'inhibit_rules[12].name' in the routing is not known to the operator, which refuses the whole routing; leave the setting out, or leave out teamConfigs", 'name'],
    [team('labels: {a: b}'), "'labels' in receiver 'team' is not known", 'labels'],
    [raw('receivers: [{name: team}]\ntracing: {endpoint: "x:4317"}'), "'tracing' in the routing is not known", 'tracing'],
    [raw('receivers: [{name: team}]\nglobal: {http_config: {basic_auth: {username_file: /x}}}'), "'global.http_config.basic_auth.username_file' in the routing", 'username_file'],
  ])('%#', (routing, message, operatorSays) => {
    expect(() => objectsOf(routing, everywhere)).toThrow(`test/alertmanager: with teamConfigs, ${message}`);
    expect(refusedByOperator(routing)).toContain(operatorSays);
  });

  test('and none without them', () => {
    expect(() => objectsOf(to(Integration.discord({ webhookUrl: key('discord', 'url') })))).not.toThrow();
  });
});

test('with configurations of teams, a text that the operator would put Alertmanager\'s own in place of is an error', () => {
  const empty = "is empty, so the operator leaves it out and Alertmanager's own takes its place; write a template that says nothing, '{{ \"\" }}', or leave it out";
  const slack = (title: string) => to(Integration.slack({ channel: '#a', apiUrl: key('slack', 'url'), title }));
  expect(() => objectsOf(slack(''), everywhere)).toThrow(`with teamConfigs, 'title' in slack_configs of receiver 'team' ${empty}`);
  expect(() => objectsOf(raw('receivers: [{name: team, webhook_configs: [{url: "http://x", send_resolved: null}]}]'), everywhere))
    .toThrow(`with teamConfigs, 'send_resolved' in webhook_configs of receiver 'team' ${empty}`);
  expect(() => objectsOf(slack('{{ "" }}'), everywhere)).not.toThrow();
});

test('a selection of no namespace, and of what is none, is refused', () => {
  expect(() => AlertmanagerConfigSelection.inNamespaces()).toThrow('AlertmanagerConfigSelection.inNamespaces: no namespace is named; name some, or use AlertmanagerConfigSelection.everywhere()');
  expect(() => AlertmanagerConfigSelection.inNamespaces('Shop')).toThrow("AlertmanagerConfigSelection.inNamespaces: namespaces[0]: 'Shop' is not the name of a namespace");
});
