import * as fs from 'node:fs';
import * as path from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { Secret, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { disruptionBudget, spread } from '../../lib/kubernetes/availability';
import { clusterScoped } from '../../lib/kubernetes/api-object';
import { atLeast, checkImage, fromRegistry, imageOf, versionOf } from '../../lib/kubernetes/images';
import { checkName, nameOf, namespaceOf } from '../../lib/kubernetes/names';
import { note } from '../../lib/kubernetes/notes';
import { serviceAccountOf } from '../../lib/kubernetes/own-namespace';
import { PodParts, podTemplate } from '../../lib/kubernetes/pod';
import { podService } from '../../lib/kubernetes/pod-service';
import { identityOf, metadataOf, recommendedLabels, selectorLabels } from '../../lib/kubernetes/workload-identity';
import { WorkloadOptions } from '../../lib';
import { KINDS } from '../../lib/text-kinds';
import { PROGRAMS } from '../../lib/versions';

describe('images', () => {
  test.each([
    ['quay.io/prometheus/prometheus:v3', undefined, 'quay.io/prometheus/prometheus:v3'],
    ['quay.io/prometheus/prometheus:v3', 'registry.example.com', 'registry.example.com/prometheus/prometheus:v3'],
    ['quay.io/prometheus/prometheus:v3', 'registry.example.com:5000/mirror/', 'registry.example.com:5000/mirror/prometheus/prometheus:v3'],
    ['prom/prometheus', 'r.io', 'r.io/prom/prometheus'],
    ['prometheus', 'r.io', 'r.io/prometheus'],
    ['localhost/prometheus', 'r.io', 'r.io/prometheus'],
    ['registry:5000/prometheus', 'r.io', 'r.io/prometheus'],
  ])('%s from %s is %s', (image, registry, expected) => {
    expect(fromRegistry(image, registry)).toBe(expected);
  });

  test('one that is named stays as it is', () => {
    expect(imageOf('prometheus', { image: 'mine/prometheus', registry: 'r.io' })).toBe('mine/prometheus');
    expect(imageOf('prometheus', {})).toBe(`quay.io/prometheus/prometheus:${PROGRAMS.prometheus.version}`);
  });

  test.each([
    'a', 'a:v1', 'library/a_b.c--d', 'localhost/a', 'r:5000/a/b', '[2001:db8::1]:5000/a', 'R.example.com/a:V1',
    `a@sha256:${'0'.repeat(64)}`, `r.io/a:v1@sha256:${'a'.repeat(64)}`,
  ])('%s is one', (image) => {
    expect(() => checkImage('it', image)).not.toThrow();
  });

  test.each(['https://a', 'a:', 'a b', '/a', 'a/', 'A', 'a//b', 'a@sha256:0', 'a:v1:v2'])('%s is none', (image) => {
    expect(() => checkImage('it', image)).toThrow(`it: '${image}' is not the reference of an image`);
  });

  test.each(['r.io', 'r:5000/mirror', 'localhost', '[2001:db8::1]:5000/a/b/'])('%s is a registry', (registry) => {
    expect(KINDS.registry(registry)).toBeUndefined();
  });

  test('every program has a full version', () => {
    Object.values(PROGRAMS).forEach(({ image, version }) => {
      expect(version).toMatch(/^v\d+\.\d+\.\d+$/);
      expect(image).toMatch(/^[a-z0-9.]+\.[a-z]+\/[a-z0-9/-]+$/);
    });
  });

  test.each([['a:v1.2.3', '1.2.3'], ['a:1.2', '1.2'], ['a:v1.2.3-alpine', '1.2.3'], ['r:5000/a', PROGRAMS.alertmanager.version.slice(1)], ['a:v1.2.3@sha256:0', '1.2.3'], ['a:main', PROGRAMS.alertmanager.version.slice(1)]])('%s is %s', (image, version) => {
    expect(versionOf('alertmanager', image)).toBe(version);
  });

  test.each([['3.12.2', '3.12', true], ['3.9.0', '3.11', false], ['3.11', '3.11.0', true], ['4.0.0', '3.99', true], ['2.55.1', '3.0', false], ['3.0.0', '3.0.1', false]])(
    '%s is at least %s: %s', (a, b, expected) => {
      expect(atLeast(a, b)).toBe(expected);
    },
  );
});

describe('names', () => {
  test('come from the prop, else from the id', () => {
    const chart = Testing.chart();
    expect([nameOf(chart, 'id'), nameOf(chart, 'Id', 'name')]).toEqual(['id', 'name']);
  });

  test.each(['', 'A', '1a', 'a.b', 'a_b', '-a', 'a-', 'a'.repeat(53)])('%j is refused', (name) => {
    expect(() => checkName(name, 'here')).toThrow(
      `here: '${name}' cannot name a Kubernetes object; use at most 52 lower-case letters, digits and dashes, beginning with a letter, by the prop 'name'`,
    );
  });

  test('the place is the path of the construct', () => {
    const chart = new Chart(Testing.app(), 'chart');
    expect(() => nameOf(chart, 'Prometheus')).toThrow("chart/Prometheus: 'Prometheus' cannot name");
  });

  test('namespaces come from the prop, else from the chart, else are default', () => {
    const app = Testing.app();
    expect(namespaceOf(new Chart(app, 'a', { namespace: 'ops' }), 'mine')).toBe('mine');
    expect(namespaceOf(new Chart(app, 'b', { namespace: 'ops' }))).toBe('ops');
    expect(namespaceOf(new Chart(app, 'c'))).toBe('default');
  });
});

test('selectors are among the labels, and no version is', () => {
  const labels = recommendedLabels('prometheus', 'main', 'metrics');
  expect(labels).toMatchObject(selectorLabels('prometheus', 'main'));
  expect(labels).toEqual({
    'app.kubernetes.io/name': 'prometheus',
    'app.kubernetes.io/instance': 'main',
    'app.kubernetes.io/component': 'metrics',
    'app.kubernetes.io/part-of': 'monitoring',
    'app.kubernetes.io/managed-by': 'cdk8s',
  });
});

test('a note is information in the tree', () => {
  const chart = Testing.chart();
  note(chart, 'mind this');
  expect(chart.node.metadata.map(({ type, data }) => [type, data])).toEqual([['info', 'mind this']]);
});

test('objects of the whole cluster have no namespace, whatever the chart says', () => {
  const metadata = clusterScoped({ name: 'a', labels: { b: 'c' } });
  expect(metadata).toMatchObject({ name: 'a', labels: { b: 'c' } });
  expect('namespace' in metadata).toBe(true);
});

const identity = {
  where: 'here', name: 'a', namespace: 'b', labels: recommendedLabels('shop', 'a', 'exporter'), selector: selectorLabels('shop', 'a'),
};
const metadata = { name: 'a', namespace: 'b', labels: identity.labels };

test('names and labels follow from props and id', () => {
  const construct = new Construct(new Chart(Testing.app(), 'chart', { namespace: 'ops' }), 'id');
  expect(identityOf(construct, {}, 'shop', 'exporter')).toEqual({
    where: 'chart/id', name: 'id', namespace: 'ops', labels: recommendedLabels('shop', 'id', 'exporter'), selector: selectorLabels('shop', 'id'),
  });
  expect(identityOf(construct, { name: 'n', namespace: 's' }, 'shop', 'exporter')).toMatchObject({ name: 'n', namespace: 's', selector: selectorLabels('shop', 'n') });
  expect(metadataOf(identity, '-config')).toEqual({ ...metadata, name: 'a-config' });
});

describe('service accounts', () => {
  test('are made and hand out no token', () => {
    const chart = Testing.chart();
    expect(serviceAccountOf(chart, {}, identity).name).toBe('a');
    expect(Testing.synth(chart)).toEqual([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false }]);
  });

  test('are taken where given', () => {
    const chart = Testing.chart();
    expect(serviceAccountOf(chart, { serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'x', 'given', { namespaceName: 'b' }) }, identity).name).toBe('given');
    expect(Testing.synth(chart)).toEqual([]);
  });

  test('are those of the namespace', () => {
    const chart = Testing.chart();
    expect(() => serviceAccountOf(chart, { serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'x', 'given', { namespaceName: 'other' }) }, identity))
      .toThrow("here: service account 'given' is in namespace 'other', and Pods use only one of their own, 'b'; make it there");
  });
});

