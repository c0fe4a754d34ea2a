import { Secret } from 'cdk8s-plus-27';
import { INHIBITION, INTEGRATIONS, key, OTHERS, ROUTE } from './team-routing';
import {
  AlertmanagerConfig, AlertmanagerConfigProps, AlertmanagerConfigSelection, AlertmanagerServer, AlertRouting, AlertRoutingProps, HttpConfig,
  Inhibition, Integration, Matcher, OAuth2, OperatedAlertmanager, Receiver, Route, SecretKey, TelegramParseMode, TimeInterval, TlsClient, Weekday,
  WeekdayRange, YearRange, SigV4,
} from '../../../lib';
import { bytesOf, newChart } from '../../charts';
import { find, Loose, textsOf } from '../../manifests';
import { objectsOf } from '../operated';

function made(props: AlertmanagerConfigProps): Loose {
  const chart = newChart();
  new AlertmanagerConfig(chart, 'routing', props);
  return find(objectsOf(chart), 'AlertmanagerConfig');
}

function specOf(props: AlertRoutingProps): Loose {
  return made({ routing: new AlertRouting(props) }).spec;
}

function to(...integrations: Integration[]): AlertRoutingProps {
  return { receiver: Receiver.of('team', ...integrations) };
}

const hook = (httpConfig: HttpConfig) => to(Integration.webhook({ url: 'http://hook/', httpConfig }));

test('of a routing without props', () => {
  expect(made({ routing: new AlertRouting() })).toMatchSnapshot();
});

test('every prop', () => {
  const props: Required<AlertmanagerConfigProps> = {
    name: 'team', namespace: 'shop', labels: { release: 'kps' }, receivesAllNamespaces: false,
    routing: new AlertRouting(to(Integration.slack({ channel: '#a', apiUrl: key('slack', 'url') }))),
  };
  const { metadata, spec, apiVersion } = made(props);
  expect(apiVersion).toBe('monitoring.coreos.com/v1alpha1');
  expect(metadata).toMatchObject({ name: 'team', namespace: 'shop', labels: { 'release': 'kps', 'app.kubernetes.io/part-of': 'monitoring' } });
  expect(spec.receivers[0]).toEqual({ name: 'team', slackConfigs: [{ channel: '#a', apiURL: { name: 'slack', key: 'url' } }] });
});

test('is called after the chart and itself, as two teams in one namespace may call theirs the same', () => {
  const names = [['cart', 'routing'], ['pay', 'routing'], ['My App', 'Routing_2']].map(([chart, id]) => (
    new AlertmanagerConfig(newChart({ namespace: 'shop' }, chart), id, { routing: new AlertRouting() }).resource.name
  ));
  expect(names).toEqual(['cart-routing', 'pay-routing', 'my-app-routing-2']);
});

