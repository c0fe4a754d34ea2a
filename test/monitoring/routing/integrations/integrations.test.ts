import { Duration } from 'cdk8s';
import {
  AlertRouting, CustomProps, DiscordProps, EmailProps, EmailThreading, IncidentIoProps, Integration, JiraApiType, JiraProps,
  MattermostAttachment, MattermostProps, MicrosoftTeamsProps, OpsgeniePriority, OpsgenieProps, OpsgenieResponderType, PagerDutyProps,
  PushoverProps, Receiver, RocketChatProps, SlackProps, SnsProps, TelegramParseMode, TelegramProps, VictorOpsProps, WebexProps, WebhookProps,
  WeChatMessageType, WeChatProps,
} from '../../../../lib/monitoring/routing';
import { Authorization, HttpConfig, SigV4, TlsClient } from '../../../../lib/monitoring/http';
import { accepted, secretKey, secretsOf, settingsOf } from '../support';

const httpConfig: HttpConfig = { proxyUrl: 'http://proxy:3128' };
const rendered = { proxy_url: 'http://proxy:3128' };
const file = (path: string) => `/etc/alertmanager/secrets/${path}`;

test('webhook: all the props', () => {
  const props: Required<Omit<WebhookProps, 'urlFrom'>> = {
    url: 'http://hooks.example.org/{{ .CommonLabels.team }}', maxAlerts: 10, timeout: Duration.seconds(5),
    payload: { text: '{{ .Status }}', n: 1, list: [true] },
    sendResolved: false, httpConfig,
  };
  expect(settingsOf(Integration.webhook(props))).toEqual({
    send_resolved: false, url: props.url, max_alerts: 10, timeout: '5s', payload: { text: '{{ .Status }}', n: 1, list: [true] },
    http_config: rendered,
  });
  expect(settingsOf(Integration.webhook({ urlFrom: secretKey('hook', 'url') }))).toEqual({ url_file: file('hook/url') });
});

test('slack: all the props', () => {
  const props: Required<Omit<SlackProps, 'appToken' | 'updateMessage'>> = {
    channel: '#alerts', apiUrl: secretKey('slack', 'url'), username: 'bot', color: 'danger', title: 'title', titleLink: 'https://example.org/t',
    pretext: 'pretext', text: '{{ range .Alerts }}{{ .Annotations.summary }}{{ end }}', messageText: 'message',
    fields: [{ title: 'a', value: 'b', short: true }],
    shortFields: true, footer: 'footer', fallback: 'fallback', callbackId: 'id', iconEmoji: ':fire:', iconUrl: 'https://example.org/i',
    imageUrl: 'https://example.org/image', thumbUrl: 'https://example.org/thumb', linkNames: true, mrkdwnIn: ['text'], timeout: Duration.seconds(10),
    actions: [
      { text: 'Runbook', url: '{{ .CommonAnnotations.runbook_url }}', style: 'primary' },
      {
        text: 'Silence', name: 'silence', value: '1h', type: 'button',
        confirm: { text: 'Sure?', title: 'Silence', okText: 'Yes', dismissText: 'No' },
      },
    ],
    sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.slack(props))).toEqual({
    send_resolved: true, api_url_file: file('slack/url'), channel: '#alerts', username: 'bot', color: 'danger', title: 'title',
    title_link: 'https://example.org/t', pretext: 'pretext', text: props.text, message_text: 'message',
    fields: [{ title: 'a', value: 'b', short: true }],
    short_fields: true, footer: 'footer', fallback: 'fallback', callback_id: 'id', icon_emoji: ':fire:', icon_url: 'https://example.org/i',
    image_url: 'https://example.org/image', thumb_url: 'https://example.org/thumb', link_names: true, mrkdwn_in: ['text'], timeout: '10s',
    actions: [
      { type: 'button', text: 'Runbook', url: '{{ .CommonAnnotations.runbook_url }}', style: 'primary' },
      {
        type: 'button', text: 'Silence', name: 'silence', value: '1h',
        confirm: { text: 'Sure?', title: 'Silence', ok_text: 'Yes', dismiss_text: 'No' },
      },
    ],
    http_config: rendered,
  });
});

test('slack: an app', () => {
  const appToken = secretKey('slack', 'token');
  expect(settingsOf(Integration.slack({ channel: '#alerts', appToken }))).toEqual({ channel: '#alerts', app_token_file: file('slack/token') });
  expect(settingsOf(Integration.slack({ channel: '#alerts', appToken, updateMessage: true, httpConfig }))).toEqual({
    channel: '#alerts', update_message: true, api_url: 'https://slack.com/api/chat.postMessage',
    http_config: { ...rendered, authorization: { type: 'Bearer', credentials_file: file('slack/token') } },
  });
});

