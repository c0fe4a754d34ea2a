import { Duration, Size, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { checkConfig, synthesize, Synthesized } from './support';
import {
  AlertingRule, BasicAuth, ExistingAlertmanager, Exposure, PrometheusServer, PrometheusServerProps, DataStorage, RecordingRules, RemoteWrite,
  Runbooks, RuleGroup, ScrapeEndpoint, ScrapeJob, Severity, TlsClient, WebConfig, SecretKey,
} from '../../lib';
import { newChart } from '../charts';
import { PROGRAMS } from '../../lib/versions';

/** The version that is deployed, and one that comes after it. */
const NEWEST = PROGRAMS.prometheus.version.slice(1);
const LATER = NEWEST.replace(/\.(\d+)\.\d+$/, (_, minor) => `.${Number(minor) + 1}.0`);

const claim = (size?: Size) => DataStorage.volumeClaimTemplate({ size });
const store = new RemoteWrite({ url: 'https://store.example.com/write' });

test.each<[string, PrometheusServerProps, string]>([
  ['no time', { retention: Duration.days(0) }, 'retention (ms): 0 is not a whole number above 0; leave it out for 15 days'],
  ['no size', { retentionSize: Size.kibibytes(0) }, 'retentionSize: a size of zero holds nothing; leave it out, or give a larger one'],
  ['no replica', { replicas: 0 }, 'replicas: 0 is not a whole number above 0; leave it out for one'],
  ['half a replica', { replicas: 1.5 }, 'replicas: 1.5 is not'],
  ['no exemplar', { maxExemplars: 0 }, 'maxExemplars: 0 is not a whole number above 0; leave it out for none'],
  ['no query', { query: { maxConcurrency: 0 } }, 'query.maxConcurrency: 0 is not'],
  ['no sample', { query: { maxSamples: -1 } }, 'query.maxSamples: -1 is not'],
  ['no interval', { scrapeInterval: Duration.seconds(0) }, 'interval (ms): 0 is not a whole number above 0; leave it out for the default'],
  ['a timeout above the interval', { scrapeInterval: Duration.seconds(15), scrapeTimeout: Duration.seconds(30) }, 'timeout 30s is longer than interval 15s'],
  ['no evaluation interval', { evaluationInterval: Duration.seconds(0) }, 'evaluation: interval (ms): 0 is not'],
  ['an external URL without scheme', { externalUrl: 'prometheus.example.com' }, "externalUrl: 'prometheus.example.com' is not an absolute http or https URL"],
  ['no label', { externalLabels: { ' a': 'c' } }, "externalLabels: ' a' is not a label name"],
  ['the label of the library', { externalLabels: { prometheus: 'c' } }, "externalLabels: 'prometheus' is a label that the library sets; leave it out"],
  ['cluster twice', { externalLabels: { cluster: 'a' }, cluster: 'b' }, "externalLabels: 'cluster' is a label that the library sets; leave it out"],
  ['replicas on one claim', { replicas: 2, storage: DataStorage.existingClaim('data') },
    "2 replicas cannot share claim 'data'; give each its own, by DataStorage.volumeClaimTemplate()"],
  ['a claim without size', { storage: claim() }, "the volume claim template has no size; give one, or 'capacity' to compute it from"],
  ['more retention than there is room', { storage: claim(Size.gibibytes(10)), retentionSize: Size.gibibytes(20) }, "retentionSize: 20GB is above the claim's 10GB, so the volume fills up first; give a lower one, or a larger claim"],
  ['a budget that blocks all evictions', { replicas: 2, maxUnavailable: 0 }, "'maxUnavailable' 0 would block all evictions, so no node could be drained; choose a whole number from 1 to 1"],
  ['a budget that forbids nothing', { replicas: 2, maxUnavailable: 2 }, "'maxUnavailable' 2 of 2 replicas forbids nothing; choose a whole number from 1 to 1"],
  ['an old Prometheus', { image: 'prom/prometheus:v2.55.1' }, "image 'prom/prometheus:v2.55.1' is Prometheus 2.55.1, and the library knows 3.0 and newer; choose a newer image"],
  ['a flag that never was', { extraFlags: { 'storage.tsdb.retentoin': '1d' } }, "extraFlags: Prometheus has no flag 'storage.tsdb.retentoin'"],
  ['a flag with dashes', { extraFlags: { '--web.page-title': 'x' } }, "extraFlags: flag '--web.page-title' has leading dashes; write it as 'web.page-title'"],
  ['a flag that came later', { image: 'prometheus:v3.8.1', extraFlags: { 'storage.tsdb.block-reload-interval': '1m' } },
    "extraFlags: Prometheus 3.8.1 has no flag 'storage.tsdb.block-reload-interval', which is there since 3.9; choose a newer image"],
  ['a flag of agents', { extraFlags: { 'storage.agent.retention.max-time': '1h' } },
    "extraFlags: flag 'storage.agent.retention.max-time' is for the agent mode only, and this Prometheus runs in server mode"],
  ['a flag of servers in an agent', { agent: true, extraFlags: { 'query.timeout': '1m' } },
    "extraFlags: flag 'query.timeout' is for the server mode only, and this Prometheus runs in agent mode"],
  ['a shorter deadline to send what is queued', { extraFlags: { 'storage.remote.flush-deadline': '59s' } },
    "extraFlags: flag 'storage.remote.flush-deadline' got '59s', and is at least '1m', so that a slow store loses no samples; leave it out"],
  ['no deadline to send what is queued', { extraFlags: { 'storage.remote.flush-deadline': 'soon' } }, "extraFlags: flag 'storage.remote.flush-deadline' is a duration, and got 'soon'; write it as '1h30m'"],
  ['a flag that the library sets', { extraFlags: { 'web.enable-lifecycle': '' } }, "extraFlags: flag 'web.enable-lifecycle' is set by the library; leave it out"],
  ['a flag that the library sets, denied', { extraFlags: { 'no-web.enable-lifecycle': '' } }, "extraFlags: flag 'no-web.enable-lifecycle' is set by the library; leave it out"],
  ['the web configuration as a flag', { extraFlags: { 'web.config.file': '/web.yml' } }, "extraFlags: flag 'web.config.file' is set by the library; use the prop 'web'"],
  ['a feature that never was', { enableFeatures: ['native-histogram'] }, `enableFeatures: Prometheus ${NEWEST} has no feature 'native-histogram', did you mean 'native-histograms'?`],
  ['a feature that came later', { image: 'prometheus:v3.9.0', enableFeatures: ['fast-startup'] },
    "enableFeatures: Prometheus 3.9.0 has no feature 'fast-startup', which is there since 3.11; choose a newer image"],
  ['retention of an agent', { agent: true, retention: Duration.days(1) }, "got a retention with 'agent'; an agent keeps samples only until they are sent, so leave it out"],
  ['an interval of rules of an agent', { agent: true, evaluationInterval: Duration.minutes(1) }, "got 'evaluationInterval' with 'agent'; an agent evaluates no rules, so leave it out"],
  ['exemplars of an agent', { agent: true, maxExemplars: 10 }, "got 'maxExemplars' with 'agent'; an agent keeps none and sends all of them by 'sendExemplars' of a remote write, so leave it out"],
  ['thresholds of the general rules of an agent', { agent: true, generalRules: {} }, "got 'generalRules' with 'agent'"],
  ['recording rules of an agent', { agent: true, recordingRules: RecordingRules.COMMUNITY }, "got 'recordingRules' with 'agent'"],
  ['runbooks of an agent', { agent: true, runbooks: Runbooks.NONE }, "got 'runbooks' with 'agent'"],
  ['queries of an agent', { agent: true, query: { maxSamples: 1 } }, "got 'query' with 'agent'; an agent answers no queries, so leave 'query' out"],
])('refuses %s', (_, props, message) => {
  expect(() => synthesize(props)).toThrow(`test/prometheus: ${message}`);
});

test.each(['Prometheus', 'a.b', '1st', 'a'.repeat(53)])('%j names no object', (name) => {
  expect(() => synthesize({ name })).toThrow(`test/prometheus: name: '${name}' is not a name for Kubernetes objects; use at most 52 lower-case letters, digits and dashes, a letter first`);
});

test('a password takes a Prometheus that loads changes itself', () => {
  const chart = newChart();
  const secret = Secret.fromSecretName(chart, 's', 'web');
  const web = WebConfig.fromSecret(SecretKey.of(secret, 'web.yml'), { basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }) });
  expect(() => new PrometheusServer(chart, 'prometheus', { web, image: 'prometheus:v3.11.0' }))
    .toThrow("test/prometheus: web with a password: Prometheus 3.11.0 has no flag 'config.auto-reload', which is there since 3.12; choose a newer image");
});

