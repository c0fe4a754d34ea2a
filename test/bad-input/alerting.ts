import { Chart } from 'cdk8s';
import { existing, Mistake, prometheus, secretOf } from './support';
import {
  AlertmanagerConfig, AlertmanagerConfigProps, AlertmanagerServer, AlertRouting, AlertRoutingProps, ExistingAlertmanager, IAlertmanager,
  Inhibition, Integration, KubernetesMonitoring, Matcher, OperatedAlertmanager, Receiver, Route, SecretKey, TimeInterval, WebConfig, Weekday,
  WeekdayRange,
} from '../../lib';

const url = (chart: Chart): SecretKey => SecretKey.of(existing(chart, 'chat'), 'url');

/** A team's routing, as a resource for an Alertmanager that exists. */
function ofTeam(chart: Chart, routing: AlertRoutingProps, props: Partial<AlertmanagerConfigProps> = {}): void {
  new AlertmanagerConfig(chart, 'routing', { routing: new AlertRouting(routing), ...props });
}

function to(chart: Chart, integration: Integration): void {
  ofTeam(chart, { receiver: Receiver.of('chat', integration) });
}

function pushover(chart: Chart): { readonly userKey: SecretKey; readonly token: SecretKey } {
  const secret = existing(chart, 'pushover');
  return { userKey: SecretKey.of(secret, 'user'), token: SecretKey.of(secret, 'token') };
}

function send(chart: Chart, ...alertmanagers: Array<() => IAlertmanager>): void {
  const sender = prometheus(chart);
  alertmanagers.forEach((make) => sender.sendAlertsTo(make()));
}