test('email: all the props', () => {
  const props: Required<EmailProps> = {
    to: ['a@example.org', 'Team B <b@example.org>', '{{ .CommonLabels.owner }}'],
    smtp: {
      smarthost: 'smtp.example.org:587', from: 'alerts@example.org', hello: 'cluster', authUsername: 'user',
      authPassword: secretKey('smtp', 'password'),
      authSecret: secretKey('smtp', 'secret'), authIdentity: 'identity', requireTls: true, forceImplicitTls: false, tls: TlsClient.systemCa({ serverName: 'smtp' }),
    },
    headers: { Subject: '{{ .Status }}' }, html: '<b/>', text: 'text', threading: EmailThreading.DAILY, sendResolved: true,
  };
  expect(settingsOf(Integration.email(props))).toEqual({
    send_resolved: true, to: 'a@example.org, Team B <b@example.org>, {{ .CommonLabels.owner }}', from: 'alerts@example.org',
    smarthost: 'smtp.example.org:587',
    hello: 'cluster', auth_username: 'user', auth_password_file: file('smtp/password'), auth_secret_file: file('smtp/secret'),
    auth_identity: 'identity',
    require_tls: true, force_implicit_tls: false, tls_config: { server_name: 'smtp' }, headers: { Subject: '{{ .Status }}' }, html: '<b/>',
    text: 'text',
    threading: { enabled: true, thread_by_date: 'daily' },
  });
  expect(settingsOf(Integration.email({ to: ['a@example.org'] }), { global: { smtp: { smarthost: '[2001:db8::1]:25', from: 'x@example.org' } } }))
    .toEqual({ to: 'a@example.org' });
});

test('pagerDuty: all the props', () => {
  const props: Required<Omit<PagerDutyProps, 'serviceKey'>> = {
    routingKey: secretKey('pd', 'key'), url: 'https://pd.example.org', client: 'client', clientUrl: 'https://example.org', description: 'description',
    severity: '{{ .CommonLabels.severity }}', source: 'source', eventClass: 'class', component: 'component', group: 'group', details: { a: 'b' },
    links: [{ href: 'https://example.org/l', text: 'l' }], images: [{ src: 'https://example.org/i', alt: 'i', href: 'https://example.org' }],
    timeout: Duration.minutes(1), sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.pagerDuty(props))).toEqual({
    send_resolved: true, routing_key_file: file('pd/key'), url: 'https://pd.example.org', client: 'client', client_url: 'https://example.org',
    description: 'description', severity: '{{ .CommonLabels.severity }}', source: 'source', class: 'class', component: 'component', group: 'group',
    details: { a: 'b' }, links: [{ href: 'https://example.org/l', text: 'l' }],
    images: [{ src: 'https://example.org/i', alt: 'i', href: 'https://example.org' }],
    timeout: '1m', http_config: rendered,
  });
  expect(settingsOf(Integration.pagerDuty({ serviceKey: secretKey('pd', 'service') }))).toEqual({ service_key_file: file('pd/service') });
});

test('opsgenie: all the props', () => {
  const props: Required<OpsgenieProps> = {
    apiKey: secretKey('og', 'key'), apiUrl: 'https://api.eu.opsgenie.com/', message: 'message', description: 'description', source: 'source',
    details: { a: 'b' }, entity: 'entity',
    responders: [
      { type: OpsgenieResponderType.TEAM, name: 'ops' }, { type: OpsgenieResponderType.USER, username: 'u' },
      { type: OpsgenieResponderType.SCHEDULE, id: '1' },
    ],
    actions: ['a', 'b'], tags: ['x', 'y'], note: 'note', priority: OpsgeniePriority.P1, updateAlerts: true, sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.opsgenie(props))).toEqual({
    send_resolved: true, api_key_file: file('og/key'), api_url: 'https://api.eu.opsgenie.com/', message: 'message', description: 'description',
    source: 'source',
    details: { a: 'b' }, entity: 'entity',
    responders: [{ name: 'ops', type: 'team' }, { username: 'u', type: 'user' }, { id: '1', type: 'schedule' }],
    actions: 'a,b', tags: 'x,y', note: 'note', priority: 'P1', update_alerts: true, http_config: rendered,
  });
  expect(OpsgeniePriority.of('{{ .CommonLabels.priority }}').value).toBe('{{ .CommonLabels.priority }}');
  expect(settingsOf(Integration.opsgenie({}), { global: { opsgenieApiKey: secretKey('og', 'key') } })).toEqual({});
});

test('microsoftTeams: all the props', () => {
  const props: Required<MicrosoftTeamsProps> = {
    webhookUrl: secretKey('teams', 'url'), title: 'title', text: 'text', sendResolved: false, httpConfig,
  };
  expect(settingsOf(Integration.microsoftTeams(props))).toEqual({
    send_resolved: false, webhook_url_file: file('teams/url'), title: 'title', text: 'text', http_config: rendered,
  });
  expect(Integration.microsoftTeams(props).kind).toBe('msteamsv2_configs');
});

test('discord: all the props', () => {
  const props: Required<DiscordProps> = {
    webhookUrl: secretKey('discord', 'url'), content: 'content', title: 'title', message: 'message', username: 'user',
    avatarUrl: 'https://example.org/a',
    sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.discord(props))).toEqual({
    send_resolved: true, webhook_url_file: file('discord/url'), content: 'content', title: 'title', message: 'message', username: 'user',
    avatar_url: 'https://example.org/a', http_config: rendered,
  });
});

