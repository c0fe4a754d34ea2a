import { Duration } from 'cdk8s';
import { ConfigMap, Secret } from 'cdk8s-plus-27';
import {
  Authorization, BasicAuth, ConfigMapKey, DayOfMonthRange, DiscordProps, EmailProps, EmailThreading, HttpConfig, Inhibition, Integration, Matcher,
  MicrosoftTeamsProps, Month, MonthRange, OAuth2, OpsgeniePriority, OpsgenieProps, OpsgenieResponderType, PagerDutyProps, PushoverProps, Receiver,
  RocketChatProps, Route, RouteProps, SecretKey, SlackProps, SmtpSettings, SnsProps, TelegramParseMode, TelegramProps, TimeInterval,
  TimeIntervalProps, TimeRange, TlsClient, TlsVersion, VictorOpsProps, WebexProps, WebhookProps, Weekday, WeekdayRange, WeChatMessageType,
  WeChatProps, YearRange, SigV4,
} from '../../../lib';
import { newChart } from '../../charts';

export function key(secret: string, name: string): SecretKey {
  return SecretKey.of(Secret.fromSecretName(newChart(), `${secret}-${name}`, secret), name);
}

const httpConfig: HttpConfig = { proxyUrl: 'http://proxy:3128' };

const smtp: Required<SmtpSettings> = {
  smarthost: 'smtp.example.org:587', from: 'alerts@example.org', hello: 'cluster', authUsername: 'user', authPassword: key('smtp', 'password'),
  authSecret: key('smtp', 'secret'), authIdentity: 'identity', requireTls: false, forceImplicitTls: true,
  tls: TlsClient.systemCa({ serverName: 'smtp', minVersion: TlsVersion.TLS_1_2, maxVersion: TlsVersion.TLS_1_3 }),
};

