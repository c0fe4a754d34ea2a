import { Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { existing, synthesize } from './support';
import {
  AlertingRule, ExistingAlertmanager, ExistingPrometheusProps, FallbackProtocol, KubeletMonitor, KubeletService, OAuth2, ObjectSelector,
  PrometheusOperator, RecordingRules, Relabeling, RemoteWrite, RuleGroup, Runbooks, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob, ScrapeLimits,
  SecretKey, Severity,
} from '../../../lib';
import { newChart } from '../../charts';

// Which PromQL is an experiment depends on the version.
jest.mock('../../../lib/generated/prometheus-operator', () => ({
  ...jest.requireActual('../../../lib/generated/prometheus-operator'), OPERATOR_PROMETHEUS: '3.13',
}));

const web = (props: { readonly namespaces?: string[] } = {}) => (
  ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http' })], ...props })
);
/** The resource that a job becomes, by its discovery, if it is not a ScrapeConfig. */
const KINDS: { readonly [discovery: string]: string } = { service: 'ServiceMonitor', pods: 'PodMonitor' };
const pinned = ScrapeJob.fromStaticTargets({ name: 'database', targets: ['db1:9104'] });

test.each<[string, ExistingPrometheusProps, string]>([
  ['the key of a label', { labels: { 'release/': 'kps' } }, "shop/prometheus: labels: 'release/' is not the key of a Kubernetes label"],
  ['the value of a label', { labels: { release: 'k p s' } }, "shop/prometheus: labels['release']: 'k p s' is not the value of a Kubernetes label; use at most 63 letters, digits, '-', '_' and '.', a letter or digit first and last"],
  ['the value of a label, too long', { labels: { release: 'a'.repeat(64) } }, 'is not the value of a Kubernetes label'],
  ['a name', { name: 'Shop' }, "shop/prometheus: name: 'Shop' is not a name for Kubernetes objects"],
  ['shards', { shards: 0 }, 'shop/prometheus: shards: 0 is not a whole number above 0; leave it out for what is not known'],
  ['an interval', { scrapeInterval: Duration.millis(0) }, 'shop/prometheus: scrapeInterval (ms): 0 is not'],
  ['a scrape class', { scrapeClass: ' ' }, "shop/prometheus: scrapeClass: ' ' is not a name; give one, or leave it out"],
  ['a version', { version: 'latest' }, "shop/prometheus: version: 'latest' is not a version; write it as '3.5.0'"],
  ['a version of the operator', { operatorVersion: 'v0.85.0' }, "shop/prometheus: operatorVersion: 'v0.85.0' is not a version; write it as '0.85.0'"],
  ['a version that is too old', { version: '2.55.1' }, "shop/prometheus: version '2.55.1' is older than 3.0, the oldest that the library knows; leave it out"],
  ['a feature', { enableFeatures: ['promql-experimental-function'] }, "enableFeatures: Prometheus has no feature 'promql-experimental-function', did you mean 'promql-experimental-functions'?"],
  ['a feature of another version', { enableFeatures: ['promql-binop-fill-modifiers'], version: '3.1.0' }, "Prometheus 3.1.0 has no feature 'promql-binop-fill-modifiers', which is there since"],
  ['the port of its Service', { service: { namespace: 'monitoring', port: 0 } }, 'shop/prometheus: service: port 0 is not a port number'],
  ['the namespace of its Service', { service: { namespace: 'Ops' } }, "shop/prometheus: service.namespace: 'Ops' is not the name of a namespace"],
  ['the name of its Service', { service: { namespace: 'ops', serviceName: 'a.ops' } }, "shop/prometheus: service: serviceName: 'a.ops' is not the name of a Service"],
  ['a wildcard in the path of its Service', { service: { namespace: 'monitoring', pathPrefix: '/*' } }, "shop/prometheus: service: pathPrefix: path '/*' is not an absolute path"],
  ['a name of its job without its Service', { jobName: 'a' }, "shop/prometheus: got 'jobName' without 'service', and it is about the monitoring of the Prometheus itself; name its Service, or leave 'jobName' out"],
  ['its rules without its Service', { rules: {} }, "got 'rules' without 'service'"],
  ['general rules without its Service', { generalRules: {} }, "got 'generalRules' without 'service'"],
  ['recording rules of an agent', { agent: true, recordingRules: RecordingRules.COMMUNITY }, "got 'recordingRules' with 'agent'"],
  ['runbooks of an agent', { agent: true, runbooks: Runbooks.NONE }, "got 'runbooks' with 'agent'"],
  ['a scrape class of an older operator', { operatorVersion: '0.70.0', scrapeClass: 'token' }, "shop/prometheus: got 'scrapeClass' 'token', and scrape classes are known from operator 0.72.0 on, and this one is 0.70.0; leave it out, or have the operator upgraded"],
  ['the path of its Service', { service: { namespace: 'monitoring', pathPrefix: 'prom' } }, "shop/prometheus: service: pathPrefix: 'prom' does not start with '/'; write it as '/prom'"],
])('%s that cannot be', (_, props, message) => {
  expect(() => existing(props)).toThrow(message);
});

describe('selectors that do not match', () => {
  test.each<[string, ExistingPrometheusProps, string]>([
    ['another value', { selectors: { others: ObjectSelector.labels({ release: 'stack' }) } },
      "shop/prometheus: scrape job 'web' becomes a ServiceMonitor: 'selectors.others' selects release=stack, and the objects have release=kps; say release: 'stack' in 'labels'"],
    ['another label', { labels: { relase: 'kps' }, selectors: { serviceMonitors: ObjectSelector.labels({ release: 'kps' }) } },
      "shop/prometheus: scrape job 'web' becomes a ServiceMonitor: 'selectors.serviceMonitors' selects release=kps, and the objects have no label 'release', but 'relase'; say release: 'kps' in 'labels'"],
    ['one label more', { selectors: { others: ObjectSelector.labels({ release: 'kps', role: 'alert-rules' }) } },
      "'selectors.others' selects role=alert-rules, and the objects have no label 'role'; say role: 'alert-rules' in 'labels'"],
    ['another namespace', { selectors: { serviceMonitors: ObjectSelector.all().inNamespaces('monitoring', 'bank') } },
      "'selectors.serviceMonitors' looks into 'monitoring' and 'bank', and the objects are made in 'shop'; name one of the former by 'namespace'"],
  ])('%s', (_, props, message) => {
    expect(() => existing(props).addScrapeJob(web())).toThrow(message);
    expect(() => existing(props)).not.toThrow();
  });

  test('matter for the kinds of objects that are made alone', () => {
    const selectors = { rules: ObjectSelector.all().inNamespaces('monitoring'), others: ObjectSelector.all() };
    const prometheus = existing({ selectors });
    expect(() => prometheus.addScrapeJob(web())).not.toThrow();
    const rules = new RuleGroup({ name: 'shop', rules: [new AlertingRule({ alert: 'A', expr: 'vector(1)', severity: Severity.INFO, summary: 'a', description: 'b' })] });
    expect(() => prometheus.addRules(rules)).toThrow("rule file 'shop' becomes a PrometheusRule: 'selectors.rules' looks into 'monitoring', and the objects are made in 'shop'");
  });

  test('or select nothing of a kind, once there is an object of it', () => {
    const none = { selectors: { others: ObjectSelector.labels({ release: 'kps' }), scrapeConfigs: ObjectSelector.none(), rules: ObjectSelector.none() } };
    expect(() => existing(none).addScrapeJob(web())).not.toThrow();
    expect(() => existing(none).addScrapeJob(pinned)).toThrow(
      "shop/prometheus: scrape job 'database' becomes a ScrapeConfig, and 'selectors.scrapeConfigs' says that the Prometheus selects none; have 'scrapeConfigSelector' set in its resource, or leave it out",
    );
    const rules = new RuleGroup({ name: 'shop', rules: [new AlertingRule({ alert: 'A', expr: 'vector(1)', severity: Severity.INFO, summary: 'a', description: 'b' })] });
    expect(() => existing(none).addRules(rules)).toThrow("shop/prometheus: rule file 'shop' becomes a PrometheusRule, and 'selectors.rules' says that the Prometheus selects none; have 'ruleSelector' set");
    expect(() => existing({ selectors: { others: ObjectSelector.none() } }).addScrapeJob(web())).toThrow("a ServiceMonitor, and 'selectors.others' says");
  });

  test('labels of the chart count', () => {
    const { objectNamespace } = existing({ labels: {}, selectors: { others: ObjectSelector.labels({ 'app.kubernetes.io/managed-by': 'cdk8s' }) } });
    expect(objectNamespace).toBe('shop');
  });

  test.each<[string, () => ObjectSelector, string]>([
    ['no label', () => ObjectSelector.labels({}), 'ObjectSelector.labels: no label is named; name some, or use ObjectSelector.all()'],
    ['a label that there cannot be', () => ObjectSelector.labels({ a: ' ' }), "ObjectSelector.labels: labels['a']: ' ' is not the value of a Kubernetes label"],
    ['no namespace', () => ObjectSelector.all().inNamespaces(), 'ObjectSelector.inNamespaces: namespaces is empty'],
    ['a namespace that there cannot be', () => ObjectSelector.all().inNamespaces('Shop'), "ObjectSelector.inNamespaces: namespaces[0]: 'Shop' is not the name of a namespace"],
  ])('of %s cannot be said', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('what only the resource of the Prometheus says', () => {
  test('jobs by labels of namespaces', () => {
    const job = ScrapeJob.fromPods({ name: 'mine', labels: { app: 'web' }, namespaceLabels: { team: 'cart' } });
    expect(() => existing().addScrapeJob(job)).toThrow(
      "shop/prometheus: scrape job 'mine' selects namespaces by their labels, for which no resource of the operator has a field; name them by 'namespaces', or exclude some by LabelExpression.notIn('kubernetes.io/metadata.name', …)",
    );
    const byName = ScrapeJob.fromPods({ name: 'mine', labels: { app: 'web' }, namespaceLabels: { 'kubernetes.io/metadata.name': 'cart' } });
    expect(() => existing().addScrapeJob(byName)).not.toThrow();
  });

  test('raw jobs', () => {
    expect(() => existing().addScrapeJob(ScrapeJob.raw('mine', { static_configs: [] }))).toThrow(
      "shop/prometheus: scrape job 'mine' is raw, and only the resource of a Prometheus names raw jobs; describe it as another ScrapeJob, or add it to additionalScrapeConfigs where the Prometheus is made",
    );
  });

  test('Alertmanagers and remote stores', () => {
    expect(() => existing().sendAlertsTo(new ExistingAlertmanager({ namespace: 'a', serviceName: 'b' }))).toThrow(
      "shop/prometheus: alerts are sent where the resource of the Prometheus says; add the Alertmanager to its 'alerting', and scrape one that this app makes by monitor()",
    );
    expect(() => existing().addRemoteWrite(new RemoteWrite({ url: 'https://store.example.com' }))).toThrow(
      "shop/prometheus: samples are sent where the resource of the Prometheus says; add the store to its 'remoteWrite'",
    );
  });
});

test('targets elsewhere of a Prometheus that looks for them in the namespace of their monitor', () => {
  const props = { ignoresNamespaceSelectors: true };
  const message = (where: string) => `shop/prometheus: scrape job 'web' looks for targets ${where}, and a Prometheus with ignoreNamespaceSelectors only in the namespace of the ServiceMonitor, 'shop'; `
    + "say by 'namespace' where the targets are, with an ExistingPrometheus for each namespace";
  expect(() => existing(props).addScrapeJob(web({ namespaces: ['bank'] }))).toThrow(message("in 'bank'"));
  expect(() => existing(props).addScrapeJob(web({ namespaces: ['bank', 'shop'] }))).toThrow(message("in 'bank' and 'shop'"));
  expect(() => existing(props).addScrapeJob(web())).toThrow(message('in all namespaces'));
  expect(() => existing(props).addScrapeJob(web({ namespaces: ['shop'] }))).not.toThrow();
  expect(() => existing(props).addScrapeJob(ScrapeJob.fromAnnotatedPods())).not.toThrow();
  expect(() => synthesize(props, (prometheus, chart) => prometheus.monitor(new KubeletMonitor(chart, 'kubelet')))).toThrow("scrape job 'kubelet' looks for targets in 'kube-system'");
});

test('a timeout above the interval that a Prometheus has by default', () => {
  const slow = (interval?: Duration) => ScrapeJob.fromStaticTargets({
    name: 'slow', targets: ['a:1'], endpoints: [new ScrapeEndpoint({ name: 'a', timeout: Duration.seconds(45), interval })],
  });
  expect(() => existing().addScrapeJob(slow())).toThrow(
    "shop/prometheus: scrape job 'slow', endpoint 'a': timeout 45s is longer than 30s, the interval of a Prometheus resource that names none, and the operator would reject the monitor; "
    + "give the endpoint an 'interval', or say the Prometheus's by 'scrapeInterval'",
  );
  expect(() => existing().addScrapeJob(slow(Duration.minutes(1)))).not.toThrow();
  expect(() => existing({ scrapeInterval: Duration.minutes(1) }).addScrapeJob(slow())).not.toThrow();
});

test('PromQL that the operator would reject', () => {
  const rule = (expr: string) => new RuleGroup({ name: 'shop', rules: [new AlertingRule({ alert: 'A', expr, severity: Severity.INFO, summary: 'a', description: 'b' })] });
  expect(() => existing().addRules(rule('rate(a[5m * 2]) > 0'))).toThrow("enable 'promql-duration-expr' by 'enableFeatures'");
  expect(() => existing({ enableFeatures: ['promql-duration-expr'] }).addRules(rule('rate(a[5m * 2]) > 0'))).not.toThrow();
  expect(() => existing({ operatorVersion: '99.0.0' }).addRules(rule('rate(a[5m * 2]) > 0'))).not.toThrow();
});

describe('settings for which the resources of an older operator have no field', () => {
  const client = Secret.fromSecretName(newChart(), 'client', 'client');
  const oauth2 = new OAuth2({ clientId: 'a', clientSecret: SecretKey.of(client, 'secret'), tokenUrl: 'https://issuer.example.com/token' });
  const pinnedWith = (props: ScrapeEndpointProps, limits: ScrapeLimits = {}) => (
    ScrapeJob.fromStaticTargets({ name: 'late', targets: ['a:1'], endpoints: [new ScrapeEndpoint({ name: 'a', ...props })], ...limits })
  );
  const ofService = ScrapeJob.fromService({ name: 'late', labels: { app: 'a' }, bodySizeLimit: Size.mebibytes(1) });

  test.each<[ScrapeJob, string, string]>([
    [ScrapeJob.fromStaticTargets({ name: 'late', targets: ['a:1'] }), '0.64.1', '0.65.0'],
    [ScrapeJob.fromNodes({ name: 'late', endpoints: [new ScrapeEndpoint({ name: 'a', portNumber: 1 })] }), '0.66.0', '0.67.0'],
    [ScrapeJob.fromAnnotatedPods({ name: 'late' }), '0.69.1', '0.70.0'],
  ])('the kind of job %#', (job, before, since) => {
    expect(() => existing({ operatorVersion: before }).addScrapeJob(job)).toThrow(
      `shop/prometheus: scrape job 'late' becomes a ScrapeConfig that discovers targets as operators from ${since} on do, and this one is ${before}; leave it out, or have the operator upgraded`,
    );
    expect(() => existing({ operatorVersion: since }).addScrapeJob(job)).not.toThrow();
  });

  test.each<[string, ScrapeJob, string, string]>([
    ['trackTimestampsStaleness', pinnedWith({ trackTimestampsStaleness: true }), '0.69.1', '0.70.0'],
    ['bodySizeLimit', ofService, '0.72.0', '0.73.0'],
    ['oauth2', pinnedWith({ oauth2 }), '0.75.2', '0.76.0'],
    ['fallbackProtocol', pinnedWith({ fallbackProtocol: FallbackProtocol.PROMETHEUS_TEXT_0_0_4 }), '0.79.0', '0.79.1'],
    ['nativeHistograms', pinnedWith({ nativeHistograms: true }), '0.87.1', '0.88.0'],
    ['bodySizeLimit', pinnedWith({}, { bodySizeLimit: Size.mebibytes(1) }), '0.88.1', '0.89.0'],
    ['copyNodeLabels', ScrapeJob.fromPods({ name: 'late', labels: { app: 'a' }, copyNodeLabels: ['zone'] }), '0.56.3', '0.57.0'],
    ['attachNodeMetadata', ScrapeJob.fromService({ name: 'late', labels: { app: 'a' }, attachNodeMetadata: true }), '0.60.1', '0.61.0'],
    ['copyNodeLabels', ScrapeJob.fromAnnotatedServices({ name: 'late', copyNodeLabels: ['zone'] }), '0.70.0', '0.71.0'],
  ])('%s', (prop, job, before, since) => {
    const kind = KINDS[job._discovery.kind] ?? 'ScrapeConfig';
    expect(() => existing({ operatorVersion: before }).addScrapeJob(job)).toThrow(
      `shop/prometheus: scrape job 'late' has '${prop}', which a ${kind} knows from operator ${since} on, and this one is ${before}; leave it out, or have the operator upgraded`,
    );
    expect(() => existing({ operatorVersion: since }).addScrapeJob(job)).not.toThrow();
    expect(() => existing().addScrapeJob(job)).not.toThrow();
  });
});

test('hashmod of a user\'s own where there are shards, as far as that is known', () => {
  const endpoints = [new ScrapeEndpoint({ name: 'a', relabelings: [Relabeling.hashMod(['__address__'], 'a', 2)] })];
  const job = ScrapeJob.fromStaticTargets({ name: 'web', targets: ['a:1'], endpoints });
  expect(() => existing({ shards: 2 }).addScrapeJob(job)).toThrow('relabelings have an action hashmod');
  expect(() => existing().addScrapeJob(job)).not.toThrow();
});

test('a variable, for which its reloader would put one of the environment', () => {
  const job = ScrapeJob.fromStaticTargets({ name: 'web', targets: ['a:1'], targetLabels: { a: '$(b)' } });
  expect(() => existing().addScrapeJob(job)).toThrow("'$(b)' has '$(b)'");
});

test('kubelets behind a Service that an operator of the app does not keep', () => {
  expect(() => synthesize({}, (prometheus, chart) => {
    new PrometheusOperator(chart, 'operator', { kubeletService: KubeletService.none() });
    prometheus.monitor(new KubeletMonitor(chart, 'kubelet'));
  })).toThrow("[shop/prometheus] scrape job 'kubelet' looks for the kubelets by a Service in 'kube-system'");
});