test('telegram: all the props', () => {
  const props: Required<Omit<TelegramProps, 'chatIdFrom'>> = {
    botToken: secretKey('tg', 'token'), chatId: -1001234567890, messageThreadId: 3, apiUrl: 'https://tg.example.org', message: 'message',
    disableNotifications: true, parseMode: TelegramParseMode.MARKDOWN_V2, sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.telegram(props))).toEqual({
    send_resolved: true, bot_token_file: file('tg/token'), chat_id: -1001234567890, message_thread_id: 3, api_url: 'https://tg.example.org',
    message: 'message',
    disable_notifications: true, parse_mode: 'MarkdownV2', http_config: rendered,
  });
  const shared = { global: { telegramBotToken: secretKey('tg', 'token') } };
  expect(settingsOf(Integration.telegram({ chatIdFrom: secretKey('tg', 'chat'), parseMode: TelegramParseMode.PLAIN }), shared))
    .toEqual({ chat_id_file: file('tg/chat'), parse_mode: '' });
});

test('sns: all the props', () => {
  const props: Required<Omit<SnsProps, 'targetArn' | 'phoneNumber'>> = {
    topicArn: 'arn:aws:sns:eu-central-1:123456789012:alerts',
    sigv4: SigV4.profile({
      region: 'eu-central-1', file: secretKey('aws', 'credentials'), profile: 'alerts', roleArn: 'arn:aws:iam::123456789012:role/alerts', externalId: 'x',
      sessionName: 'alerts', tags: { team: 'shop' }, useFipsStsEndpoint: true,
    }),
    apiUrl: 'https://sns.example.org',
    subject: 'subject',
    message: 'message', attributes: { a: 'b' }, useAwsHttpClient: true, sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.sns(props))).toEqual({
    send_resolved: true, topic_arn: props.topicArn, api_url: 'https://sns.example.org',
    sigv4: {
      region: 'eu-central-1', profile: 'alerts', role_arn: 'arn:aws:iam::123456789012:role/alerts', external_id: 'x', session_name: 'alerts',
      tags: { team: 'shop' }, use_fips_sts_endpoint: true,
    },
    subject: 'subject', message: 'message', attributes: { a: 'b' }, use_aws_http_client: true, http_config: rendered,
  });
  const routing = new AlertRouting({ receiver: Receiver.of('sns', Integration.sns(props)) });
  expect(routing._environment()).toEqual({ AWS_SHARED_CREDENTIALS_FILE: file('aws/credentials') });
  expect(secretsOf(routing)).toEqual(['aws/credentials']);
  expect(settingsOf(Integration.sns({ phoneNumber: '+491701234567' }))).toEqual({ phone_number: '+491701234567', sigv4: {} });
  const targetArn = 'arn:aws:sns:eu-central-1:123456789012:endpoint/GCM/x/y';
  expect(settingsOf(Integration.sns({ targetArn }))).toEqual({ target_arn: targetArn, sigv4: {} });
});

test('pushover: all the props', () => {
  const props: Required<Omit<PushoverProps, 'monospace'>> = {
    userKey: secretKey('po', 'user'), token: secretKey('po', 'token'), title: 'title', message: 'message', url: 'https://example.org',
    urlTitle: 'url',
    device: 'device', sound: 'sound', priority: '1', retry: Duration.seconds(90), expire: Duration.hours(2), ttl: Duration.days(1), html: true,
    sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.pushover(props))).toEqual({
    send_resolved: true, user_key_file: file('po/user'), token_file: file('po/token'), title: 'title', message: 'message', url: 'https://example.org',
    url_title: 'url', device: 'device', sound: 'sound', priority: '1', retry: '90s', expire: '2h', ttl: '24h', html: true, http_config: rendered,
  });
  expect(settingsOf(Integration.pushover({ userKey: props.userKey, token: props.token, monospace: true }))).toMatchObject({ monospace: true });
});

test('victorOps: all the props', () => {
  const props: Required<VictorOpsProps> = {
    routingKey: 'ops', apiKey: secretKey('vo', 'key'), apiUrl: 'https://vo.example.org/', messageType: 'WARNING', stateMessage: 'state',
    entityDisplayName: 'entity', monitoringTool: 'tool', customFields: { a: 'b' }, sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.victorOps(props))).toEqual({
    send_resolved: true, api_key_file: file('vo/key'), api_url: 'https://vo.example.org/', routing_key: 'ops', message_type: 'WARNING',
    state_message: 'state',
    entity_display_name: 'entity', monitoring_tool: 'tool', custom_fields: { a: 'b' }, http_config: rendered,
  });
});

test('weChat: all the props', () => {
  const props: Required<WeChatProps> = {
    apiSecret: secretKey('wc', 'secret'), corpId: 'corp', agentId: 'agent', apiUrl: 'https://wc.example.org/', toUser: '@all', toParty: 'party',
    toTag: 'tag',
    message: 'message', messageType: WeChatMessageType.MARKDOWN, sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.weChat(props))).toEqual({
    send_resolved: true, api_secret_file: file('wc/secret'), corp_id: 'corp', agent_id: 'agent', api_url: 'https://wc.example.org/', to_user: '@all',
    to_party: 'party', to_tag: 'tag', message: 'message', message_type: 'markdown', http_config: rendered,
  });
});

