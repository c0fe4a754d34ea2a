import { ApiObject, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import {
  AdmissionWebhook, AlertmanagerServer, Exposure, KubernetesMonitoring, MonitoringBackend, NodeExporterDaemonSet, OperatedAlertmanager,
  OperatedPrometheus, PrometheusOperator, PrometheusOperatorCrds, PrometheusServer, DataStorage, RemoteWrite,
} from '../../lib';
import { ApiKind, apiObject, lazily } from '../../lib/kubernetes/api-object';
import { KIND } from '../../lib/kubernetes/kinds';
import { withAllFields } from '../../lib/kubernetes/unknown-fields';

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- manifests are read as they come

function manifest(chart: Chart, kind: string, name?: string): Json {
  return Testing.synth(chart).find((object: Json) => object.kind === kind && (name === undefined || object.metadata.name === name));
}

function objectsOf(chart: Chart): ApiObject[] {
  return chart.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
}

function patch(chart: Chart, kind: string, ...patches: JsonPatch[]): void {
  objectsOf(chart).find((object) => object.kind === kind)?.addJsonPatch(...patches);
}

/** Quantities as the API server takes them, ports, and a field that the definitions do not have. */
function operations(pod: string): JsonPatch[] {
  return [
    JsonPatch.add(`${pod}/containers`, [{
      name: 'proxy', image: 'x', resources: { requests: { cpu: '10m' } }, readinessProbe: { httpGet: { path: '/', port: 8081 } },
    }]),
    JsonPatch.add(`${pod}/volumes`, [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }]),
    JsonPatch.add(`${pod}/newField`, true),
  ];
}

const PATCHED = {
  containers: [{ name: 'proxy', image: 'x', resources: { requests: { cpu: '10m' } }, readinessProbe: { httpGet: { path: '/', port: 8081 } } }],
  volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }],
  newField: true,
};

describe('a JSON patch loses nothing', () => {
  test.each<[string, (chart: Chart) => unknown]>([
    ['Prometheus', (chart) => new OperatedPrometheus(chart, 'p', { selfMonitoring: false })],
    ['PrometheusAgent', (chart) => new OperatedPrometheus(chart, 'p', {
      agent: true, remoteWrites: [new RemoteWrite({ url: 'http://store.example.com/api/v1/write' })], selfMonitoring: false,
    })],
    ['Alertmanager', (chart) => new OperatedAlertmanager(chart, 'a')],
  ])('on the resource %s', (kind, make) => {
    const chart = Testing.chart();
    make(chart);
    patch(chart, kind, ...operations('/spec'), JsonPatch.replace('/spec/resources/limits/memory', '8Gi'));
    const { spec } = manifest(chart, kind);
    expect(spec).toMatchObject(PATCHED);
    expect(spec.resources).toMatchObject({ requests: { cpu: expect.any(String), memory: expect.any(String) }, limits: { memory: '8Gi' } });
  });

  test.each<[string, (chart: Chart) => unknown]>([
    ['Deployment', (chart) => new PrometheusServer(chart, 'p')],
    ['StatefulSet', (chart) => new AlertmanagerServer(chart, 'a')],
    ['DaemonSet', (chart) => new NodeExporterDaemonSet(chart, 'n')],
  ])('on a %s', (kind, make) => {
    const chart = Testing.chart();
    make(chart);
    const pod = '/spec/template/spec';
    patch(chart, kind, JsonPatch.replace(`${pod}/containers/0/resources/limits/memory`, '8Gi'));
    expect(manifest(chart, kind).spec.template.spec.containers[0].resources.limits).toEqual({ memory: '8Gi' });
    patch(chart, kind, ...operations(pod));
    expect(manifest(chart, kind).spec.template.spec).toMatchObject(PATCHED);
  });

  test.each([['a port of a Service', 'Service', '/spec/ports/0/targetPort', 9091], ['how many may be evicted', 'PodDisruptionBudget', '/spec/maxUnavailable', '50%']])(
    'on %s', (_, kind, path, value) => {
      const chart = Testing.chart();
      new PrometheusServer(chart, 'p', { replicas: 2 });
      patch(chart, kind, JsonPatch.replace(path, value));
      expect(path.slice(1).split('/').reduce((at, key) => at[key], manifest(chart, kind))).toBe(value);
    },
  );

  test('on any object of either backend', () => {
    const charts = [undefined, MonitoringBackend.operator()].map((backend, i) => {
      const chart = new Chart(Testing.app(), `chart-${i}`, { namespace: 'ops' });
      const storage = DataStorage.volumeClaimTemplate({ size: Size.gibibytes(10) });
      new KubernetesMonitoring(chart, 'monitoring', { backend, prometheus: { replicas: 2, storage, exposure: Exposure.ingress({ host: 'p.example.com' }), retention: Duration.days(3) } });
      return chart;
    });
    const operator = new Chart(Testing.app(), 'operator', { namespace: 'operator' });
    new PrometheusOperator(operator, 'operator', { admissionWebhook: AdmissionWebhook.certManager() });
    new PrometheusOperatorCrds(operator, 'crds');
    const added = { quantity: '8Gi', port: 8081, nested: [{ anything: null }] };
    [...charts, operator].flatMap(objectsOf).filter(({ kind }) => kind !== 'ServiceAccount').forEach((object) => {
      const before: object = object.toJson();
      object.addJsonPatch(JsonPatch.add('/added', added));
      expect([object.node.path, object.toJson()]).toEqual([object.node.path, { ...before, added }]);
    });
  });
});

