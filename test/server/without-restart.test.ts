import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AlertingRule, AlertRouting, BasicAuth, ClusterProfile, EtcdMonitor, Integration, KubernetesMonitoring, KubernetesMonitoringProps, Matcher,
  MonitoringPart, Receiver, RemoteWrite, Route, RuleEdit, RuleGroup, ScrapeEndpoint, ScrapeJob, SecretKey, Severity, TlsClient,
} from '../../lib';
import { newChart, manifests } from '../charts';
import { find, Loose, Manifest } from '../manifests';

const STORE = 'http://store.example.com/api/v1/write';

function group(name: string): RuleGroup {
  return new RuleGroup({
    name, rules: [new AlertingRule({ alert: `${name}Silent`, expr: 'up == 0', severity: Severity.WARNING, summary: 's', description: 'd' })],
  });
}

/** A key of the Secret that a program has mounted whether it is used or not, or of another. */
function key(chart: Chart, secret: string, name: string): SecretKey {
  return SecretKey.of(Secret.fromSecretName(chart, `${secret}-${name}`, secret), name);
}

function slack(chart: Chart, secret: string, name: string): Receiver {
  return Receiver.of(name, Integration.slack({ apiUrl: key(chart, secret, name), channel: '#a' }));
}

function clientCertificate(chart: Chart): TlsClient {
  const secret = Secret.fromSecretName(chart, 'certificates', 'prometheus-secrets');
  return TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' });
}

/** An app before or after a change: what is said to the whole stack, and what is done with it. */
interface Change {
  readonly props?: (chart: Chart) => KubernetesMonitoringProps;
  readonly then?: (stack: KubernetesMonitoring, chart: Chart) => void;
}

function objectsOf({ props = () => ({}), then = () => undefined }: Change): Manifest[] {
  const chart = newChart();
  then(new KubernetesMonitoring(chart, 'monitoring', props(chart)), chart);
  return manifests(chart);
}

function pods(objects: readonly Manifest[]): Loose[] {
  return [find(objects, 'Deployment', 'prometheus').spec.template, find(objects, 'StatefulSet', 'alertmanager').spec.template];
}

const routed = (receiver: Receiver, ...others: Receiver[]) => (
  new AlertRouting({ receiver, routes: others.map((other) => new Route({ receiver: other, matchers: [Matcher.equal('team', other.name)] })) })
);

const BEFORE = objectsOf({});

test.each<[string, Change]>([
  ['another scrape interval', { props: () => ({ prometheus: { scrapeInterval: Duration.minutes(1) } }) }],
  ['another threshold of a rule', { props: () => ({ nodeExporter: { rules: { freeSpaceWarningPercent: 12 } } }) }],
  ['an edit of rules', { props: () => ({ ruleEdits: [RuleEdit.severity('KubePodCrashLooping', Severity.CRITICAL)] }) }],
  ['another scrape job', { then: ({ prometheus }) => prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'web', serviceName: 'web' })) }],
  ['a remote store', { then: ({ prometheus }) => prometheus.addRemoteWrite(new RemoteWrite({ url: STORE })) }],
  ['another group of rules', { then: ({ prometheus }) => prometheus.addRules(group('Shop')) }],
  ['another monitored thing with rules', { then: ({ prometheus }, chart) => prometheus.monitor(new EtcdMonitor(chart, 'far', { name: 'far', jobName: 'far', addresses: ['192.0.2.1'] })) }],
  ['a component less', { props: () => ({ without: [MonitoringPart.BLACKBOX_EXPORTER] }) }],
  ['a component of the control plane more', { props: () => ({ profile: ClusterProfile.kubeadm({ scheduler: true }) }) }],
  ['a remote store with a password', { then: ({ prometheus }, chart) => prometheus.addRemoteWrite(new RemoteWrite({
    url: STORE, basicAuth: new BasicAuth({ username: 'me', password: key(chart, 'prometheus-secrets', 'password') }),
  })) }],
  ['a scrape job with a client certificate', { then: ({ prometheus }, chart) => prometheus.addScrapeJob(ScrapeJob.fromService({
    name: 'web', serviceName: 'web', endpoints: [new ScrapeEndpoint({ port: 'web', tls: clientCertificate(chart) })],
  })) }],
  ['a receiver', { props: () => ({ routing: routed(Receiver.of('hook', Integration.webhook({ url: 'http://hook.example.com' }))) }) }],
  ['a receiver with a Secret', { props: (chart) => ({ routing: routed(slack(chart, 'alertmanager-secrets', 'a')) }) }],
  ['two receivers with a Secret', { props: (chart) => ({ routing: routed(slack(chart, 'alertmanager-secrets', 'a'), slack(chart, 'alertmanager-secrets', 'b')) }) }],
])('%s changes no Pod', (_, change) => {
  const after = objectsOf(change);
  expect(pods(after)).toEqual(pods(BEFORE));
  expect(after).not.toEqual(BEFORE);
});
