import { ApiObject, Chart } from 'cdk8s';
import { parse } from 'yaml';
import { comparable } from './compare';
import { certificate, KubeObject, operatorAlertmanager } from './parity';
import {
  AlertmanagerConfig, AlertmanagerConfigSelection, AlertRouting, AlertRoutingProps, Inhibition, Integration, Matcher, OperatedAlertmanager,
  Receiver, Route,
} from '../../lib';
import { parsePromDuration } from '../../lib/units';
import { visitLeaves } from '../../lib/wire/data';
import { checkConfiguration, receiversIn } from '../amtool';
import { manifests, newChart } from '../charts';
import { INHIBITION, INTEGRATIONS, OTHERS, ROUTE } from '../operator/alertmanager/team-routing';

const NAMESPACE = 'shop';
const NAME = 'team';
const MATCHER = `namespace="${NAMESPACE}"`;
const platform = new AlertRouting({ receiver: Receiver.of('platform', Integration.webhook({ url: 'http://platform/' })) });

/** The Secrets and ConfigMaps that a routing names, each value a URL of where it is from; those of TLS are a certificate and its key. */
function namedBy(routing: AlertRouting): KubeObject[] {
  const pair = certificate();
  const objects = new Map<string, KubeObject>();
  visitLeaves(routing._files(), ({ key, configMapKey }) => {
    const [kind, name, entry] = key === undefined ? ['ConfigMap', configMapKey?.configMap.name, configMapKey?.key] : ['Secret', key.secret.name, key.key];
    const field = key === undefined ? 'data' : 'stringData';
    const object = objects.get(`${kind}/${name}`) ?? { apiVersion: 'v1', kind, metadata: { name, namespace: NAMESPACE }, [field]: {} };
    const pem: { readonly [entry: string]: string } = { 'tls.crt': pair.certificate, 'tls.key': pair.privateKey, 'ca.crt': pair.certificate };
    object[field][entry ?? ''] = pem[entry ?? ''] ?? `https://${name}/${entry}`;
    objects.set(`${kind}/${name}`, object);
  });
  return [...objects.values()];
}

/** The configuration that the operator writes for an Alertmanager that selects the resource of a team. */
function operated(routing: AlertRouting, ofAlertmanager: AlertRouting = platform): string {
  const chart: Chart = newChart();
  new OperatedAlertmanager(chart, 'alertmanager', {
    routing: ofAlertmanager, teamConfigs: AlertmanagerConfigSelection.withLabels({ release: 'kps' }, NAMESPACE),
  });
  new AlertmanagerConfig(chart, 'routing', { name: NAME, namespace: NAMESPACE, routing, labels: { release: 'kps' } });
  const { configuration, selected } = operatorAlertmanager([...manifests(chart), ...namedBy(routing)]);
  expect(selected).toEqual([`${NAMESPACE}/${NAME}`]);
  return configuration;
}

const EMPTY = ['insecure_skip_verify', 'short_fields', 'link_names', 'client_secret', 'sigv4'];

/** Settings without what is the same as nothing, durations in milliseconds, names without those that the operator puts before them. */
function told(value: unknown, name: string = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => told(item, name));
  }
  if (typeof value === 'string') {
    const text = value.replace(`${NAMESPACE}/${NAME}/`, '').replace(/^https:\/\/([^/.]+)\/([^/]+)$/, '$1/$2');
    return /timeout|retry|expire|ttl|_wait|_interval$/.test(name) ? parsePromDuration(text)?.toMilliseconds() : text;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, told(inner, key)]);
  const isEmpty = (inner: unknown) => inner === false || inner === '' || JSON.stringify(inner) === '{}';
  return Object.fromEntries(entries.filter(([key, inner]) => !(EMPTY.includes(key) && isEmpty(inner))));
}

/** Routes as they are but for the matcher and the `continue` that the operator gives the top of a team's. */
function ofTeam(configuration: string): { readonly [part: string]: unknown } {
  const { route, receivers, inhibit_rules: rules, mute_time_intervals: times } = parse(configuration);
  const [{ continue: goesOn, matchers, ...top }] = route.routes;
  expect({ goesOn, matchers }).toEqual({ goesOn: true, matchers: [MATCHER] });
  const mine = ({ name }: KubeObject) => name.startsWith(`${NAMESPACE}/${NAME}/`);
  const inhibitions = rules.filter(({ source_matchers: source }: KubeObject) => source.includes(MATCHER)).map((rule: KubeObject) => {
    const without = (list: string[]) => list.filter((matcher) => matcher !== MATCHER);
    return { ...rule, source_matchers: without(rule.source_matchers), target_matchers: without(rule.target_matchers) };
  });
  return { route: top, receivers: receivers.filter(mine), inhibit_rules: inhibitions, time_intervals: times.filter(mine) };
}

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

function plain(routing: AlertRouting): { readonly [part: string]: unknown } {
  const document = parse(routing._toYaml());
  for (const { time_intervals: periods } of document.time_intervals) {
    periods.filter(({ months }: KubeObject) => months !== undefined).forEach((period: KubeObject) => {
      period.months = period.months.map((range: string) => range.split(':').map((month) => MONTHS.indexOf(month) + 1).join(':'));
    });
  }
  return document;
}