test('a newer Prometheus may have more features', () => {
  expect(synthesize({ image: `prometheus:v${LATER}`, enableFeatures: ['brand-new'] }).args).toContain('--enable-feature=brand-new');
});

describe('retention', () => {
  test.each(['v3.0.0', 'v3.10.2'])('is told by flags to %s', (version) => {
    const { args, configuration, text } = synthesize({ image: `prometheus:${version}`, retention: Duration.days(30), retentionSize: Size.gibibytes(5) });
    expect(args).toEqual(expect.arrayContaining(['--storage.tsdb.retention.time=30d', '--storage.tsdb.retention.size=5GB']));
    expect(configuration.storage).toBeUndefined();
    checkConfig(text);
  });

  test.each(['v3.11.0', `v${NEWEST}`, 'v4.0.0'])('is told by the configuration to %s', (version) => {
    const { args, configuration, text } = synthesize({ image: `prometheus:${version}`, retention: Duration.days(30), retentionSize: Size.gibibytes(5) });
    expect(args.filter((arg) => arg.includes('retention'))).toEqual([]);
    expect(configuration.storage).toEqual({ tsdb: { retention: { time: '30d', size: '5GB' } } });
    checkConfig(text);
  });
});

test.each<[string, string]>([
  ['quay.io/prometheus/prometheus:v3.12.0', '3.12.0'], ['prom/prometheus:v3.5.0-distroless', '3.5.0'], ['registry:5000/prometheus', NEWEST],
  [`prometheus@sha256:${'0'.repeat(64)}`, NEWEST], [`prometheus:v3.4.0@sha256:${'0'.repeat(64)}`, '3.4.0'], ['prometheus:latest', NEWEST],
])('image %s is version %s', (image, version) => {
  expect(new PrometheusServer(Testing.chart(), 'prometheus', { image }).version).toBe(version);
});

