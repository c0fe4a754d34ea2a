import { Chart, Testing } from 'cdk8s';
import { synthesize } from './support';
import { Authorization, ExistingAlertmanager, PrometheusServer, Scheme, ScrapeEndpoint, ScrapeJob, TlsClient } from '../../lib';
import { manifests } from '../charts';
import { find, Manifest, nameOf, ofKind } from '../manifests';

const prober = { proberAddress: 'blackbox:9115', proberScheme: Scheme.HTTP, proberPath: '/probe', checkModule: () => undefined };
const token = { authorization: Authorization.serviceAccountToken(), tls: TlsClient.clusterCa() };

/** The rules of each role, by `namespace/name` or `name`. */
function rolesOf(objects: Manifest[]): { [role: string]: Manifest } {
  return Object.fromEntries([...ofKind(objects, 'ClusterRole'), ...ofKind(objects, 'Role')]
    .map((role) => [`${role.kind} ${role.metadata.namespace ?? ''}`.trim(), role.rules]));
}

function rolesFor(...jobs: ScrapeJob[]): { [role: string]: Manifest } {
  return rolesOf(synthesize({}, (prometheus) => jobs.forEach((job) => prometheus.addScrapeJob(job))).objects);
}

const watch = (apiGroup: string, ...resources: string[]) => ({ apiGroups: [apiGroup], resources, verbs: ['list', 'watch'] });
const slices = [watch('', 'pods', 'services'), watch('discovery.k8s.io', 'endpointslices')];

test('without jobs nothing is granted', () => {
  const { objects } = synthesize();
  expect(objects.map(({ kind }) => kind).filter((kind: string) => /Role/.test(kind))).toEqual([]);
});

test.each<[string, ScrapeJob, object]>([
  ['Services', ScrapeJob.fromService({ name: 'a', labels: { a: 'b' } }), { ClusterRole: slices }],
  ['Services of a namespace', ScrapeJob.fromService({ name: 'a', labels: { a: 'b' }, namespaces: ['shop'] }), { 'Role shop': slices }],
  ['Pods', ScrapeJob.fromPods({ name: 'a', labels: { a: 'b' } }), { ClusterRole: [watch('', 'pods')] }],
  ['Pods of two namespaces', ScrapeJob.fromPods({ name: 'a', labels: { a: 'b' }, namespaces: ['x', 'y'] }), { 'Role x': [watch('', 'pods')], 'Role y': [watch('', 'pods')] }],
  ['Pods of a namespace with labels of nodes', ScrapeJob.fromPods({ name: 'a', labels: { a: 'b' }, namespaces: ['shop'], copyNodeLabels: ['zone'] }),
    { 'ClusterRole': [watch('', 'nodes')], 'Role shop': [watch('', 'pods')] }],
  ['Pods of namespaces by labels', ScrapeJob.fromPods({ name: 'a', labels: { a: 'b' }, namespaceLabels: { team: 'x' } }), { ClusterRole: [watch('', 'namespaces', 'pods')] }],
  ['Pods of named namespaces by labels', ScrapeJob.fromPods({ name: 'a', labels: { a: 'b' }, namespaces: ['shop'], namespaceLabels: { team: 'x' } }),
    { 'ClusterRole': [watch('', 'namespaces')], 'Role shop': [watch('', 'pods')] }],
  ['Pods of a namespace by its own label', ScrapeJob.fromPods({ name: 'a', labels: { a: 'b' }, namespaceLabels: { 'kubernetes.io/metadata.name': 'shop' } }), { 'Role shop': [watch('', 'pods')] }],
  ['nodes', ScrapeJob.fromNodes({ name: 'a' }), { ClusterRole: [watch('', 'nodes')] }],
  ['static targets', ScrapeJob.fromStaticTargets({ name: 'a', targets: ['a:1'] }), {}],
  ['probed addresses', ScrapeJob.fromProbes({ name: 'a', prober, module: 'm', targets: ['a'] }), {}],
  ['probed Services', ScrapeJob.fromProbes({ name: 'a', prober, module: 'm' }), { ClusterRole: [watch('', 'services')] }],
  ['probed Ingresses', ScrapeJob.fromIngresses({ name: 'a', prober, module: 'm', namespaces: ['shop'] }), { 'Role shop': [watch('networking.k8s.io', 'ingresses')] }],
  ['annotated Pods', ScrapeJob.fromAnnotatedPods(), { ClusterRole: [watch('', 'pods')] }],
  ['annotated Services', ScrapeJob.fromAnnotatedServices({ namespaces: ['shop'] }), { 'Role shop': slices }],
  ['raw', ScrapeJob.raw('a', { static_configs: [] }), {}],
  ['nodes that ask who scrapes', ScrapeJob.fromNodes({ name: 'a', endpoints: [new ScrapeEndpoint({ name: 'm', ...token })] }), {
    ClusterRole: [watch('', 'nodes'), { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }],
  }],
  ['targets that ask who scrapes', ScrapeJob.fromPods({
    name: 'a', labels: { a: 'b' }, namespaces: ['shop'], endpoints: [new ScrapeEndpoint({ port: 'm', ...token }), new ScrapeEndpoint({ port: 'm', path: '/slis', ...token })],
  }), { 'ClusterRole': [{ nonResourceURLs: ['/metrics', '/slis'], verbs: ['get'] }], 'Role shop': [watch('', 'pods')] }],
])('%s', (_, job, roles) => {
  expect(rolesFor(job)).toEqual(roles);
});