test('a Service of Pods leads to container ports of the same names', () => {
  const chart = Testing.chart();
  podService(chart, 'one', identity, { ports: [{ name: 'web', port: 80 }] });
  podService(chart, 'two', identity, {
    suffix: '-peers', headless: true, withNotReady: true, ports: [{ name: 'gossip', port: 94, protocol: 'UDP', targetPort: 'mesh' }],
  });
  podService(chart, 'three', identity, { suffix: '-none', ports: [] });
  const [one, two, three] = Testing.synth(chart);
  const { selector } = identity;
  expect(one).toEqual({
    apiVersion: 'v1', kind: 'Service', metadata, spec: { selector, ports: [{ name: 'web', port: 80, targetPort: 'web', protocol: 'TCP' }] },
  });
  expect(two.metadata.name).toBe('a-peers');
  expect(two.spec).toEqual({
    clusterIP: 'None', publishNotReadyAddresses: true, selector, ports: [{ name: 'gossip', port: 94, targetPort: 'mesh', protocol: 'UDP' }],
  });
  expect(three.spec).toEqual({ selector });
});

describe('disruption budgets', () => {
  test('let some replicas go', () => {
    const chart = Testing.chart();
    disruptionBudget(chart, identity, 3, 2);
    expect(Testing.synth(chart)).toEqual([{
      apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { maxUnavailable: 2, selector: { matchLabels: identity.selector } },
    }]);
  });

  test('are not made for a single replica', () => {
    const chart = Testing.chart();
    expect(disruptionBudget(chart, identity, 1)).toBeUndefined();
    expect(Testing.synth(chart)).toEqual([]);
  });

  test.each([0, -1, 0.5])('never block all evictions: %p', (maxUnavailable) => {
    expect(() => disruptionBudget(Testing.chart(), identity, 3, maxUnavailable))
      .toThrow(`here: 'maxUnavailable' ${maxUnavailable} would block all evictions, so no node could be drained; choose a whole number from 1 to 2`);
  });

  test.each([2, 3])('forbid something: %p', (maxUnavailable) => {
    expect(() => disruptionBudget(Testing.chart(), identity, 2, maxUnavailable))
      .toThrow(`here: 'maxUnavailable' ${maxUnavailable} of 2 replicas forbids nothing; choose a whole number from 1 to 1`);
  });
});