test.each<[string, boolean]>([['v3.7.3', false], ['v3.8.0', true]])('native histograms are asked of %s as it takes it', (version, byConfiguration) => {
  const { args, configuration } = synthesize({ image: `prometheus:${version}`, nativeHistograms: true });
  expect(configuration.global.scrape_native_histograms).toBe(byConfiguration ? true : undefined);
  expect(args.includes('--enable-feature=native-histograms')).toBe(!byConfiguration);
});

test('an agent has no settings of what it does not do', () => {
  const { configuration } = synthesize({ agent: true, remoteWrites: [store] });
  expect(configuration.global.evaluation_interval).toBeUndefined();
  expect(configuration.storage).toBeUndefined();
});

test('native histograms are asked for by the configuration where the feature of the same name is on as well, which does nothing since 3.9', () => {
  const { configuration } = synthesize({ nativeHistograms: true, enableFeatures: ['native-histograms'] });
  expect(configuration.global.scrape_native_histograms).toBe(true);
});

test('the timeout follows a short interval', () => {
  expect(synthesize({ scrapeInterval: Duration.seconds(5) }).configuration.global).toMatchObject({ scrape_interval: '5s', scrape_timeout: '5s' });
});

describe('an agent', () => {
  const agent = synthesize({ agent: true, remoteWrites: [store] }, (prometheus) => prometheus.addScrapeJob(ScrapeJob.fromNodes({ name: 'nodes' })));

  test('has neither rules nor a database', () => {
    expect(agent.args).toEqual(['--config.file=/etc/prometheus/config/prometheus.yml', '--web.enable-lifecycle', '--storage.agent.path=/prometheus', '--agent']);
    expect(Object.keys(agent.configuration)).toEqual(['global', 'scrape_configs', 'remote_write']);
    expect(agent.pod.volumes.map(({ name }: { name: string }) => name)).toEqual(expect.not.arrayContaining(['rules']));
    checkConfig(agent.text, '--agent');
  });

  test('monitors itself without rules', () => {
    const chart = newChart();
    new PrometheusServer(chart, 'prometheus', { agent: true, remoteWrites: [store] });
    const synthesized = new Synthesized(chart);
    expect(Object.keys(synthesized.scrape('prometheus-agent'))).toEqual(['web', 'reloader-web']);
    expect(JSON.stringify(synthesized.objects)).not.toContain('alert:');
  });

  test('has rules for where its samples are: on its configuration, its targets and its stores, by the thresholds that are given', () => {
    const [edge, server] = [{ agent: true, remoteWrites: [store] }, {}].map((props) => (
      new PrometheusServer(newChart(), 'prometheus', { ...props, jobName: 'edge', rules: { remoteWriteLag: Duration.seconds(77) } })
    ));
    const [ofAgent, ofServer] = [edge, server].map(({ monitoring: { rules } }) => rules?.alertNames ?? []);
    const ofServerAlone = ofServer.filter((name) => !ofAgent.includes(name));
    expect(ofAgent.filter((name) => !ofServer.includes(name))).toEqual([]);
    expect(ofServerAlone).toEqual([
      'PrometheusErrorSendingAlertsToAnyAlertmanager', 'PrometheusErrorSendingAlertsToSomeAlertmanagers', 'PrometheusHighQueryLoad', 'PrometheusMissingRuleEvaluations',
      'PrometheusNotConnectedToAlertmanagers', 'PrometheusNotIngestingSamples', 'PrometheusNotificationQueueRunningFull', 'PrometheusRuleFailures',
      'PrometheusRuleWithoutData', 'PrometheusSeriesAbovePlan', 'PrometheusSeriesBudgetExceeded', 'PrometheusTSDBCompactionsFailing', 'PrometheusTSDBReloadsFailing',
      'PrometheusTargetNearSampleLimit',
    ]);
    const central = synthesize({}, (prometheus) => prometheus.monitor(edge));
    const texts = JSON.stringify(central.objects.filter(({ kind }) => kind === 'ConfigMap'));
    expect(texts).toMatch(/alert: PrometheusRemoteWriteBehind[^]*job=\\"edge\\"[^]*> 77/);
    expect(Object.keys(central.scrape('edge'))).toEqual(['web', 'reloader-web']);
  });

  test('refuses rules', () => {
    const rule = new AlertingRule({ alert: 'A', expr: 'up == 0', severity: Severity.INFO, summary: 's', description: 'd' });
    expect(() => synthesize({ agent: true }, (prometheus) => prometheus.addRules(new RuleGroup({ name: 'shop', rules: [rule] }))))
      .toThrow("test/prometheus: an agent evaluates no rules, got those of 'shop'; leave 'agent' out, or give the rules to the store that it writes to");
  });

  test('refuses alerting', () => {
    expect(() => synthesize({ agent: true }, (prometheus) => prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'a', serviceName: 'b' }))))
      .toThrow("test/prometheus: an agent evaluates no rules and so sends no alerts; leave 'agent' out, or send from where the rules are");
  });

  test('that sends nowhere fails the synthesis', () => {
    const chart = newChart();
    const prometheus = new PrometheusServer(chart, 'prometheus', { agent: true });
    expect(prometheus.node.validate()).toEqual(["an agent keeps no samples and sends them nowhere; name a store by 'remoteWrites' or addRemoteWrite(), or leave 'agent' out"]);
    prometheus.addRemoteWrite(store);
    expect(prometheus.node.validate()).toEqual([]);
  });
});

