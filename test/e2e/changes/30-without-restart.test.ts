import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AlertingRule, AlertmanagerServer, AlertRouting, BasicAuth, EtcdMonitor, Integration, KubeletMonitor, Matcher, MonitoringNamespace, PrometheusServer,
  Receiver, RemoteWrite, Route, RuleEdit, RuleGroup, ScrapeEndpoint, ScrapeJob, SecretKey, Severity, TlsClient,
} from 'cdk8s-prometheus';
import { apply, deployed, DeployedApp, remove, synthesize } from '../harness/apps';
import { eventually } from '../harness/eventually';
import { applyObjects, getObject, getRaw, kubectl, KubeObject, listObjects, parse } from '../harness/kubectl';
import { lifeOf, Pod } from '../harness/pods';
import { PrometheusApi } from '../harness/prometheus-api';
import { given, scenario } from '../harness/scenario';

const NAME = 'e2e-changes';
const api = new PrometheusApi(NAME);
/** Stores that answer, and accept nothing: for one that does not answer Prometheus would wait before it ends. */
const STORES = `http://prometheus.${NAME}.svc:9090`;

/** What is done to the app, one after the other. */
const CHANGES = [
  'another scrape interval', 'another threshold of a rule', 'an edit of a rule', 'a scrape job', 'a remote store', 'a group of rules',
  'a monitored thing', 'a monitored thing less', 'the same thing again', 'a client certificate', 'a remote store with a password',
  'a receiver', 'a receiver with a credential', 'another receiver with a credential',
] as const;
type Change = typeof CHANGES[number];
/** What is taken back at the end, whose rules are alone in their ConfigMap. */
const REVERTED: Change = 'a group of rules';

/** A key of a Secret that the Pods mount whether it exists or not. */
function key(chart: Chart, program: 'prometheus' | 'alertmanager', name: string): SecretKey {
  return SecretKey.of(Secret.fromSecretName(chart, `${program}-${name}`, `${program}-secrets`), name);
}

function slack(chart: Chart, name: string): Receiver {
  return Receiver.of(name, Integration.slack({ apiUrl: key(chart, 'alertmanager', name), channel: '#a' }));
}

function routingTo([first, ...others]: readonly Receiver[]): AlertRouting | undefined {
  const routes = others.map((receiver) => new Route({ receiver, matchers: [Matcher.equal('team', receiver.name)] }));
  return first === undefined ? undefined : new AlertRouting({ receiver: first, routes });
}

/** The app after these changes. */
function appWith(changes: readonly Change[]): (chart: Chart) => void {
  const has = (change: Change) => changes.includes(change);
  return (chart) => {
    new MonitoringNamespace(chart, NAME);
    const prometheus = new PrometheusServer(chart, 'prometheus', {
      scrapeInterval: has('another scrape interval') ? Duration.minutes(1) : undefined,
      rules: has('another threshold of a rule') ? { queryLoadPercent: 44 } : undefined,
    });
    prometheus.sendAlertsTo(new AlertmanagerServer(chart, 'alertmanager', {
      routing: routingTo([
        ...has('a receiver') ? [Receiver.of('hook', Integration.webhook({ url: 'http://192.0.2.1/' }))] : [],
        ...has('a receiver with a credential') ? [slack(chart, 'a')] : [],
        ...has('another receiver with a credential') ? [slack(chart, 'b')] : [],
      ]),
    }));
    if (has('an edit of a rule')) {
      prometheus.adjustRules(RuleEdit.severity('PrometheusBadConfig', Severity.WARNING));
    }
    if (has('a scrape job')) {
      prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'web', serviceName: 'web', namespaces: [NAME] }));
    }
    if (has('a remote store')) {
      prometheus.addRemoteWrite(new RemoteWrite({ url: `${STORES}/a` }));
    }
    if (has('a group of rules')) {
      const silent = new AlertingRule({ alert: 'FarSilent', expr: 'up == 0', severity: Severity.WARNING, summary: 's', description: 'd' });
      prometheus.addRules(new RuleGroup({ name: 'Far', rules: [silent] }));
    }
    if (has('a monitored thing')) {
      prometheus.monitor(new EtcdMonitor(chart, 'etcd', { addresses: ['192.0.2.1'] }));
    }
    if (!has('a monitored thing less') || has('the same thing again')) {
      prometheus.monitor(new KubeletMonitor(chart, 'kubelet'));
    }
    if (has('a client certificate')) {
      const secret = Secret.fromSecretName(chart, 'certificates', 'prometheus-secrets');
      const tls = TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' });
      prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'far', targets: ['192.0.2.1:80'], endpoints: [new ScrapeEndpoint({ tls })] }));
    }
    if (has('a remote store with a password')) {
      const basicAuth = new BasicAuth({ username: 'me', password: key(chart, 'prometheus', 'password') });
      prometheus.addRemoteWrite(new RemoteWrite({ url: `${STORES}/b`, name: 'b', basicAuth }));
    }
  };
}

