import { App, Chart, Testing } from 'cdk8s';
import { objectsOf, specOf, synthesize } from '../operated';
import { ExistingAlertmanager, MonitorSelection, OperatedPrometheus, OperatedPrometheusProps, RemoteWrite, ScrapeJob } from '../../../lib';
import { newChart } from '../../charts';
import { find, Loose, ofKind } from '../../manifests';

const STORE = { remoteWrites: [new RemoteWrite({ url: 'https://store.example.com' })] };
const KINDS = ['serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig', 'rule'];
const selectors = (spec: Loose) => KINDS.map((kind) => [spec[`${kind}Selector`], spec[`${kind}NamespaceSelector`]]);
const each = (selector: object, namespaces?: object) => KINDS.map(() => [selector, namespaces]);

/** Rules of roles by where they hold. */
function rolesOf(objects: readonly Loose[]): { [where: string]: string[] } {
  const roles = [...ofKind(objects, 'ClusterRole'), ...ofKind(objects, 'Role')];
  return Object.fromEntries(roles.map(({ metadata, rules }) => [
    metadata.namespace ?? '*', rules.flatMap(({ resources, nonResourceURLs }: Loose) => resources ?? nonResourceURLs),
  ]));
}

const FOREIGN = ['pods', 'services', 'endpointslices', 'ingresses'];

describe('what is taken', () => {
  test('is everything, by default', () => {
    expect(selectors(specOf())).toEqual(each({}, {}));
    expect(rolesOf(synthesize())).toEqual({ '*': ['nodes', 'pods', 'services', 'nodes/metrics', 'endpointslices', 'ingresses', '/metrics'] });
  });

  test('is what is in some namespaces, its own among them', () => {
    const props = { selection: MonitorSelection.inNamespaces('shop', 'bank', 'shop') };
    const namespaces = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['monitoring', 'shop', 'bank'] }] };
    expect(selectors(specOf(props))).toEqual(each({}, namespaces));
    expect(rolesOf(synthesize(props))).toEqual({ monitoring: FOREIGN, shop: FOREIGN, bank: FOREIGN });
  });

  test('is what the app makes for it', () => {
    const selection = MonitorSelection.own();
    const matchLabels = { 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/instance': 'prometheus' };
    expect(selectors(specOf({ selection }))).toEqual(each({ matchLabels }));
    expect(rolesOf(synthesize({ selection }))).toEqual({});
    const objects = synthesize({ selection, selfMonitoring: true }, (prometheus) => prometheus.addScrapeJob(ScrapeJob.fromNodes({ name: 'nodes' })));
    const made = ['ServiceMonitor', 'ScrapeConfig', 'PrometheusRule'].flatMap((kind) => ofKind(objects, kind));
    expect(made.length).toBeGreaterThan(3);
    made.forEach(({ metadata }) => expect([metadata.namespace, metadata.labels]).toEqual(['monitoring', expect.objectContaining(matchLabels)]));
  });

  test('is of an agent by its own labels, with which the operator makes its Pods', () => {
    const selection = MonitorSelection.own();
    const { serviceMonitorSelector } = specOf({ selection, agent: true, ...STORE });
    expect(serviceMonitorSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'prometheus-agent', 'app.kubernetes.io/instance': 'prometheus' });
    expect(find(synthesize({ agent: true, ...STORE }), 'Service', 'prometheus').spec.selector).toEqual(serviceMonitorSelector.matchLabels);
  });
});

test('jobs and Alertmanagers bring the access that they need', () => {
  const objects = synthesize({ selection: MonitorSelection.own() }, (prometheus) => {
    prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, namespaces: ['shop'] }));
    prometheus.addScrapeJob(ScrapeJob.fromNodes({ name: 'nodes' }));
    prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'am' }));
  });
  expect(rolesOf(objects)).toEqual({ '*': ['nodes'], 'shop': FOREIGN.slice(0, 3), 'alerts': FOREIGN.slice(0, 3) });
});

describe('two of one app', () => {
  const twice = (a: OperatedPrometheusProps, b: OperatedPrometheusProps) => () => {
    const chart = newChart();
    new OperatedPrometheus(chart, 'a', a);
    new OperatedPrometheus(chart, 'b', b);
    return objectsOf(chart);
  };
  const own = { selection: MonitorSelection.own() };
  const shop = { selection: MonitorSelection.inNamespaces('shop') };

  test('stand side by side where each takes its own, or what the other has not', () => {
    expect(ofKind(twice(own, own)(), 'Prometheus')).toHaveLength(2);
    expect(ofKind(twice({ ...shop, namespace: 'one' }, { ...own, namespace: 'two' })(), 'Prometheus')).toHaveLength(2);
  });

  test('do not where one takes what is the other\'s', () => {
    expect(twice({}, own)).toThrow("[test/a] it takes the monitors of every namespace, and with them those of 'test/b', which would be scraped twice; say selection: MonitorSelection.own() here");
    expect(twice(own, shop)).toThrow("[test/b] it takes the monitors of namespace 'monitoring', and with them those of 'test/a'");
    expect(twice({ ...own, namespace: 'shop' }, shop)).toThrow("[test/b] it takes the monitors of namespace 'shop'");
  });

  test('do where they are in two clusters', () => {
    expect(twice({ cluster: 'north' }, { cluster: 'south' })).not.toThrow();
  });

  test('are looked for in every chart', () => {
    const app = new App();
    const [north, south] = ['north', 'south'].map((id) => new Chart(app, id, { namespace: id }));
    new OperatedPrometheus(north, 'prometheus');
    new OperatedPrometheus(south, 'prometheus');
    expect(() => Testing.synth(north)).toThrow("it takes the monitors of every namespace, and with them those of 'south/prometheus'");
  });
});

test.each<[string, string[], string]>([
  ['no namespace', [], 'MonitorSelection.inNamespaces: no namespace is named; name some, or use MonitorSelection.own()'],
  ['a name that no namespace has', ['kube_ops'], "MonitorSelection.inNamespaces: namespaces[0]: 'kube_ops' is not the name of a namespace"],
])('%s is refused', (_, namespaces, message) => {
  expect(() => MonitorSelection.inNamespaces(...namespaces)).toThrow(message);
});