describe('what a Prometheus is told twice', () => {
  test('a thing', () => {
    const chart = newChart();
    const [one, other] = ['one', 'other'].map((id) => new PrometheusServer(chart, id, { selfMonitoring: false }));
    one.monitor(other);
    expect(() => one.monitor(other)).toThrow("test/one: 'test/other' is monitored already; monitor each thing once");
    expect(() => new PrometheusServer(chart, 'self').monitor({ monitoring: {} })).not.toThrow();
  });

  test('itself, which it does without being asked', () => {
    const chart = newChart();
    const prometheus = new PrometheusServer(chart, 'prometheus');
    expect(() => prometheus.monitor(prometheus)).toThrow("test/prometheus: 'test/prometheus' is monitored already");
  });

  test('a thing that is no construct', () => {
    const thing = { monitoring: {} };
    expect(() => synthesize({}, (prometheus) => prometheus.monitor(thing, thing))).toThrow('test/prometheus: the thing is monitored already');
  });

  test('a name of a job', () => {
    expect(() => synthesize({}, (prometheus) => ['a:1', 'b:1'].forEach((target) => prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'db', targets: [target] })))))
      .toThrow("test/prometheus: scrape job 'db' already exists; the name is the value of the label 'job', so give this one another");
  });

  test('an Alertmanager', () => {
    const alertmanager = () => new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager' });
    expect(() => synthesize({}, (prometheus) => [alertmanager(), alertmanager()].forEach((it) => prometheus.sendAlertsTo(it))))
      .toThrow("test/prometheus: alerts are sent to 'alerts/alertmanager' already; name each Alertmanager once");
  });
});