test('webex: all the props', () => {
  const props: Required<WebexProps> = {
    roomId: 'room', botToken: secretKey('webex', 'token'), apiUrl: 'https://webex.example.org', message: 'message', sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.webex(props))).toEqual({
    send_resolved: true, room_id: 'room', api_url: 'https://webex.example.org', message: 'message',
    http_config: { ...rendered, authorization: { type: 'Bearer', credentials_file: file('webex/token') } },
  });
});

test('jira: all the props', () => {
  const props: Required<JiraProps> = {
    apiUrl: 'https://example.atlassian.net/rest/api/3/', apiType: JiraApiType.CLOUD, project: 'OPS', issueType: '{{ .CommonLabels.kind }}', summary: 'summary',
    updateSummary: false, description: 'description', updateDescription: true, labels: ['{{ .CommonLabels.team }}'], priority: '{{ .CommonLabels.severity }}',
    resolveTransition: 'Done', reopenTransition: 'Reopen', wontFixResolution: "Won't Do", reopenDuration: Duration.days(3),
    fields: { customfield_10001: '{{ .Status }}', components: [{ name: 'shop' }] }, sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.jira(props))).toEqual({
    send_resolved: true, api_url: 'https://example.atlassian.net/rest/api/3/', api_type: 'cloud', project: 'OPS', issue_type: '{{ .CommonLabels.kind }}',
    summary: { template: 'summary', enable_update: false }, description: 'description', labels: ['{{ .CommonLabels.team }}'], priority: '{{ .CommonLabels.severity }}',
    resolve_transition: 'Done', reopen_transition: 'Reopen', wont_fix_resolution: "Won't Do", reopen_duration: '3d',
    fields: { customfield_10001: '{{ .Status }}', components: [{ name: 'shop' }] }, http_config: rendered,
  });
  const bare = { apiUrl: 'https://jira', project: 'OPS', issueType: 'Bug' };
  expect(settingsOf(Integration.jira({ ...bare, updateDescription: false }))).toEqual({
    api_url: 'https://jira', project: 'OPS', issue_type: 'Bug', description: { enable_update: false },
  });
});

test('mattermost: all the props', () => {
  const card: Required<MattermostAttachment> = {
    color: '#ff0000', pretext: 'pretext', authorName: 'author', authorLink: 'https://example.org/a', authorIcon: 'https://example.org/i', title: 'title',
    titleLink: 'https://example.org/t', text: 'text', fields: [{ title: 'a', value: '{{ .Status }}', short: true }], thumbUrl: 'https://example.org/thumb',
    imageUrl: 'https://example.org/image', footer: 'footer', footerIcon: 'https://example.org/footer', fallback: 'fallback',
  };
  const props: Required<MattermostProps> = {
    ...card, webhookUrl: secretKey('mm', 'url'), channel: 'alerts', username: 'bot', iconUrl: 'https://example.org/icon', iconEmoji: ':fire:', attachments: [card],
    type: 'custom_alert', card: 'card', priority: { priority: 'urgent', requestedAck: true, persistentNotifications: true }, sendResolved: true, httpConfig,
  };
  const written = {
    color: '#ff0000', pretext: 'pretext', author_name: 'author', author_link: 'https://example.org/a', author_icon: 'https://example.org/i', title: 'title',
    title_link: 'https://example.org/t', text: 'text', fields: [{ title: 'a', value: '{{ .Status }}', short: true }], thumb_url: 'https://example.org/thumb',
    image_url: 'https://example.org/image', footer: 'footer', footer_icon: 'https://example.org/footer', fallback: 'fallback',
  };
  expect(settingsOf(Integration.mattermost(props))).toEqual({
    ...written, send_resolved: true, webhook_url_file: file('mm/url'), channel: 'alerts', username: 'bot', icon_url: 'https://example.org/icon', icon_emoji: ':fire:',
    attachments: [written], type: 'custom_alert', props: { card: 'card' }, priority: { priority: 'urgent', requested_ack: true, persistent_notifications: true },
    http_config: rendered,
  });
});

test('rocketchat: all the props', () => {
  const props: Required<RocketChatProps> = {
    apiUrl: 'https://chat.example.org', token: secretKey('rc', 'token'), tokenId: secretKey('rc', 'id'), channel: '#alerts', color: 'red', title: 'title',
    titleLink: 'https://example.org/t', text: 'text', messageText: 'message', fields: [{ title: 'a', value: 'b', short: true }], shortFields: true, emoji: ':fire:',
    iconUrl: 'https://example.org/i', imageUrl: 'https://example.org/image', thumbUrl: 'https://example.org/thumb', linkNames: true,
    actions: [{ text: 'Runbook', url: '{{ .CommonAnnotations.runbook_url }}' }, { text: 'Mine', message: 'mine' }], sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.rocketChat(props))).toEqual({
    send_resolved: true, api_url: 'https://chat.example.org', token_file: file('rc/token'), token_id_file: file('rc/id'), channel: '#alerts', color: 'red', title: 'title',
    title_link: 'https://example.org/t', text: 'text', message_text: 'message', fields: [{ title: 'a', value: 'b', short: true }], short_fields: true, emoji: ':fire:',
    icon_url: 'https://example.org/i', image_url: 'https://example.org/image', thumb_url: 'https://example.org/thumb', link_names: true,
    actions: [{ type: 'button', text: 'Runbook', url: '{{ .CommonAnnotations.runbook_url }}' }, { type: 'button', text: 'Mine', msg: 'mine' }], http_config: rendered,
  });
});

