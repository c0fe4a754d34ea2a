import * as fs from 'node:fs';
import * as path from 'node:path';
import { JsonPatch, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { DataStorage, OperatedAlertmanager, OperatedPrometheus, PrometheusServer, Relabeling, RemoteWrite, ScrapeEndpoint, ScrapeJob } from '../../lib';
import { RESOURCE_DEFAULTS } from '../../lib/generated/resource-defaults';
import { apiObject } from '../../lib/kubernetes/api-object';
import { canonicalQuantity } from '../../lib/kubernetes/quantities';
import { synth } from '../charts';
import { find, Loose, textsOf } from '../manifests';

/** Quantities, and what the API server of Kubernetes 1.36 answered for each. */
const QUANTITIES = [
  ['1', '1'], ['1000m', '1'], ['1500m', '1500m'], ['0.5', '500m'], ['.5', '500m'], ['100m', '100m'], ['0.1', '100m'], ['0.0005', '500u'], ['1e3', '1e3'],
  ['12e6', '12e6'], ['1200e3', '1200e3'], ['1e-3', '1e-3'], ['1.5e3', '1500'], ['1000', '1k'], ['1024', '1024'], ['1024Ki', '1Mi'], ['1024Mi', '1Gi'],
  ['1536Mi', '1536Mi'], ['0.5Gi', '512Mi'], ['0.5Ki', '512'], ['1.5Ki', '1536'], ['0.3Ki', '307200m'], ['0.001Ki', '1024m'], ['1000M', '1G'],
  ['1500M', '1500M'], ['1500k', '1500k'], ['128974848', '128974848'], ['129e6', '129e6'], ['2Ei', '2Ei'], ['1000000000', '1G'], ['1n', '1n'],
  ['0.1n', '1n'], ['1000n', '1u'], ['1u', '1u'], ['1023Ki', '1023Ki'], ['1048576Ki', '1Gi'], ['1.5Gi', '1536Mi'],
] as const;

test.each(QUANTITIES)('the quantity %s is stored as %s', (given, stored) => {
  expect(canonicalQuantity(given)).toBe(stored);
  expect(canonicalQuantity(stored)).toBe(stored);
});

test.each([['0', '0'], ['0Gi', '0'], ['-1500m', '-1500m'], ['-1024Mi', '-1Gi'], ['1e-12', '1e-9'], ['much', 'much']])('and %s as %s', (given, stored) => {
  expect(canonicalQuantity(given)).toBe(stored);
});

const POD: k8s.PodSpec = {
  containers: [{
    name: 'a',
    env: [
      { name: 'EMPTY', value: '' }, { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      { name: 'CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
      { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: k8s.Quantity.fromString('1024Ki') } } },
    ],
    resources: { requests: { cpu: k8s.Quantity.fromString('0.5') }, limits: { cpu: k8s.Quantity.fromNumber(2), memory: k8s.Quantity.fromString('1024Mi') } },
  }],
  initContainers: [{ name: 'b', resources: { limits: { memory: k8s.Quantity.fromString('2048Mi') } } }],
  tolerations: [{ key: '', operator: 'Exists', value: '' }],
  volumes: [
    { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }, { downwardApi: { items: [{ path: 'n', fieldRef: { fieldPath: 'metadata.name' } }] } }] } },
    { name: 'labels', downwardApi: { items: [{ path: 'l', fieldRef: { fieldPath: 'metadata.labels' } }] } },
    { name: 'cache', emptyDir: { sizeLimit: k8s.Quantity.fromString('1024Mi') } },
    { name: 'scratch', emptyDir: {} },
  ],
};