/** Mistakes of apps whose Alertmanager, or whose configuration of it, is made elsewhere. */
export const ALERTING: Mistake[] = [
  {
    mistake: 'global settings in the routing of a team',
    place: 'shop/routing: the routing', value: "global setting 'slackApiUrl'", wayOut: "give it to each integration, or rely on the Alertmanager's own",
    app: (chart) => ofTeam(chart, { global: { slackApiUrl: url(chart) } }),
  },
  {
    mistake: 'templates in the routing of a team',
    place: 'shop/routing: the routing', value: "template file 'shop.tmpl'", wayOut: 'write the text into the receiver',
    app: (chart) => ofTeam(chart, { templates: { shop: '{{ define "shop" }}x{{ end }}' } }),
  },
  {
    mistake: 'an existing text as the routing of a team',
    place: "shop/routing: 'routing'", value: 'an existing text', wayOut: "make it by 'new AlertRouting()'",
    app: (chart) => ofTeam(chart, {}, { routing: AlertRouting.raw('route: {receiver: a}\nreceivers: [{name: a}]\n') }),
  },
  {
    mistake: 'an untyped integration in the routing of a team',
    place: "shop/routing: receiver 'chat'", value: "'mattermost_configs' by Integration.custom()", wayOut: 'use a typed integration such as Integration.webhook()',
    app: (chart) => to(chart, Integration.custom('mattermost_configs', { secretFiles: { webhook_url_file: url(chart) } })),
  },
  {
    mistake: 'the token of a Slack app in the routing of a team',
    place: "shop/routing: 'appToken' in slack_configs of receiver 'chat'", value: 'is not known to the resource', wayOut: 'leave it out',
    app: (chart) => to(chart, Integration.slack({ channel: '#a', appToken: url(chart) })),
  },
  {
    mistake: 'headers in the routing of a team',
    place: "webhook_configs of receiver 'chat'", value: "'httpConfig.httpHeaders'", wayOut: 'leave it out',
    app: (chart) => to(chart, Integration.webhook({ url: 'http://hook/', httpConfig: { headers: { 'X-Team': 'shop' } } })),
  },
  {
    mistake: 'a sound in the routing of a team',
    place: "pushover_configs of receiver 'chat'", value: "'sound'", wayOut: 'leave it out',
    app: (chart) => to(chart, Integration.pushover({ ...pushover(chart), sound: 'siren' })),
  },
  {
    mistake: 'a time zone in the routing of a team',
    place: "time interval 'night'", value: "'timeIntervals[0].location'", wayOut: 'leave it out',
    app: (chart) => {
      const night = new TimeInterval({ name: 'night', weekdays: [WeekdayRange.on(Weekday.MONDAY)], location: 'Europe/Berlin' });
      ofTeam(chart, { routes: [new Route({ receiver: Receiver.of('chat'), muteTimeIntervals: [night] })] });
    },
  },
  {
    mistake: 'a named inhibition in the routing of a team',
    place: "shop/routing: 'name' in an inhibition", value: 'is not known to the resource', wayOut: 'leave it out',
    app: (chart) => ofTeam(chart, {
      inhibitions: [new Inhibition({ name: 'cluster', source: [Matcher.equal('alertname', 'ClusterDown')], target: [Matcher.equal('team', 'shop')] })],
    }),
  },
  {
    mistake: 'a Secret of another namespace in the routing of a team',
    place: 'shop/routing', value: "Secret 'hook' is made in namespace 'bank'", wayOut: 'make it there',
    app: (chart) => to(chart, Integration.webhook({ urlFrom: SecretKey.of(secretOf(chart, 'hook', { url: 'u' }, 'bank'), 'url') })),
  },
  {
    mistake: 'a label that is none on the routing of a team',
    place: 'shop/routing: labels', value: "'k p s'", wayOut: 'use at most 63 letters, digits',
    app: (chart) => ofTeam(chart, {}, { labels: { release: 'k p s' } }),
  },
  {
    mistake: 'a routing that relies on another Alertmanager for one of this app',
    place: 'shop/alertmanager', value: "'onExistingAlertmanager'", wayOut: 'leave that out, or give the routing to an AlertmanagerConfig',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', { routing: new AlertRouting({ onExistingAlertmanager: true }) }),
  },
  {
    mistake: 'passwords of the web server of an Alertmanager of the operator',
    place: 'shop/alertmanager', value: "no passwords from 'web'", wayOut: 'use WebConfig.tls(), or AlertmanagerServer',
    app: (chart) => new OperatedAlertmanager(chart, 'alertmanager', { web: WebConfig.fromSecret(SecretKey.of(existing(chart, 'web'), 'web.yml')) }),
  },
  {
    mistake: 'the token of Telegram left to an Alertmanager that exists',
    place: "shop/routing: 'botToken' in telegram_configs", value: 'is left to global settings', wayOut: 'give it here',
    app: (chart) => ofTeam(chart, { receiver: Receiver.of('chat', Integration.telegram({ chatId: 1 })), onExistingAlertmanager: true }),
  },
  {
    mistake: 'an Alertmanager by the host name of its Service',
    place: 'serviceName', value: "'alertmanager.alerts.svc'", wayOut: 'use at most 63 lower-case letters',
    app: (chart) => send(chart, () => new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager.alerts.svc' })),
  },
  {
    mistake: 'an Alertmanager in a namespace that can be none',
    place: 'ExistingAlertmanager: namespace', value: "'Alerts'", wayOut: 'lower-case letters, digits and dashes',
    app: (chart) => send(chart, () => new ExistingAlertmanager({ namespace: 'Alerts', serviceName: 'alertmanager' })),
  },
  {
    mistake: 'the number of an Alertmanager\'s port as its name',
    place: "ExistingAlertmanager 'alerts/alertmanager': portName", value: "'web:9093'", wayOut: "a number goes into 'port'",
    app: (chart) => send(chart, () => new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager', portName: 'web:9093' })),
  },
  {
    mistake: 'an Alertmanager outside of the cluster by its URL',
    place: "ExistingAlertmanager.outside('https://alerts.example.com')", value: "'host' is more than a host name", wayOut: "'scheme', 'port' and 'pathPrefix'",
    app: (chart) => send(chart, () => ExistingAlertmanager.outside({ host: 'https://alerts.example.com' })),
  },
  {
    mistake: 'an Alertmanager outside of the cluster twice',
    place: 'shop/prometheus', value: "'http://alerts.example.com:9093' already", wayOut: 'name each Alertmanager once',
    app: (chart) => send(chart, ...[1, 2].map(() => () => ExistingAlertmanager.outside({ host: 'alerts.example.com' }))),
  },
  {
    mistake: 'a configuration from elsewhere beside a routing',
    place: 'shop/alertmanager', value: "'configuration', the key 'chat/url' of a Secret", wayOut: 'keep one of them',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', { configuration: url(chart), routing: new AlertRouting() }),
  },
  {
    mistake: 'a configuration from elsewhere beside the routing of a stack',
    place: 'shop/monitoring/alertmanager', value: "got 'routing' and 'configuration'", wayOut: 'keep one of them',
    app: (chart) => new KubernetesMonitoring(chart, 'monitoring', { routing: new AlertRouting(), alertmanager: { configuration: url(chart) } }),
  },
  {
    mistake: 'a configuration from elsewhere under a key that the operator does not read',
    place: "shop/alertmanager: 'configuration'", value: "key 'url' of Secret 'chat'", wayOut: 'call the key that, or use AlertmanagerServer',
    app: (chart) => new OperatedAlertmanager(chart, 'alertmanager', { configuration: url(chart) }),
  },
  {
    mistake: 'a Secret of another namespace for the files of an Alertmanager',
    place: 'shop/alertmanager', value: "Secret 'files' is made in namespace 'bank'", wayOut: 'make it there',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', { secrets: [secretOf(chart, 'files', { a: 'b' }, 'bank')] }),
  },
];