const webhook: Required<Omit<WebhookProps, 'urlFrom' | 'payload'>> = {
  url: 'http://hooks.example.org/{{ .CommonLabels.team }}', maxAlerts: 10, timeout: Duration.seconds(5), sendResolved: false, httpConfig,
};
const slack: Required<Omit<SlackProps, 'appToken' | 'updateMessage'>> = {
  channel: '#alerts', apiUrl: key('slack', 'url'), username: 'bot', color: 'danger', title: 'title', titleLink: 'https://example.org/t',
  pretext: 'pretext', text: '{{ range .Alerts }}{{ .Annotations.summary }}{{ end }}', messageText: 'message',
  fields: [{ title: 'a', value: 'b', short: true }], shortFields: true, footer: 'footer', fallback: 'fallback', callbackId: 'id',
  iconEmoji: ':fire:', iconUrl: 'https://example.org/i', imageUrl: 'https://example.org/image', thumbUrl: 'https://example.org/thumb',
  linkNames: true, mrkdwnIn: ['text'], timeout: Duration.seconds(10), sendResolved: true, httpConfig,
  actions: [
    { text: 'Runbook', url: '{{ .CommonAnnotations.runbook_url }}', style: 'primary' },
    { text: 'Silence', name: 'silence', value: '1h', type: 'button', confirm: { text: 'Sure?', title: 'Silence', okText: 'Yes', dismissText: 'No' } },
  ],
};
const email: Required<EmailProps> = {
  to: ['a@example.org', '{{ .CommonLabels.owner }}'], smtp, headers: { Subject: '{{ .Status }}', 'X-Empty': '' }, html: '', text: 'text',
  threading: EmailThreading.DAILY, sendResolved: true,
};
const pagerDuty: Required<Omit<PagerDutyProps, 'serviceKey'>> = {
  routingKey: key('pd', 'key'), url: 'https://pd.example.org', client: 'client', clientUrl: 'https://example.org', description: 'description',
  severity: '{{ .CommonLabels.severity }}', source: 'source', eventClass: 'class', component: 'component', group: 'group', details: { a: 'b' },
  links: [{ href: 'https://example.org/l', text: 'l' }], images: [{ src: 'https://example.org/i', alt: 'i', href: 'https://example.org' }],
  timeout: Duration.minutes(1), sendResolved: true, httpConfig,
};
const opsgenie: Required<OpsgenieProps> = {
  apiKey: key('og', 'key'), apiUrl: 'https://api.eu.opsgenie.com/', message: 'message', description: 'description', source: 'source',
  details: { a: 'b' }, entity: 'entity',
  responders: [
    { type: OpsgenieResponderType.TEAM, name: 'ops' }, { type: OpsgenieResponderType.USER, username: 'u' },
    { type: OpsgenieResponderType.SCHEDULE, id: '1' },
  ],
  actions: ['a', 'b'], tags: ['x', 'y'], note: 'note', priority: OpsgeniePriority.P1, updateAlerts: true, sendResolved: true, httpConfig,
};
const microsoftTeams: Required<MicrosoftTeamsProps> = { webhookUrl: key('teams', 'url'), title: 'title', text: 'text', sendResolved: false, httpConfig };
const discord: Required<DiscordProps> = {
  webhookUrl: key('discord', 'url'), content: 'content', title: 'title', message: 'message', username: 'user', avatarUrl: 'https://example.org/a',
  sendResolved: true, httpConfig,
};
const telegram: Required<Omit<TelegramProps, 'chatIdFrom'>> = {
  botToken: key('tg', 'token'), chatId: -1001234567890, messageThreadId: 3, apiUrl: 'https://tg.example.org', message: 'message',
  disableNotifications: true, parseMode: TelegramParseMode.MARKDOWN_V2, sendResolved: true, httpConfig,
};
const sns: Required<Omit<SnsProps, 'targetArn' | 'phoneNumber'>> = {
  topicArn: 'arn:aws:sns:eu-central-1:123456789012:alerts',
  sigv4: SigV4.podIdentity({ region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/alerts', externalId: 'x' }),
  apiUrl: 'https://sns.example.org', subject: 'subject', message: 'message', attributes: { a: 'b' }, useAwsHttpClient: true,
  sendResolved: true, httpConfig,
};
const pushover: Required<Omit<PushoverProps, 'monospace' | 'sound'>> = {
  userKey: key('po', 'user'), token: key('po', 'token'), title: 'title', message: 'message', url: 'https://example.org', urlTitle: 'url',
  device: 'device', priority: '1', retry: Duration.seconds(90), expire: Duration.hours(2), ttl: Duration.days(1), html: true, sendResolved: true,
  httpConfig,
};
const victorOps: Required<VictorOpsProps> = {
  routingKey: 'ops', apiKey: key('vo', 'key'), apiUrl: 'https://vo.example.org/', messageType: 'WARNING', stateMessage: 'state',
  entityDisplayName: 'entity', monitoringTool: 'tool', customFields: { a: 'b' }, sendResolved: true, httpConfig,
};
const weChat: Required<WeChatProps> = {
  apiSecret: key('wc', 'secret'), corpId: 'corp', agentId: 'agent', apiUrl: 'https://wc.example.org/', toUser: '@all', toParty: 'party', toTag: 'tag',
  message: 'message', messageType: WeChatMessageType.MARKDOWN, sendResolved: true, httpConfig,
};
const webex: Required<WebexProps> = {
  roomId: 'room', botToken: key('webex', 'token'), apiUrl: 'https://webex.example.org', message: 'message', sendResolved: true, httpConfig,
};

const rocketChat: Required<Omit<RocketChatProps, 'messageText' | 'actions'>> = {
  apiUrl: 'https://chat.example.org', token: key('rc', 'token'), tokenId: key('rc', 'id'), channel: '#alerts', color: 'red', title: 'title',
  titleLink: 'https://example.org/t', text: 'text', fields: [{ title: 'a', value: 'b', short: true }], shortFields: true, emoji: ':fire:',
  iconUrl: 'https://example.org/i', imageUrl: 'https://example.org/image', thumbUrl: 'https://example.org/thumb', linkNames: true,
  sendResolved: true, httpConfig,
};

/** An integration of each kind, with all the props that the resource has. */
export const INTEGRATIONS: { readonly [factory: string]: Integration } = {
  webhook: Integration.webhook(webhook),
  slack: Integration.slack(slack),
  email: Integration.email(email),
  pagerDuty: Integration.pagerDuty(pagerDuty),
  opsgenie: Integration.opsgenie(opsgenie),
  microsoftTeams: Integration.microsoftTeams(microsoftTeams),
  discord: Integration.discord(discord),
  telegram: Integration.telegram(telegram),
  sns: Integration.sns(sns),
  pushover: Integration.pushover(pushover),
  victorOps: Integration.victorOps(victorOps),
  weChat: Integration.weChat(weChat),
  webex: Integration.webex(webex),
  rocketChat: Integration.rocketChat(rocketChat),
};

const hook = (client: HttpConfig) => Integration.webhook({ urlFrom: key('hook', 'url'), httpConfig: client });
const oauth2 = new OAuth2({
  clientId: 'id', clientSecret: key('oauth', 'secret'), tokenUrl: 'https://tokens.example.org/', scopes: ['a'], endpointParams: { a: 'b' },
  proxyUrl: 'http://proxy:3128', noProxy: ['a', 'b'],
});
const authority = ConfigMapKey.of(ConfigMap.fromConfigMapName(newChart(), 'ca', 'authority'), 'ca.crt');

/** What the integrations of `INTEGRATIONS` leave out because it excludes something else, and every client of HTTP. */
export const OTHERS: readonly Integration[] = [
  hook({ authorization: Authorization.bearer(key('hook', 'token')), followRedirects: false, enableHttp2: false, noProxy: ['a'], proxyUrl: 'http://proxy:1' }),
  hook({ basicAuth: new BasicAuth({ username: 'me', password: key('hook', 'password') }), proxyFromEnvironment: true }),
  hook({ oauth2, tls: TlsClient.configMapCa(authority, { certificate: key('tls', 'tls.crt'), privateKey: key('tls', 'tls.key') }) }),
  hook({ tls: TlsClient.secretCa(key('tls', 'tls.crt')) }),
  hook({ tls: TlsClient.insecureSkipVerify() }),
  Integration.slack({ channel: '#a', appToken: key('slack', 'token'), updateMessage: true }),
  Integration.pagerDuty({ serviceKey: key('pd', 'service') }),
  Integration.sns({ phoneNumber: '+491701234567' }),
  Integration.sns({ targetArn: 'arn:aws:sns:eu-central-1:123456789012:endpoint/GCM/x/y' }),
  Integration.pushover({ userKey: key('po', 'user'), token: key('po', 'token'), monospace: true }),
];

const interval: Required<Omit<TimeIntervalProps, 'location'>> = {
  name: 'out-of-office',
  times: [TimeRange.between('00:00', '08:00'), TimeRange.between('18:00', '24:00')],
  weekdays: [WeekdayRange.between(Weekday.FRIDAY, Weekday.MONDAY), WeekdayRange.on(Weekday.WEDNESDAY)],
  daysOfMonth: [DayOfMonthRange.between(1, -1), DayOfMonthRange.on(-3)],
  months: [MonthRange.between(Month.NOVEMBER, Month.FEBRUARY), MonthRange.only(Month.MAY)],
  years: [YearRange.between(2024, 2030), YearRange.only(2040)],
  further: [{ weekdays: [WeekdayRange.on(Weekday.SUNDAY)] }],
};
const outOfOffice = new TimeInterval(interval);
const night = new TimeInterval({ name: 'night', times: [TimeRange.between('22:00', '24:00')] });

const route: Required<Omit<RouteProps, 'groupByAll'>> = {
  receiver: Receiver.of('pages', INTEGRATIONS.pagerDuty),
  matchers: [
    Matcher.equal('severity', 'critical'), Matcher.notEqual('team', ''), Matcher.matches('tier', 'a|b'), Matcher.notMatches('quote', 'a "b" \\\\ c'),
  ],
  continue: true,
  groupBy: ['alertname', 'pod'],
  groupWait: Duration.seconds(0),
  groupInterval: Duration.minutes(90),
  repeatInterval: Duration.hours(36),
  muteTimeIntervals: [outOfOffice, outOfOffice],
  activeTimeIntervals: [night],
  routes: [new Route({ matchers: [Matcher.equal('a', 'b')], groupByAll: true, routes: [new Route({ matchers: [Matcher.equal('c', '')], receiver: Receiver.none() })] })],
};

/** A route with all that one can have. */
export const ROUTE = new Route(route);

export const INHIBITION = new Inhibition({ source: [Matcher.equal('alertname', 'ShopDown')], target: [Matcher.matches('severity', 'warning|info')], equal: ['shop'] });