const STORED = {
  containers: [{
    name: 'a',
    env: [
      { name: 'EMPTY' }, { name: 'NODE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
      { name: 'CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '0' } } },
      { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
    ],
    resources: { requests: { cpu: '500m' }, limits: { cpu: '2', memory: '1Gi' } },
  }],
  initContainers: [{ name: 'b', resources: { limits: { memory: '2Gi' } } }],
  tolerations: [{ operator: 'Exists' }],
  volumes: [
    { name: 'token', projected: { sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
      { downwardAPI: { items: [{ path: 'n', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } }] } },
    ] } },
    { name: 'labels', downwardAPI: { items: [{ path: 'l', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.labels' } }] } },
    { name: 'cache', emptyDir: { sizeLimit: '1Gi' } },
    { name: 'scratch', emptyDir: {} },
  ],
};

test('a Pod template is written with what the API server adds to lists and references, and its quantities as it spells them', () => {
  const [object] = synth((chart) => apiObject(chart, 'a', k8s.KubeDaemonSet, { spec: { selector: {}, template: { spec: POD } } }));
  expect(object.spec.template.spec).toEqual(STORED);
});

test('so are the claims of a StatefulSet', () => {
  const storage = DataStorage.volumeClaimTemplate({ size: Size.mebibytes(2048) });
  expect(find(synth((chart) => new PrometheusServer(chart, 'p', { storage })), 'StatefulSet').spec.volumeClaimTemplates).toEqual([{
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', resources: { requests: { storage: '2Gi' } } },
    status: { phase: 'Pending' },
  }]);
});

test('a Secret has its texts in base64, those of a patch too', () => {
  const secret = find(synth((chart) => {
    new OperatedAlertmanager(chart, 'a').configSecret?.addJsonPatch(JsonPatch.add('/data/note', 'eA=='), JsonPatch.add('/stringData', { 'notes.txt': 'für später' }));
  }), 'Secret');
  expect(secret).not.toHaveProperty('stringData');
  expect(textsOf(secret)).toEqual({ 'alertmanager.yaml': expect.stringContaining('receivers:\n'), note: 'x', 'notes.txt': 'für später' });
});

test('a patch is written so too', () => {
  const objects = synth((chart) => new PrometheusServer(chart, 'p').workload.addJsonPatch(
    JsonPatch.add('/spec/template/spec/containers/0/env', [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }]),
    JsonPatch.replace('/spec/template/spec/containers/0/resources/limits/memory', '4096Mi'),
  ));
  const [container] = find(objects, 'Deployment').spec.template.spec.containers;
  expect(container.env[0].valueFrom.fieldRef.apiVersion).toBe('v1');
  expect(container.resources.limits.memory).toBe('4Gi');
});

test('resources of the operator have the defaults of their definitions', () => {
  const relabelings = [Relabeling.replace({ targetLabel: 'a', replacement: 'b' })];
  const { spec } = find(synth((chart) => {
    const prometheus = new OperatedPrometheus(chart, 'p', { selfMonitoring: false, containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 1 }] }] });
    prometheus.addRemoteWrite(new RemoteWrite({ url: 'http://store.example.com/write', relabelings }));
    prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'web', targets: ['a:1'], endpoints: [new ScrapeEndpoint({ relabelings })] }));
  }), 'Prometheus');
  expect(spec.remoteWrite[0].writeRelabelConfigs).toContainEqual({ targetLabel: 'a', replacement: 'b', action: 'replace' });
  expect(spec.containers.find(({ name }: Loose) => name === 'a').ports).toEqual([{ containerPort: 1, protocol: 'TCP' }]);
});

test('each of these defaults is one of the definition', () => {
  const schemas = fs.readdirSync(path.join(__dirname, '../../crds')).map((file): Loose => (
    JSON.parse(fs.readFileSync(path.join(__dirname, '../../crds', file), 'utf8')).spec
  ));
  const defaultAt = (kind: string, steps: readonly string[]): unknown => steps.reduce<Loose>((schema, step) => {
    const { items, ...own } = schema.properties[step.replace('[]', '')];
    return step.endsWith('[]') ? items : own;
  }, schemas.find(({ names }) => names.kind === kind).versions[0].schema.openAPIV3Schema).default;
  const paths = Object.entries(RESOURCE_DEFAULTS).flatMap(([kind, byPath = {}]) => (
    Object.entries(byPath).flatMap(([at, values]) => Object.entries(values).map(([field, value]) => [kind, [...at.split('.'), field], value] as const))
  ));
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter(([kind, steps, value]) => defaultAt(kind, steps) !== value)).toEqual([]);
});