test('replicas are spread without keeping one from running', () => {
  expect(spread(identity, 1)).toBeUndefined();
  expect(spread(identity, 2)).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => (
    { maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: identity.selector } }
  )));
});

describe('Pods', () => {
  const parts: PodParts = { program: 'nodeExporter', containers: [{ name: 'a', image: 'example.com/a:v1.2.3' }, { name: 'b' }], serviceAccountName: 'account' };

  test('are as restricted as can be', () => {
    expect(podTemplate(identity, {}, parts)).toMatchSnapshot();
  });

  test('take every choice of the caller', () => {
    const chart = Testing.chart();
    const options: Required<Pick<WorkloadOptions, 'imagePullSecrets' | 'nodeSelector' | 'tolerations' | 'affinity' | 'priorityClassName' | 'podLabels' | 'podAnnotations'>> = {
      imagePullSecrets: [Secret.fromSecretName(chart, 's', 'pull')],
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
      priorityClassName: 'high',
      podLabels: { 'team': 'shop', 'app.kubernetes.io/part-of': 'shop' },
      podAnnotations: { 'a/b': 'c', 'kubectl.kubernetes.io/default-container': 'b' },
    };
    const more = { hostPid: true };
    const { metadata: pod, spec } = podTemplate(identity, options, { ...parts, usesToken: true, ownsVolumes: true, more, annotations: { checksum: '1' } });
    expect(pod).toEqual({
      labels: { ...identity.labels, 'app.kubernetes.io/version': '1.2.3', 'team': 'shop', 'app.kubernetes.io/part-of': 'shop' },
      annotations: { 'a/b': 'c', 'kubectl.kubernetes.io/default-container': 'b', 'checksum': '1' },
    });
    expect(spec).toMatchObject({
      imagePullSecrets: [{ name: 'pull' }],
      nodeSelector: { 'disk': 'ssd', 'kubernetes.io/os': 'linux' },
      tolerations: [{ operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
      priorityClassName: 'high',
      automountServiceAccountToken: true,
      hostPid: true,
      securityContext: { fsGroup: 65534, runAsUser: 65534, runAsNonRoot: true },
    });
  });

  test('keep the labels that select them, and annotations that they need', () => {
    expect(() => podTemplate(identity, { podLabels: { 'app.kubernetes.io/name': 'mine' } }, parts))
      .toThrow("here: 'podLabels' sets 'app.kubernetes.io/name' to 'mine', which has to be 'shop'; leave it out");
    expect(() => podTemplate(identity, { podAnnotations: { checksum: '2' } }, { ...parts, annotations: { checksum: '1' } }))
      .toThrow("here: 'podAnnotations' sets 'checksum' to '2', which has to be '1'; leave it out");
    expect(() => podTemplate(identity, { podLabels: { 'app.kubernetes.io/name': 'shop' } }, parts)).not.toThrow();
  });
});

test.each([
  ['deployment()', /\bKIND\.Deployment\b/],
  ['statefulSet()', /\bKIND\.StatefulSet\b/],
  ['makeRole() or unboundRole()', /\bKIND\.(Cluster)?Role\b/],
  ['bindRole()', /\bKIND\.(Cluster)?RoleBinding\b/],
])('nothing but %s makes such an object', (maker, kind) => {
  const lib = path.join(__dirname, '..', '..', 'lib');
  const sources = fs.readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const makers = sources.filter((file) => kind.test(fs.readFileSync(path.join(lib, file), 'utf8')));
  expect(makers.filter((file) => path.dirname(file) !== 'kubernetes').map((file) => `use ${maker} of lib/kubernetes in lib/${file}`)).toEqual([]);
  expect(makers).toHaveLength(1);
});