function routingOf(props: AlertRoutingProps): AlertRouting {
  return new AlertRouting(props);
}

test('the operator makes of the resource what the routing itself says', () => {
  const routing = routingOf({
    receiver: Receiver.of('all', ...Object.values(INTEGRATIONS), ...OTHERS), routes: [ROUTE], inhibitions: [INHIBITION],
  });
  const configuration = operated(routing);
  expect(told(comparable(ofTeam(configuration)))).toEqual(told(comparable(plain(routing))));
  expect(checkConfiguration({ 'alertmanager.yaml': configuration })).toContain('SUCCESS');
});

test('labels may have any name', () => {
  const names = ['service.name', 'a b', 'quote"s', '=~{}'];
  const hook = (name: string) => Receiver.of(name, Integration.webhook({ url: 'http://hook/' }));
  const configuration = operated(routingOf({
    receiver: hook('shop'), routes: names.map((name, i) => new Route({ groupBy: names, matchers: [Matcher.equal(name, 'x')], receiver: hook(`r${i}`) })),
    inhibitions: [new Inhibition({ source: [Matcher.equal('service.name', 'x')], target: [Matcher.equal('a b', 'x')], equal: names })],
  }));
  expect(checkConfiguration({ 'alertmanager.yaml': configuration })).toContain('SUCCESS');
  expect(receiversIn({ 'alertmanager.yaml': configuration }, { '"a b"': 'x', namespace: NAMESPACE })).toEqual(['shop/team/r1', 'platform']);
  expect(receiversIn({ 'alertmanager.yaml': configuration }, { '"service.name"': 'x', namespace: NAMESPACE })).toEqual(['shop/team/r0', 'platform']);
});

test('settings may be left to the global ones of the Alertmanager', () => {
  const routing = routingOf({ receiver: Receiver.of('mail', Integration.email({ to: ['a@example.org'] })), onExistingAlertmanager: true });
  const global = { smtp: { smarthost: 'smtp.example.org:587', from: 'alerts@example.org' } };
  const configuration = operated(routing, new AlertRouting({ global }));
  expect(parse(configuration).receivers).toContainEqual({ name: 'shop/team/mail', email_configs: [{ to: 'a@example.org' }] });
  expect(checkConfiguration({ 'alertmanager.yaml': configuration })).toContain('SUCCESS');
  expect(() => operated(routing)).toThrow('SMTP smarthost is a mandatory field');
});

test('the operator ignores the fields of the resource that are errors here', () => {
  const from = (entry: string) => ({ name: 'keys', key: entry });
  const receiver = {
    name: 'all',
    pushoverConfigs: [{ userKey: from('user'), token: from('token'), sound: 'siren' }],
    snsConfigs: [{ topicARN: 'arn:aws:sns:eu-west-1:1:a', sigv4: { region: 'eu-west-1', useFIPSSTSEndpoint: true } }],
    webhookConfigs: [{
      url: 'http://hook/',
      httpConfig: { oauth2: { clientId: { secret: from('id') }, clientSecret: from('secret'), tokenUrl: 'https://t/', tlsConfig: { serverName: 'issuer' } } },
    }],
  };
  const chart = newChart();
  new OperatedAlertmanager(chart, 'alertmanager', { teamConfigs: AlertmanagerConfigSelection.everywhere() });
  new ApiObject(chart, 'Team', {
    apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'AlertmanagerConfig', metadata: { name: NAME, namespace: NAMESPACE },
    spec: { route: { receiver: 'all' }, receivers: [receiver] },
  });
  const keys = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: NAMESPACE }, stringData: { user: 'u', token: 't', id: 'i', secret: 's' } };
  const { configuration } = operatorAlertmanager([...manifests(chart), keys]);
  expect(configuration).toContain('token_url: https://t/');
  expect(configuration).not.toMatch(/siren|fips|issuer/);
});

describe('alerts reach', () => {
  const hook = (name: string) => Receiver.of(name, Integration.webhook({ url: 'http://hook/' }));
  const configuration = () => operated(routingOf({
    receiver: hook('shop'),
    routes: [
      new Route({ matchers: [Matcher.equal('severity', 'critical')], receiver: hook('pages'), continue: true }),
      new Route({ matchers: [Matcher.matches('tier', 'a|b')], receiver: hook('tiers') }),
    ],
  }));

  test.each<[{ readonly [label: string]: string }, string]>([
    [{ alertname: 'Down', namespace: 'shop' }, 'shop/team/shop,platform'],
    [{ alertname: 'Down', namespace: 'shop', severity: 'critical', tier: 'b' }, 'shop/team/pages,shop/team/tiers,platform'],
    [{ alertname: 'Down', namespace: 'bank', severity: 'critical' }, 'platform'],
    [{ alertname: 'Down' }, 'platform'],
    [{ alertname: 'InfoInhibitor', namespace: 'shop' }, 'shop/team/null,null'],
  ])('of %j', (labels, receivers) => {
    expect(receiversIn({ 'alertmanager.yaml': configuration() }, labels).join()).toBe(receivers);
  });
});