test('incidentio: all the props', () => {
  const props: Required<Omit<IncidentIoProps, 'urlFrom'>> = {
    url: 'https://api.incident.io/v2/alert_events/alertmanager/1', alertSourceToken: secretKey('io', 'token'), maxAlerts: 10, timeout: Duration.seconds(5),
    metadata: { team: '{{ .CommonLabels.team }}' }, sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.incidentIo(props))).toEqual({
    send_resolved: true, url: props.url, alert_source_token_file: file('io/token'), max_alerts: 10, timeout: '5s', metadata: { team: '{{ .CommonLabels.team }}' },
    http_config: rendered,
  });
  const byHeader = { urlFrom: secretKey('io', 'url'), httpConfig: { authorization: Authorization.bearer(secretKey('io', 'token')) } };
  expect(settingsOf(Integration.incidentIo(byHeader))).toEqual({
    url_file: file('io/url'), http_config: { authorization: { type: 'Bearer', credentials_file: file('io/token') } },
  });
});

test('custom: all the props', () => {
  const props: Required<CustomProps> = {
    settings: { channel: '#alerts', short_fields: true, fields: [{ title: 'a', value: 'b' }] },
    secretFiles: { token_file: secretKey('rc', 'token'), token_id_file: secretKey('rc', 'id') },
    sendResolved: true, httpConfig,
  };
  expect(settingsOf(Integration.custom('rocketchat_configs', props))).toEqual({
    send_resolved: true, channel: '#alerts', short_fields: true, fields: [{ title: 'a', value: 'b' }], token_file: file('rc/token'),
    token_id_file: file('rc/id'),
    http_config: rendered,
  });
});

test('custom: what Alertmanager knows beside the typed ones', () => {
  const password = secretKey('x', 'password');
  expect(settingsOf(Integration.custom('jira_configs', {
    settings: { api_url: 'https://jira.example.org', project: 'OPS', issue_type: 'Bug', http_config: { basic_auth: { username: 'u' } } },
    secretFiles: { 'http_config.basic_auth.password_file': password },
  }))).toMatchObject({ http_config: { basic_auth: { username: 'u', password_file: file('x/password') } } });
  expect(settingsOf(Integration.custom('incidentio_configs', {
    settings: { url: 'https://incident.example.org' }, secretFiles: { alert_source_token_file: password },
  }))).toMatchObject({ alert_source_token_file: file('x/password') });
  expect(settingsOf(Integration.custom('mattermost_configs', { secretFiles: { webhook_url_file: password } })))
    .toEqual({ webhook_url_file: file('x/password') });
});

test('a receiver notifies all its integrations', () => {
  const key = secretKey('s', 'k');
  const integrations = [
    Integration.webhook({ url: 'http://x' }), Integration.slack({ channel: '#c', apiUrl: key }), Integration.pagerDuty({ routingKey: key }),
    Integration.email({ to: ['a@example.org'], smtp: { smarthost: 'smtp:25', from: 'a@example.org' } }), Integration.opsgenie({ apiKey: key }),
    Integration.microsoftTeams({ webhookUrl: key }), Integration.telegram({ botToken: key, chatId: 1 }), Integration.sns({ phoneNumber: '+49170123' }),
    Integration.pushover({ userKey: key, token: key }), Integration.victorOps({ apiKey: key, routingKey: 'r' }),
    Integration.weChat({ apiSecret: key, corpId: 'c', toUser: '@all' }), Integration.webex({ roomId: 'r', botToken: key }),
    Integration.jira({ apiUrl: 'https://jira', project: 'OPS', issueType: 'Bug' }), Integration.mattermost({ webhookUrl: key }),
    Integration.rocketChat({ token: key, tokenId: key }), Integration.incidentIo({ url: 'https://io', alertSourceToken: key }),
    Integration.discord({ webhookUrl: key }), Integration.custom('mattermost_configs', { secretFiles: { webhook_url_file: key } }),
  ];
  const all = Receiver.of('all', ...integrations);
  expect(all.integrations).toEqual(integrations);
  expect(new Receiver({ name: 'all', integrations })).toEqual(all);
  expect(accepted({ receiver: all })).toMatchSnapshot();
});

const key = secretKey('s', 'k');
const authorization = Authorization.bearer(key);