describe('a job that does not fit', () => {
  const add = (props: PrometheusServerProps, endpoint: ScrapeEndpoint) => () => synthesize(props, (prometheus) => (
    prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'db', targets: ['a:1'], endpoints: [endpoint] }))
  ));

  test('for its timeout is above the interval of all', () => {
    expect(add({ scrapeInterval: Duration.seconds(20) }, new ScrapeEndpoint({ timeout: Duration.seconds(30) })))
      .toThrow("test/prometheus: scrape job 'db', endpoint 'metrics': timeout 30s is longer than interval 20s");
  });

  test('for its native histograms are too new', () => {
    expect(add({ image: 'prometheus:v3.7.0' }, new ScrapeEndpoint({ nativeHistograms: true })))
      .toThrow("test/prometheus: scrape job 'db', endpoint 'metrics': 'nativeHistograms' is known from Prometheus 3.8 on, and this one is 3.7.0; choose a newer image");
  });

  test('for its Secret is in another namespace', () => {
    expect(() => synthesize({}, (prometheus, chart) => {
      const secret = new Secret(chart, 'certs', { metadata: { name: 'certs', namespace: 'etcd' }, stringData: { 'ca.crt': 'x' } });
      const tls = TlsClient.fromSecret(secret, { ca: 'ca.crt' });
      prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'db', targets: ['a:1'], endpoints: [new ScrapeEndpoint({ tls, name: 'x' })] }));
    })).toThrow("test/prometheus: Secret 'certs' is made in namespace 'etcd', and Pods mount only Secrets of their own, 'monitoring'; make it there");
  });
});

test('an exposure without host gives no external URL', () => {
  expect(synthesize({ exposure: Exposure.nodePort() }).args.filter((arg) => arg.includes('external-url'))).toEqual([]);
  expect(synthesize({ exposure: Exposure.ingress({ host: '*.example.com' }) }).args.filter((arg) => arg.includes('external-url'))).toEqual([]);
});