test('a job that names its namespaces never widens the ClusterRole', () => {
  const named = ScrapeJob.fromService({ name: 'named', labels: { a: 'b' }, namespaces: ['shop'] });
  expect(rolesFor(ScrapeJob.fromNodes({ name: 'nodes' }), named)).toEqual({ 'ClusterRole': [watch('', 'nodes')], 'Role shop': slices });
  expect(rolesFor(named, ScrapeJob.fromNodes({ name: 'nodes' }))).toEqual({ 'ClusterRole': [watch('', 'nodes')], 'Role shop': slices });
});

test('what the whole cluster grants is not granted again in a namespace', () => {
  const pods = ScrapeJob.fromAnnotatedPods();
  const named = ScrapeJob.fromService({ name: 'named', labels: { a: 'b' }, namespaces: ['shop'] });
  const rest = { 'ClusterRole': [watch('', 'pods')], 'Role shop': [watch('', 'services'), watch('discovery.k8s.io', 'endpointslices')] };
  expect(rolesFor(pods, named)).toEqual(rest);
  expect(rolesFor(named, pods)).toEqual(rest);
});

test('a Role that has nothing left to grant goes', () => {
  const named = ScrapeJob.fromAnnotatedPods({ namespaces: ['shop'] });
  const everywhere = ScrapeJob.fromPods({ name: 'all', labels: { a: 'b' } });
  expect(rolesFor(named, everywhere)).toEqual({ ClusterRole: [watch('', 'pods')] });
  expect(rolesFor(everywhere, named)).toEqual({ ClusterRole: [watch('', 'pods')] });
});

test('rules of several jobs are merged', () => {
  expect(rolesFor(ScrapeJob.fromAnnotatedPods(), ScrapeJob.fromNodes({ name: 'nodes' }), ScrapeJob.fromService({ name: 'a', labels: { a: 'b' } }))).toEqual({
    ClusterRole: [watch('', 'nodes', 'pods', 'services'), watch('discovery.k8s.io', 'endpointslices')],
  });
});

test('an Alertmanager is found in its namespace', () => {
  const { objects } = synthesize({}, (prometheus) => prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager' })));
  expect(rolesOf(objects)).toEqual({ 'Role alerts': slices });
});

test('roles are bound to the account, and called after namespace and name', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'monitoring' });
  const prometheus = new PrometheusServer(chart, 'metrics', { selfMonitoring: false });
  prometheus.addScrapeJob(ScrapeJob.fromNodes({ name: 'nodes' }));
  prometheus.addScrapeJob(ScrapeJob.fromAnnotatedPods({ namespaces: ['shop'] }));
  const made = manifests(chart);
  ([['ClusterRole', 'monitoring-metrics'], ['Role', 'monitoring-metrics-shop']] as const).forEach(([role, name]) => {
    expect(nameOf(find(made, role))).toBe(name);
    expect(find(made, `${role}Binding`)).toMatchObject({
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: role, name },
      subjects: [{ kind: 'ServiceAccount', name: 'metrics', namespace: 'monitoring' }],
    });
  });
  expect(find(made, 'Role').metadata.namespace).toBe('shop');
  expect(find(made, 'RoleBinding').metadata.namespace).toBe('shop');
});

test('what is of the whole cluster carries no namespace', () => {
  const { objects } = synthesize({}, (prometheus) => prometheus.addScrapeJob(ScrapeJob.fromNodes({ name: 'nodes' })));
  [find(objects, 'ClusterRole'), find(objects, 'ClusterRoleBinding')].forEach(({ metadata }) => expect(Object.keys(metadata)).not.toContain('namespace'));
});

test('two Prometheus of one name in two namespaces do not share a ClusterRole', () => {
  const chart = new Chart(Testing.app(), 'test');
  ['a', 'b'].forEach((namespace) => {
    new PrometheusServer(chart, namespace, { name: 'prometheus', namespace, selfMonitoring: false }).addScrapeJob(ScrapeJob.fromNodes({ name: 'nodes' }));
  });
  expect(ofKind(manifests(chart), 'ClusterRole').map(nameOf)).toEqual(['a-prometheus', 'b-prometheus']);
});