test.each<[string, () => unknown, string]>([
  ['webhook without URL', () => Integration.webhook({}), "Integration.webhook: got none of 'url' or 'urlFrom'; give one of them, the URL to post to"],
  [
    'webhook with two URLs', () => Integration.webhook({ url: 'http://x', urlFrom: key }),
    "Integration.webhook: got 'url' and 'urlFrom' of 'url' or 'urlFrom'; give one",
  ],
  [
    'webhook URL', () => Integration.webhook({ url: 'ftp://x' }),
    "Integration.webhook: url: 'ftp://x' is not an absolute http or https URL; write it as 'https://host:port/path'",
  ],
  ['webhook URL without scheme', () => Integration.webhook({ url: 'hooks:8080' }), "'hooks:8080' is not an absolute http or https URL"],
  [
    'webhook URL with password', () => Integration.webhook({ url: 'https://u:p@x/y' }),
    "the URL of 'x' has a user or a password in it, which the manifest would show",
  ],
  [
    'webhook URL template', () => Integration.webhook({ url: 'http://x/{{ .A' }),
    "Integration.webhook: url: the template action '{{ .A' has no closing '}}'; close it",
  ],
  ['webhook maxAlerts', () => Integration.webhook({ url: 'http://x', maxAlerts: -1 }), 'Integration.webhook: maxAlerts: -1 is not a whole number from 0 up; give one, 0 for no limit'],
  [
    'webhook payload', () => Integration.webhook({ url: 'http://x', payload: { at: new Date(0) } }),
    'Integration.webhook: payload.at: got Date; give text',
  ],
  ['webhook payload function', () => Integration.webhook({ url: 'http://x', payload: { at: [Number.NaN] } }), 'Integration.webhook: payload.at[0]: got NaN'],
  ['jira project', () => Integration.jira({ project: ' ', issueType: 'Bug' }), "Integration.jira: 'project' is empty; give the key of a project"],
  ['jira type of issue', () => Integration.jira({ project: 'OPS', issueType: '' }), "Integration.jira: 'issueType' is empty; give the type of the issue, as 'Bug'"],
  ['jira URL', () => Integration.jira({ project: 'OPS', issueType: 'Bug', apiUrl: 'jira' }), "Integration.jira: apiUrl: 'jira' is not an absolute http or https URL"],
  ['jira reopening', () => Integration.jira({ project: 'OPS', issueType: 'Bug', reopenDuration: Duration.seconds(0) }), "Integration.jira: 'reopenDuration' is zero; leave it out"],
  ['jira fields', () => Integration.jira({ project: 'OPS', issueType: 'Bug', fields: { a: new Date(0) } }), 'Integration.jira: fields.a: got Date'],
  ['mattermost priority', () => Integration.mattermost({ priority: { priority: 'high' } }), "Integration.mattermost: priority: 'high' is not a priority; write 'urgent', 'important' or 'standard'"],
  ['mattermost field', () => Integration.mattermost({ attachments: [{ fields: [{ title: '', value: 'a' }] }] }), "Integration.mattermost: attachments[0]: 'fields[0].title' is empty"],
  ['mattermost field without text', () => Integration.mattermost({ fields: [{ title: 'a', value: '' }] }), "Integration.mattermost: 'fields[0].value' is empty"],
  ['mattermost URL', () => Integration.mattermost({ iconUrl: 'x' }), "Integration.mattermost: iconUrl: 'x' is not an absolute http or https URL"],
  ['mattermost URL of a card', () => Integration.mattermost({ titleLink: 'x' }), "Integration.mattermost: titleLink: 'x' is not an absolute http or https URL"],
  ['rocketchat URL', () => Integration.rocketChat({ apiUrl: 'x' }), "Integration.rocketChat: apiUrl: 'x' is not an absolute http or https URL"],
  ['rocketchat button', () => Integration.rocketChat({ actions: [{ text: 'a' }] }), "Integration.rocketChat: actions[0]: neither 'url' nor 'message' is given, so the button 'a' does nothing"],
  ['incidentio without URL', () => Integration.incidentIo({ alertSourceToken: key }), "Integration.incidentIo: got none of 'url' or 'urlFrom'; give one of them, the URL of the alert source"],
  ['incidentio without token', () => Integration.incidentIo({ url: 'https://x' }), "Integration.incidentIo: got none of 'alertSourceToken' or 'httpConfig.authorization'; give one of them, the token"],
  ['incidentio with two tokens', () => Integration.incidentIo({ url: 'https://x', alertSourceToken: key, httpConfig: { authorization } }), "Integration.incidentIo: got 'alertSourceToken' and 'httpConfig.authorization'"],
  ['incidentio maxAlerts', () => Integration.incidentIo({ url: 'https://x', alertSourceToken: key, maxAlerts: 0.5 }), 'Integration.incidentIo: maxAlerts: 0.5 is not a whole number from 0 up; give one, 0 for no limit'],
  ['opsgenie kind of responder', () => OpsgenieResponderType.of('group'), "OpsgenieResponderType.of: 'group' is not a kind of responder; write 'team', 'teams', 'user', 'escalation' or 'schedule', or a template"],
  ['opsgenie template of a kind', () => OpsgenieResponderType.of('{{ .a'), "OpsgenieResponderType.of: the template action '{{ .a' has no closing '}}'"],
  ['slack channel', () => Integration.slack({ channel: ' ', apiUrl: key }), "Integration.slack: 'channel' is empty; name it, as '#alerts'"],
  ['slack both', () => Integration.slack({ channel: '#c', apiUrl: key, appToken: key }), "Integration.slack: got 'apiUrl' and 'appToken'; keep one of them"],
  [
    'slack authorization', () => Integration.slack({ channel: '#c', appToken: key, httpConfig: { authorization } }),
    "Integration.slack: got 'appToken' and 'httpConfig.authorization'",
  ],
  [
    'slack update', () => Integration.slack({ channel: '#c', apiUrl: key, updateMessage: true }),
    "Integration.slack: 'updateMessage' is set without 'appToken'; give the token",
  ],
  [
    'slack field title', () => Integration.slack({ channel: '#c', apiUrl: key, fields: [{ title: '', value: 'x' }] }),
    "Integration.slack: 'title' of a field is empty",
  ],
  [
    'slack field value', () => Integration.slack({ channel: '#c', apiUrl: key, fields: [{ title: 'x', value: '' }] }),
    "Integration.slack: 'value' of field 'x' is empty",
  ],
  [
    'slack action text', () => Integration.slack({ channel: '#c', apiUrl: key, actions: [{ text: '', name: 'x' }] }),
    "Integration.slack: 'text' of an action is empty",
  ],
  [
    'slack action', () => Integration.slack({ channel: '#c', apiUrl: key, actions: [{ text: 'x' }] }),
    "Integration.slack: action 'x': got none of 'url' or 'name'",
  ],
  [
    'slack confirm', () => Integration.slack({ channel: '#c', actions: [{ text: 'x', name: 'y', confirm: { text: '' } }] }),
    "'confirm.text' of action 'x' is empty",
  ],
  [
    'slack text', () => Integration.slack({ channel: '#c', text: '{{ range .Alerts }}x' }),
    "Integration.slack: text: the template block '{{ range .Alerts }}' is not closed",
  ],
  ['email without address', () => Integration.email({ to: [] }), "Integration.email: 'to' is empty; name the address to send to"],
  ['email empty address', () => Integration.email({ to: [''] }), "Integration.email: an address in 'to' is empty; leave it out"],
  ['email address', () => Integration.email({ to: ['team'] }), "Integration.email: to: 'team' is not a mail address; write it as 'team@example.org'"],
  ['email two addresses in one', () => Integration.email({ to: ['a@x, b@x'] }), "Integration.email: to: 'a@x, b@x' is not a mail address"],
  [
    'email smarthost', () => Integration.email({ to: ['a@x'], smtp: { smarthost: 'smtp.example.org' } }),
    "Integration.email: smtp: smarthost: 'smtp.example.org' is not host:port",
  ],
  ['email smarthost port', () => Integration.email({ to: ['a@x'], smtp: { smarthost: 'smtp:99999' } }), "smarthost: 'smtp:99999' has port 99999, which is not a port number"],
  ['email smarthost IPv6', () => Integration.email({ to: ['a@x'], smtp: { smarthost: '2001:db8::1:25' } }), "IPv6 as '[2001:db8::1]:1234'"],
  ['email from', () => Integration.email({ to: ['a@x'], smtp: { from: 'alerts' } }), "Integration.email: smtp: from: 'alerts' is not a mail address"],
  ['email from empty', () => Integration.email({ to: ['a@x'], smtp: { from: '' } }), "Integration.email: smtp: 'from' is empty"],
  ['email header twice', () => Integration.email({ to: ['a@x'], headers: { subject: 'a', Subject: 'b' } }), "'subject' and 'Subject' are one header"],
  ['email header name', () => Integration.email({ to: ['a@x'], headers: { 'a b': 'a' } }), "Integration.email: headers: 'a b' is not a header name"],
  [
    'email threads', () => Integration.email({ to: ['a@x'], headers: { References: 'a' }, threading: EmailThreading.GROUP }),
    "got 'threading' and a header 'References'",
  ],
  [
    'pagerduty without key', () => Integration.pagerDuty({}),
    "Integration.pagerDuty: got none of 'routingKey' or 'serviceKey'; give one of them, the key of the integration",
  ],
  ['pagerduty URL', () => Integration.pagerDuty({ routingKey: key, url: 'x' }), "Integration.pagerDuty: url: 'x' is not an absolute http or https URL"],
  [
    'opsgenie responder', () => Integration.opsgenie({ responders: [{ type: OpsgenieResponderType.TEAM }] }),
    "Integration.opsgenie: a responder: got none of 'name', 'id' or 'username'",
  ],
  [
    'opsgenie priority', () => OpsgeniePriority.of('high'),
    "OpsgeniePriority.of: 'high' is not a priority; write 'P1' to 'P5', or a template that yields one",
  ],
  ['telegram without chat', () => Integration.telegram({ botToken: key }), "Integration.telegram: got none of 'chatId' or 'chatIdFrom'"],
  [
    'telegram chat 0', () => Integration.telegram({ botToken: key, chatId: 0 }),
    "Integration.telegram: 'chatId' is 0; give the chat's number, negative for a group",
  ],
  ['telegram thread', () => Integration.telegram({ botToken: key, chatId: 1, messageThreadId: 0.5 }), "Integration.telegram: 'messageThreadId' is 0.5"],
  ['sns without addressee', () => Integration.sns({}), "Integration.sns: got none of 'topicArn', 'targetArn' or 'phoneNumber'"],
  ['sns two addressees', () => Integration.sns({ topicArn: 'arn:aws:sns:r:1:t', phoneNumber: '+1' }), "Integration.sns: got 'topicArn' and 'phoneNumber' of"],
  ['sns ARN', () => Integration.sns({ topicArn: 'alerts' }), "Integration.sns: topicArn: 'alerts' is not an ARN; write it as 'arn:aws:sns:"],
  ['sns phone', () => Integration.sns({ phoneNumber: '0170' }), "Integration.sns: phoneNumber: '0170' is not in E.164 form; write it as '+491701234567'"],
  ['sns access key', () => Integration.sns({ phoneNumber: '+4917012', sigv4: SigV4.accessKey({ region: 'eu-central-1', accessKey: secretKey('aws', 'a'), secretKey: secretKey('aws', 's') }) }), "Integration.sns: 'sigv4' has an access key, which Alertmanager reads from its configuration alone; use SigV4.podIdentity()"],
  ['pushover html', () => Integration.pushover({ userKey: key, token: key, html: true, monospace: true }), "Integration.pushover: got 'html' and 'monospace'"],
  [
    'pushover priority', () => Integration.pushover({ userKey: key, token: key, priority: '3' }),
    "Integration.pushover: priority: '3' is not a priority; write '-2' to '2'",
  ],
  [
    'pushover retry', () => Integration.pushover({ userKey: key, token: key, retry: Duration.seconds(5) }),
    "Integration.pushover: 'retry' is 5s, which Pushover rejects; give 30s or more",
  ],
  [
    'pushover expire', () => Integration.pushover({ userKey: key, token: key, expire: Duration.hours(4) }),
    "Integration.pushover: 'expire' is 4h, which Pushover rejects; give 3h or less",
  ],
  ['victorops routing key', () => Integration.victorOps({ routingKey: '' }), "Integration.victorOps: 'routingKey' is empty; name the route in VictorOps"],
  [
    'victorops field', () => Integration.victorOps({ routingKey: 'r', customFields: { entity_id: 'x' } }),
    "Integration.victorOps: 'customFields' has 'entity_id', which is VictorOps' own",
  ],
  [
    'wechat for nobody', () => Integration.weChat({ apiSecret: key }),
    "Integration.weChat: got none of 'toUser', 'toParty' and 'toTag', so the message has no addressee",
  ],
  ['webex room', () => Integration.webex({ roomId: '', botToken: key }), "Integration.webex: 'roomId' is empty; name the room"],
  [
    'webex authorization', () => Integration.webex({ roomId: 'r', botToken: key, httpConfig: { authorization } }),
    "Integration.webex: got 'botToken' and 'httpConfig.authorization'",
  ],
  ['discord avatar', () => Integration.discord({ webhookUrl: key, avatarUrl: 'x' }), "Integration.discord: avatarUrl: 'x' is not an absolute http or https URL"],
  [
    'custom kind', () => Integration.custom('RocketChat'),
    "Integration.custom: 'RocketChat' is not the name of a receiver's list; write it as Alertmanager does, 'rocketchat_configs'",
  ],
  [
    'custom secret', () => Integration.custom('x_configs', { settings: { token: 'abc' } }),
    "Integration.custom('x_configs'): settings: 'token' holds a secret, which the manifest would show; name a file in 'secretFiles'",
  ],
  [
    'custom slack URL', () => Integration.custom('slack_configs', { settings: { api_url: 'https://hooks.slack.com/x' } }),
    "Integration.custom('slack_configs'): settings: 'api_url' holds a secret",
  ],
  ['custom URL with password', () => Integration.custom('x_configs', { settings: { url: 'https://a:b@c' } }), "'url' is a URL that has a user or a password in it"],
  ['custom URL with password of another protocol', () => Integration.custom('x_configs', { settings: { url: 'amqp://a:b@c' } }), "'url' is a URL that has a user or a password in it"],
  [
    'custom twice', () => Integration.custom('x_configs', { settings: { a_file: 'x' }, secretFiles: { a_file: key } }),
    "Integration.custom('x_configs'): 'a_file' is in 'settings' and in 'secretFiles'; keep the latter",
  ],
  ['custom key', () => Integration.custom('x_configs', { settings: { shortFields: true } }), "Integration.custom('x_configs'): settings: 'shortFields' is not a key of Alertmanager's configuration; write it as 'short_fields'"],
  ['custom file', () => Integration.custom('x_configs', { secretFiles: { token: key } }), "Integration.custom('x_configs'): secretFiles: 'token' does not name a file; Alertmanager's settings of files end in '_file'"],
  [
    'custom http twice', () => Integration.custom('x_configs', { settings: { http_config: {} }, httpConfig }),
    "'http_config' is in 'settings' and in 'httpConfig'",
  ],
])('%s', (_, act, message) => {
  expect(act).toThrow(message);
});