test('two syntheses give the same bytes', () => {
  const make = (chart: Parameters<Parameters<typeof bytesOf>[0]>[0]): void => {
    new AlertmanagerConfig(chart, 'routing', { routing: new AlertRouting({ receiver: Receiver.of('all', ...OTHERS), routes: [ROUTE] }) });
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
});

test('says all that an integration has, in the spelling of the resource', () => {
  expect(specOf(to(...Object.values(INTEGRATIONS), ...OTHERS)).receivers).toMatchSnapshot();
});

/** Kinds that the resource has no list for. */
const WITHOUT_FIELD = ['incidentIo', 'jira', 'mattermost'];

test('every factory of Integration but the untyped one is among them, or without a field', () => {
  const factories = Object.entries(Object.getOwnPropertyDescriptors(Integration)).filter(([, { value }]) => typeof value === 'function').map(([name]) => name);
  expect([...Object.keys(INTEGRATIONS), ...WITHOUT_FIELD].sort()).toEqual(factories.filter((name) => name !== 'custom' && name !== 'prototype').sort());
});

test('says routes, inhibitions and time intervals', () => {
  const { route, inhibitRules, muteTimeIntervals } = specOf({ receiver: Receiver.of('team'), routes: [ROUTE], inhibitions: [INHIBITION] });
  expect({ route: route.routes[2], inhibition: inhibitRules.at(-1), muteTimeIntervals }).toMatchSnapshot();
  expect(route).toMatchObject({ receiver: 'team', groupBy: ['alertname', 'namespace'] });
});

test('routes below the first have the fields of a route, which the schema leaves open', () => {
  const fields = ['receiver', 'groupBy', 'groupWait', 'groupInterval', 'repeatInterval', 'matchers', 'continue', 'routes', 'muteTimeIntervals', 'activeTimeIntervals'];
  const routes = (route: Loose): Loose[] => [route, ...(route.routes ?? []).flatMap(routes)];
  const all = routes(specOf({ receiver: Receiver.of('team'), routes: [ROUTE] }).route);
  expect(all).toHaveLength(6);
  expect(all.flatMap((route) => Object.keys(route)).filter((field) => !fields.includes(field))).toEqual([]);
});

test('texts that the operator reads from Secrets alone are in one', () => {
  const chart = newChart();
  const config = new AlertmanagerConfig(chart, 'routing', { namespace: 'shop', routing: new AlertRouting(to(...OTHERS)) });
  expect(config.secret?.toJson()).toMatchObject({ metadata: { name: 'test-routing-clients', namespace: 'shop' } });
  expect(Object.values(textsOf(find(objectsOf(chart), 'Secret')))).toEqual(['me', 'https://slack.com/api/chat.postMessage', 'id']);
  expect(new AlertmanagerConfig(chart, 'other', { routing: new AlertRouting() }).secret).toBeUndefined();
});

test('matchers name the namespace of the resource, or another where alerts of all reach it', () => {
  const routed = (matcher: Matcher, props: Partial<AlertmanagerConfigProps> = {}) => () => (
    made({ namespace: 'shop', routing: new AlertRouting({ routes: [new Route({ matchers: [matcher], receiver: Receiver.of('team') })] }), ...props })
  );
  const others = [Matcher.equal('namespace', 'bank'), Matcher.notEqual('namespace', 'shop'), Matcher.matches('namespace', 'b.*'), Matcher.notMatches('namespace', 'sh.p')];
  const own = [Matcher.equal('namespace', 'shop'), Matcher.notEqual('namespace', 'bank'), Matcher.matches('namespace', 'shop|bank'), Matcher.notMatches('namespace', 'bank')];
  own.forEach((matcher) => expect(routed(matcher)).not.toThrow());
  others.forEach((matcher) => {
    expect(routed(matcher)).toThrow(`has the matcher ${String(matcher)}, and only alerts with namespace="shop" reach this resource`);
    expect(routed(matcher, { receivesAllNamespaces: true })).not.toThrow();
  });
});

test('notes which Alertmanagers use it, and the matcher that the operator adds', () => {
  const notes = (props: Partial<AlertmanagerConfigProps>) => (
    new AlertmanagerConfig(newChart(), 'routing', { routing: new AlertRouting(), ...props }).notes
  );
  expect(notes({ namespace: 'shop', labels: { release: 'kps' } })).toEqual([
    'an Alertmanager uses this configuration when its alertmanagerConfigSelector matches the labels release=kps and its alertmanagerConfigNamespaceSelector '
    + 'matches namespace \'shop\'; the operator adds the matcher namespace="shop" to its routes and inhibitions, so only alerts with that label reach its '
    + 'receivers, unless the Alertmanager sets another alertmanagerConfigMatcherStrategy',
  ]);
  const labelled = newChart({ namespace: 'shop', labels: { team: 'shop' } });
  expect(new AlertmanagerConfig(labelled, 'routing', { routing: new AlertRouting(), labels: { release: 'kps' } }).notes[0])
    .toContain('matches the labels team=shop, release=kps and its');
  expect(notes({})).toEqual([expect.stringContaining('its alertmanagerConfigSelector matches its labels and')]);
  const deadMansSwitch = Receiver.of('switch', INTEGRATIONS.webhook);
  expect(notes({ routing: new AlertRouting({ deadMansSwitch }) })[1]).toBe(
    "the dead man's switch 'switch' gets no heartbeat through that matcher, unless the alert Watchdog has the label too; name the switch where the Alertmanager is made",
  );
});

test('notes are information on the construct, too', () => {
  const deadMansSwitch = Receiver.of('switch', INTEGRATIONS.webhook);
  const { node: { metadata }, notes } = new AlertmanagerConfig(newChart(), 'routing', { routing: new AlertRouting({ deadMansSwitch }) });
  expect(notes).toHaveLength(2);
  expect(metadata.map(({ type, data }) => [type, data])).toEqual(notes.map((text) => ['info', text]));
});

describe('relies on the Alertmanager', () => {
  const relying = (...integrations: Integration[]) => new AlertRouting({ ...to(...integrations), onExistingAlertmanager: true });

  test('for settings and templates that are global there, which a note lists', () => {
    const routing = relying(Integration.email({ to: ['a@example.org'] }), Integration.slack({ channel: '#a', text: '{{ template "platform" . }}' }));
    const { spec } = made({ routing });
    expect(spec.receivers[0]).toEqual({
      name: 'team', emailConfigs: [{ to: 'a@example.org' }], slackConfigs: [{ channel: '#a', text: '{{ template "platform" . }}' }],
    });
    expect(new AlertmanagerConfig(newChart(), 'routing', { routing }).notes[1]).toBe(
      "global settings of the Alertmanager have to give: smarthost of email_configs of receiver 'team', from of email_configs of receiver 'team', apiUrl of "
      + "slack_configs of receiver 'team'; without them no change of its configuration is loaded any more, for no team",
    );
  });

  test('but not for the token of Telegram', () => {
    expect(() => made({ routing: relying(Integration.telegram({ chatId: 1 })) }))
      .toThrow("test/routing: 'botToken' in telegram_configs of receiver 'team' is left to global settings, and the operator refuses the resource without one; give it here");
  });

  test.each([AlertmanagerServer, OperatedAlertmanager])('which is not one of this app: %p', (Kind) => {
    expect(() => new Kind(newChart(), 'alertmanager', { routing: relying() }))
      .toThrow("test/alertmanager: the routing relies on another Alertmanager by 'onExistingAlertmanager'; leave that out, or give the routing to an AlertmanagerConfig");
  });
});

const interval = (more: object) => new TimeInterval({ name: 'night', weekdays: [WeekdayRange.on(Weekday.MONDAY)], ...more });
const muted = (more: object): AlertRoutingProps => ({
  routes: [new Route({ receiver: Receiver.of('team'), muteTimeIntervals: [interval(more)] })],
});
const oauth2 = new OAuth2({ clientId: 'i', clientSecret: key('o', 's'), tokenUrl: 'https://t/', tls: TlsClient.systemCa({ serverName: 'issuer' }) });
const pushover = { userKey: key('po', 'user'), token: key('po', 'token') };
const topicArn = 'arn:aws:sns:eu-west-1:1:a';
const ELSEWHERE = "or rely on the Alertmanager's own by 'onExistingAlertmanager'";

test.each<[string, AlertRoutingProps, string]>([
  ['global settings', { global: { slackApiUrl: key('s', 'u') } }, `the routing has the global setting 'slackApiUrl', and the resource has none; give it to each integration, ${ELSEWHERE}`],
  ['template files', { templates: { shop: '{{ define "shop" }}x{{ end }}' } }, `the routing has the template file 'shop.tmpl', and the resource has none; write the text into the receiver, ${ELSEWHERE}`],
  ['patterns of template files', { templateFiles: ['/etc/t/*.tmpl'] }, "the routing has the template file '/etc/t/*.tmpl'"],
  ['a button of Rocket.Chat, which the resource cannot say to be one', to(Integration.rocketChat({ token: key('r', 't'), tokenId: key('r', 'i'), actions: [{ text: 'a', message: 'b' }] })), "'actions[0].type' in rocketchat_configs of receiver 'team' is not known to the resource; leave it out"],
  ['a kind without a field', to(Integration.jira({ apiUrl: 'https://jira', project: 'A', issueType: 'Bug' })), "receiver 'team' has 'jira_configs', which the resource has no field for; use another integration, or notify it by the routing of the Alertmanager itself"],
  ['an untyped integration', to(Integration.custom('rocketchat_configs', { settings: { token_file: '/t', token_id_file: '/i' } })), "receiver 'team' has 'rocketchat_configs' by Integration.custom(), whose settings the resource may not have; use a typed integration such as Integration.webhook()"],
  ['a setting without a field', to(Integration.slack({ channel: '#a', appToken: key('s', 't') })), "'appToken' in slack_configs of receiver 'team' is not known to the resource; leave it out"],
  ['a nested setting without a field', hook({ headers: { 'X-Team': 'shop' } }), "'httpConfig.httpHeaders' in webhook_configs of receiver 'team' is not known to the resource; leave it out"],
  ['a Secret in the place of a text', to(Integration.telegram({ botToken: key('t', 'b'), chatIdFrom: key('t', 'c') })), "'chatId' in telegram_configs of receiver 'team' is read from a Secret, and the resource has it as text alone; leave it out"],
  ['a payload', to(Integration.webhook({ url: 'http://hook/', payload: { a: 1 } })), "'payload' in webhook_configs of receiver 'team' is a mapping, and the resource has text there; leave it out"],
  ['a setting that the operator drops', to(Integration.pushover({ ...pushover, sound: 'siren' })), "'sound' in pushover_configs of receiver 'team' is a field of the resource that the operator ignores; leave it out"],
  ['the endpoint of FIPS', to(Integration.sns({ topicArn, sigv4: SigV4.podIdentity({ region: 'eu-central-1', useFipsStsEndpoint: true }) })), "'sigv4.useFipsStsEndpoint' in sns_configs of receiver 'team' is a field of the resource that the operator ignores"],
  ['TLS of an issuer', hook({ oauth2 }), "'httpConfig.oauth2.tlsConfig' in webhook_configs of receiver 'team' is a field of the resource that the operator ignores"],
  ['credentials of AWS in a file', to(Integration.sns({ topicArn, sigv4: SigV4.profile({ region: 'eu-central-1', profile: 'alerts', file: key('aws', 'c') }) })), "'sigv4' in sns_configs of receiver 'team' has a file with profiles that the Pods of Alertmanager mount, and the resource mounts none; use SigV4.podIdentity()"],
  ['an empty text', to(Integration.discord({ webhookUrl: key('d', 'u'), title: '' })), "'title' in discord_configs of receiver 'team' is empty, so the operator leaves it out and Alertmanager's own takes its place; write a template that says nothing, '{{ \"\" }}', or leave it out"],
  ['an empty text inside', to(Integration.pagerDuty({ routingKey: key('p', 'k'), images: [{ src: 'https://i', alt: '' }] })), "'images[0].alt' in pagerduty_configs of receiver 'team' is empty, which the resource refuses"],
  ['plain text in Telegram', to(Integration.telegram({ botToken: key('t', 'b'), chatId: 1, parseMode: TelegramParseMode.PLAIN })), "'parseMode' in telegram_configs of receiver 'team' is empty"],
  ['a URL that the resource refuses', to(Integration.opsgenie({ apiKey: key('o', 'k'), apiUrl: '{{ .Receiver }}' })), "'apiUrl' in opsgenie_configs of receiver 'team' is '{{ .Receiver }}', which the resource refuses; write it as ^https?://.+$"],
  ['what looks like a variable', to(Integration.slack({ channel: '#a', apiUrl: key('s', 'u'), text: 'costs $(PRICE)' })), "'costs $(PRICE)' has '$(PRICE)', in whose place the operator's reloader puts an environment variable; say it without '$(', or set it where the Alertmanager is made"],
  ['a time zone', muted({ location: 'Europe/Berlin' }), "'timeIntervals[0].location' in time interval 'night' is not known to the resource; leave it out"],
  ['a year of another millennium', muted({ years: [YearRange.only(1999)] }), "'timeIntervals[0].years[0]' in time interval 'night' is '1999', which the resource refuses"],
  ['the name of an inhibition', { inhibitions: [new Inhibition({ name: 'n', source: [Matcher.equal('a', 'b')], target: [Matcher.equal('c', 'd')] })] }, "'name' in an inhibition is not known to the resource; leave it out"],
])('refuses %s', (_, props, message) => {
  expect(() => specOf(props)).toThrow(`test/routing: ${message}`);
});

test('refuses an existing text', () => {
  const routing = AlertRouting.raw('route: {receiver: a}\nreceivers: [{name: a}]\n');
  expect(() => made({ routing })).toThrow("test/routing: 'routing' is an existing text, and the resource has no place for one; make it by 'new AlertRouting()'");
});

test('refuses a Secret that the app makes in another namespace', () => {
  const chart = newChart();
  const secret = new Secret(chart, 'hook', { metadata: { name: 'hook', namespace: 'bank' }, stringData: { url: 'u' } });
  const routing = new AlertRouting(to(Integration.webhook({ urlFrom: SecretKey.of(secret, 'url') })));
  expect(() => new AlertmanagerConfig(chart, 'routing', { namespace: 'shop', routing })).toThrow("Secret 'hook' is made in namespace 'bank'");
});

test.each<[{ [name: string]: string }, string]>([
  [{ 'the release': 'kps' }, "test/routing: labels: 'the release' is not the key of a Kubernetes label"],
  [{ release: 'k p s' }, "test/routing: labels['release']: 'k p s' is not the value of a Kubernetes label; use at most 63 letters, digits, '-', '_' and '.', a letter or digit first and last"],
])('refuses labels %j', (labels, message) => {
  expect(() => made({ routing: new AlertRouting(), labels })).toThrow(message);
});

describe('is selected', () => {
  test('by labels', () => {
    expect(AlertmanagerConfigSelection.withLabels({ release: 'kps' })._selectors).toEqual({
      alertmanagerConfigSelector: { matchLabels: { release: 'kps' } }, alertmanagerConfigNamespaceSelector: {},
    });
    expect(AlertmanagerConfigSelection.withLabels({ release: 'kps' }, 'shop')._selectors.alertmanagerConfigNamespaceSelector).toEqual({
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }],
    });
  });

  test.each<[() => unknown, string]>([
    [() => AlertmanagerConfigSelection.withLabels({}), 'AlertmanagerConfigSelection.withLabels: no label is given; give some, or use AlertmanagerConfigSelection.everywhere()'],
    [() => AlertmanagerConfigSelection.withLabels({ release: '-' }), "AlertmanagerConfigSelection.withLabels: labels['release']: '-' is not the value of a Kubernetes label"],
    [() => AlertmanagerConfigSelection.withLabels({ release: 'kps' }, 'Shop'), "AlertmanagerConfigSelection.withLabels: namespaces[0]: 'Shop' is not the name of a namespace"],
  ])('refuses %#', (make, message) => {
    expect(make).toThrow(message);
  });
});