test('contents are resolved before patches are applied', () => {
  const chart = Testing.chart();
  const object = apiObject(chart, 'Resource', k8s.KubePodDisruptionBudget, {
    metadata: { name: 'x' },
    spec: lazily(() => ({ maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: lazily(() => ({ app: 'x' })) } })),
  });
  object.addJsonPatch(JsonPatch.add('/spec/selector/matchLabels/tier', 'y'));
  expect(object.toJson()).toEqual({
    apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'x' },
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'x', tier: 'y' } } },
  });
  expect(object.toJson()).toEqual(object.toJson());
});

test.each<[string, ApiKind<object>]>([
  ['a kind of Kubernetes', KIND.Namespace], ['the kind of an L1 class', withAllFields(k8s.KubePod)],
])('fields that cdk8s-plus-27 does not know are kept, in whatever depth, of %s', (_, kind) => {
  const chart = Testing.chart();
  const spec: Json = {
    containers: [{ name: 'a', newField: 'a', resources: { limits: { cpu: '5m', memory: k8s.Quantity.fromString('1Mi') } }, livenessProbe: { httpGet: { port: 81 } } }],
    hostPid: true,
    hostIPC: true,
    volumes: [
      { name: 'new', newSource: { limits: [k8s.Quantity.fromString('1Gi')], port: k8s.IntOrString.fromNumber(80), more: { name: 'x', value: 'y' } } },
      { name: 'disk', awsElasticBlockStore: { volumeId: 'vol-1', newField: lazily(() => ({ a: [1, undefined, true] })) } },
    ],
  };
  const object = apiObject(chart, 'Resource', kind, { metadata: { name: 'x' }, spec });
  expect(object.toJson().spec).toEqual({
    containers: [{ name: 'a', newField: 'a', resources: { limits: { cpu: '5m', memory: '1Mi' } }, livenessProbe: { httpGet: { port: 81 } } }],
    hostPID: true,
    hostIPC: true,
    volumes: [
      { name: 'new', newSource: { limits: ['1Gi'], port: 80, more: { name: 'x', value: 'y' } } },
      { name: 'disk', awsElasticBlockStore: { volumeID: 'vol-1', newField: { a: [1, undefined, true] } } },
    ],
  });
});

test('a patch that does not apply says of which object', () => {
  const chart = new Chart(Testing.app(), 'shop');
  new NodeExporterDaemonSet(chart, 'nodes');
  patch(chart, 'DaemonSet', JsonPatch.add('/metadata/annotations', {}), JsonPatch.replace('/spec/no/such', 1));
  expect(() => chart.toJson()).toThrow(/^shop\/nodes\/Resource: JSON patch 2 of 2 does not apply, .*; each path has to exist in the manifest/);
});