/** Names of the ConfigMaps of rules that an app makes. */
function ruleMaps({ objects }: DeployedApp): string[] {
  return objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith('prometheus-rules-')).map(({ metadata }) => metadata.name);
}

/** What changes when Pods are replaced, or their template is. */
async function running(): Promise<object> {
  const workloads = await Promise.all([
    getObject<KubeObject>('deployment', 'prometheus', NAME), getObject<KubeObject>('statefulset', 'alertmanager', NAME),
  ]);
  const pods = await listObjects<Pod>('pods', { namespace: NAME });
  return { generations: workloads.map(({ metadata }) => metadata.generation), pods: pods.map(lifeOf) };
}

describe('an app that is changed while it runs', () => {
  let before: object;
  given(300, async () => {
    await deployed(NAME, () => synthesize(NAME, appWith([])));
    before = await running();
  });
  afterAll(() => remove(NAME), 300_000);

  CHANGES.forEach((change, i) => {
    scenario(`restarts nothing for ${change}`, 120, async () => {
      await apply(synthesize(NAME, appWith(CHANGES.slice(0, i + 1)), `dist-${i + 1}`));
      await expect(running()).resolves.toEqual(before);
    });
  });

  scenario('has loaded all of it', 330, async () => {
    await applyObjects(
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'alertmanager-secrets', namespace: NAME }, stringData: { a: 'http://x', b: 'http://y' } },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'prometheus-secrets', namespace: NAME }, stringData: { password: 'p' } },
    );
    await eventually('Prometheus has the rules, the jobs and the stores', 180, async () => {
      expect((await api.ruleGroups()).flatMap(({ rules }) => rules.map(({ name }) => name))).toContain('FarSilent');
      expect((await api.scrapePools()).sort()).toEqual([
        'alertmanager/reloader-web', 'alertmanager/web', 'etcd/metrics', 'far/metrics', 'kubelet/metrics', 'kubelet/metrics-cadvisor',
        'kubelet/metrics-probes', 'prometheus/reloader-web', 'prometheus/web', 'web/metrics',
      ]);
      const configuration = await api.configuration();
      ['scrape_interval: 1m', `url: ${STORES}/a`, `url: ${STORES}/b`, 'username: me'].forEach((part) => {
        expect(configuration).toContain(part);
      });
    });
    await eventually('Alertmanager has the receivers', 60, async () => {
      const receivers = parse<{ name: string }[]>(await getRaw(`/api/v1/namespaces/${NAME}/services/alertmanager:web/proxy/api/v2/receivers`));
      expect(receivers.map(({ name }) => name)).toEqual(expect.arrayContaining(['hook', 'a', 'b']));
    });
    await eventually('the password is in its file', 60, async () => {
      const file = '/etc/prometheus/secrets/prometheus-secrets/password';
      await expect(kubectl(['exec', '--namespace', NAME, 'deployment/prometheus', '--container', 'prometheus', '--', 'cat', file])).resolves.toBe('p');
    });
    await expect(running()).resolves.toEqual(before);
  });

  scenario('evaluates no rules that it writes no longer, although their ConfigMap is still there', 240, async () => {
    const all = synthesize(NAME, appWith(CHANGES), 'dist-all');
    const fewer = synthesize(NAME, appWith(CHANGES.filter((change) => change !== REVERTED)), 'dist-fewer');
    const left = ruleMaps(all).filter((name) => !ruleMaps(fewer).includes(name));
    expect(left).not.toEqual([]);
    await apply(fewer);
    await eventually('Prometheus has dropped the rules', 180, async () => {
      const groups = (await api.ruleGroups()).map(({ name }) => name);
      expect(groups).not.toContain('Far');
      expect(groups).toContain('prometheus');
    });
    const there = await listObjects<KubeObject>('configmaps', { namespace: NAME });
    expect(there.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(left));
    await expect(running()).resolves.toEqual(before);
  });
});
