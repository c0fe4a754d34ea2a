import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu, ISecret, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { LogLevel } from '../../../lib/backend/prometheus-props';
import { MetricSelection, SecretKey, TlsServer } from '../../../lib';
import { AdmissionWebhook } from '../../../lib/operator/controller/admission-webhook';
import { KubeletService, NodeAddressPriority } from '../../../lib/operator/controller/kubelet-service';
import { PrometheusOperator } from '../../../lib/operator/controller/prometheus-operator';
import { OperatorController, OperatorFeature, OperatorRepair } from '../../../lib/operator/controller/prometheus-operator-controller';
import { PrometheusOperatorProps } from '../../../lib/operator/controller/prometheus-operator-props';
import { expressions, jobOf, told } from '../../components/support';
import { inChart, synth } from '../../charts';
import { find } from '../../manifests';
import { PodOption } from '../../pod-options';
import { PROGRAMS } from '../../../lib/versions';

function made(props?: PrometheusOperatorProps): PrometheusOperator {
  return inChart((chart) => new PrometheusOperator(chart, 'operator', props));
}

function synthesized(props?: PrometheusOperatorProps): ReturnType<typeof synth> {
  return synth((chart) => new PrometheusOperator(chart, 'prometheus-operator', props));
}

function args(props?: PrometheusOperatorProps): string[] {
  return find(synthesized(props), 'Deployment').spec.template.spec.containers[0].args;
}

test('works without props', () => {
  expect(synthesized()).toMatchSnapshot();
  expect(told(jobOf(made()))).toMatchSnapshot();
  expect(made().admissionWebhook).toBeUndefined();
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synthesized({ watchNamespaces: ['a', 'b'], admissionWebhook: AdmissionWebhook.certManager() }));
  expect(once()).toBe(once());
});

const webServer = (secret: ISecret) => new TlsServer({
  certificate: SecretKey.of(secret, 'web.crt'), privateKey: SecretKey.of(secret, 'web.key'), ca: SecretKey.of(secret, 'web-ca.crt'), serverName: 'operator.example.com',
});

const all = (chart: Chart): Required<Omit<PrometheusOperatorProps, 'denyNamespaces' | PodOption>> => ({
  name: 'operator',
  namespace: 'observing',
  image: 'registry.example.com/prometheus-operator:v0.93.0',
  registry: 'mirror.example.com/proxy',
  imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
  resources: { cpuRequest: Cpu.millis(70), cpuLimit: Cpu.units(1), memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256) },
  nodeSelector: { pool: 'big' },
  tolerations: [{ key: 'gpu', operator: 'Exists' }],
  affinity: { nodeAffinity: {} },
  priorityClassName: 'agents',
  podAnnotations: { note: 'pod' },
  podLabels: { team: 'ops' },
  serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'observer', { namespaceName: 'observing' }),
  jobName: 'operator-job',
  interval: Duration.seconds(60),
  timeout: Duration.seconds(30),
  metrics: MetricSelection.drop('go_.+'),
  watchNamespaces: ['shop', 'pay'],
  instanceNamespaces: ['observing', 'pay'],
  controllers: Object.values(OperatorController),
  features: [OperatorFeature.CONFIGURATION_STATUS],
  repair: OperatorRepair.EVICT,
  kubeletService: KubeletService.of({
    namespace: 'observing',
    name: 'nodes',
    nodeLabels: { 'kubernetes.io/os': 'linux', 'pool': 'big' },
    addressPriority: NodeAddressPriority.EXTERNAL,
    syncPeriod: Duration.seconds(90),
    readOnlyPort: false,
  }),
  configReloader: {
    image: 'registry.example.com/reloader:v0.93.0',
    resources: { cpuRequest: Cpu.millis(5), cpuLimit: Cpu.millis(500), memoryRequest: Size.mebibytes(16), memoryLimit: Size.mebibytes(48) },
    probes: false,
  },
  admissionWebhook: AdmissionWebhook.certManager(),
  webTls: webServer(Secret.fromSecretName(chart, 'web', 'operator-web')),
  logLevel: LogLevel.DEBUG,
  extraFlags: { 'controller-id': 'ours', 'cluster-domain': 'cluster.local' },
  rules: { apiErrorPercent: 33 },
});

test('takes all the props', () => {
  const manifests = synth((chart) => new PrometheusOperator(chart, 'prometheus-operator', all(chart)));
  expect(manifests).toMatchSnapshot();
  const { spec } = manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'operator')!;
  expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
  expect(spec.template.metadata).toMatchObject({ annotations: { note: 'pod' }, labels: { team: 'ops' } });
  expect(spec.template.spec).toMatchObject({
    serviceAccountName: 'observer', priorityClassName: 'agents', nodeSelector: { pool: 'big' }, tolerations: [{ key: 'gpu' }], imagePullSecrets: [{ name: 'pull' }],
  });
  expect(spec.template.spec.containers[0].args).toEqual([
    '--web.listen-address=:8080',
    '--web.enable-tls=true',
    '--web.cert-file=/etc/tls/private/tls.crt',
    '--web.key-file=/etc/tls/private/tls.key',
    '--namespaces=shop,pay',
    '--prometheus-instance-namespaces=observing,pay',
    '--alertmanager-instance-namespaces=observing,pay',
    '--watch-referenced-objects-in-all-namespaces=true',
    '--disable-unmanaged-prometheus-configuration=true',
    '--prometheus-config-reloader=registry.example.com/reloader:v0.93.0',
    '--config-reloader-cpu-request=5m',
    '--config-reloader-cpu-limit=500m',
    '--config-reloader-memory-request=16Mi',
    '--config-reloader-memory-limit=48Mi',
    '--prometheus-default-base-image=mirror.example.com/proxy/prometheus/prometheus',
    '--alertmanager-default-base-image=mirror.example.com/proxy/prometheus/alertmanager',
    '--kubelet-service=observing/nodes',
    '--kubelet-endpointslice=true',
    '--kubelet-endpoints=false',
    '--kubelet-selector=kubernetes.io/os=linux,pool=big',
    '--kubelet-node-address-priority=external',
    '--kubelet-sync-period=90s',
    '--kubelet-http-metrics=false',
    '--repair-policy-for-statefulsets=evict',
    '--feature-gates=StatusForConfigurationResources=true',
    '--auto-gomemlimit-ratio=0.9',
    '--log-level=debug',
    '--controller-id=ours',
    '--cluster-domain=cluster.local',
  ]);
  const operator = inChart((chart) => new PrometheusOperator(chart, 'prometheus-operator', all(chart)));
  expect(told(jobOf(operator))).toMatchSnapshot();
  expect(expressions(operator)).toContain('job=\\"operator-job\\"');
  expect(expressions(operator)).toContain('> 33');
  expect(operator.watchNamespaces).toEqual(['shop', 'pay']);
  expect(operator.instanceNamespaces).toEqual(['observing', 'pay']);
  expect(operator.kubeletService).toMatchObject({ isKept: true, namespace: 'observing', name: 'nodes', hasReadOnlyPort: false });
  expect(operator.admissionWebhook).toBeDefined();
});

test('takes namespaces that it does not look at', () => {
  expect(args({ denyNamespaces: ['a', 'b'] })).toContain('--deny-namespaces=a,b');
  expect(args({ denyNamespaces: [] }).filter((arg) => arg.includes('deny'))).toEqual([]);
  const operator = made({ denyNamespaces: ['a'] });
  expect(['a', 'b'].map((namespace) => operator.manages(namespace))).toEqual([false, true]);
});

test('takes the images of what it makes from the registry too', () => {
  expect(args({ registry: 'mirror.example.com', controllers: [OperatorController.ALERTMANAGER] }).filter((arg) => arg.includes('image') || arg.includes('mirror'))).toEqual([
    `--prometheus-config-reloader=mirror.example.com/prometheus-operator/prometheus-config-reloader:${PROGRAMS.configReloader.version}`,
    '--alertmanager-default-base-image=mirror.example.com/prometheus/alertmanager',
  ]);
});

test('says nothing of the kubelets where it keeps no Service of theirs', () => {
  const none = { kubeletService: KubeletService.none() };
  expect(args(none).filter((arg) => arg.includes('kubelet'))).toEqual([]);
  expect(made(none).kubeletService.isKept).toBe(false);
  expect(made(none).monitoring.rules?.alertNames).not.toContain('PrometheusOperatorNodeLookupErrors');
  expect(made().monitoring.rules?.alertNames).toContain('PrometheusOperatorNodeLookupErrors');
});

test('the Service of the kubelets has the labels that the operator gives it', () => {
  expect(made().kubeletService).toMatchObject({
    isKept: true,
    namespace: 'kube-system',
    name: 'kubelet',
    hasReadOnlyPort: true,
    labels: { 'k8s-app': 'kubelet', 'app.kubernetes.io/name': 'kubelet', 'app.kubernetes.io/managed-by': 'prometheus-operator' },
  });
});

test('two operators go together where they do not meet', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'monitoring' });
  const kubeletService = KubeletService.none();
  new PrometheusOperator(chart, 'one', { watchNamespaces: ['a'] });
  new PrometheusOperator(chart, 'two', { watchNamespaces: ['b'], kubeletService });
  new PrometheusOperator(chart, 'three', { denyNamespaces: ['a', 'b'], kubeletService });
  new PrometheusOperator(chart, 'four', { extraFlags: { 'controller-id': 'four' }, kubeletService });
  expect(Testing.synth(chart).filter(({ kind }) => kind === 'Deployment')).toHaveLength(4);
});

test('two operators go together where they make different kinds', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'monitoring' });
  new PrometheusOperator(chart, 'servers', { controllers: [OperatorController.PROMETHEUS, OperatorController.PROMETHEUS_AGENT] });
  new PrometheusOperator(chart, 'alertmanagers', { controllers: [OperatorController.ALERTMANAGER], kubeletService: KubeletService.none() });
  expect(Testing.synth(chart).filter(({ kind }) => kind === 'Deployment')).toHaveLength(2);
});

test('two operators go together in two apps, which may be two clusters', () => {
  const operators = ['staging', 'production'].map((id) => new PrometheusOperator(new Chart(new App({ outdir: '/nonexistent' }), id, { namespace: 'monitoring' }), 'operator'));
  expect(operators.map(({ node }) => Testing.synth(Chart.of(node.scope!)).filter(({ kind }) => kind === 'Deployment'))).toEqual([
    [expect.anything()], [expect.anything()],
  ]);
});

test.each<[string, PrometheusOperatorProps, PrometheusOperatorProps, string]>([
  ['everywhere', {}, {}, "test/two: operator 'test/one' makes workloads in all namespaces too"],
  ['where one is told to', {}, { watchNamespaces: ['a'] }, "test/two: operator 'test/one' makes workloads in namespace 'a' too"],
  ['where both are told to', { instanceNamespaces: ['a', 'b'] }, { watchNamespaces: ['c', 'b'] }, "makes workloads in namespace 'b' too"],
  ['at the Services of the kubelets, which monitors find by the same labels', { watchNamespaces: ['a'] },
    { watchNamespaces: ['b'], kubeletService: KubeletService.of({ name: 'kubelets' }) }, "test/two: operator 'test/one' keeps Service 'kube-system/kubelet'"],
  ['at the Service of the kubelets', { watchNamespaces: ['a'] }, { watchNamespaces: ['b'] }, "test/two: operator 'test/one' keeps Service 'kube-system/kubelet'"],
])('two operators that meet %s are refused', (_, one, two, message) => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'monitoring' });
  new PrometheusOperator(chart, 'one', one);
  expect(() => new PrometheusOperator(chart, 'two', two)).toThrow(message);
});

test.each<[string, PrometheusOperatorProps, string]>([
  ['no namespace', { watchNamespaces: [] }, 'test/operator: watchNamespaces: namespaces is empty'],
  ['no namespace for workloads', { instanceNamespaces: [] }, 'test/operator: instanceNamespaces: namespaces is empty'],
  ['a namespace that is none', { denyNamespaces: ['A'] }, "test/operator: denyNamespaces[0]: 'A' is not the name of a namespace"],
  ['namespaces both watched and denied', { watchNamespaces: ['a'], denyNamespaces: ['b'] }, 'test/operator: got both watchNamespaces and denyNamespaces'],
  ['no controller', { controllers: [] }, 'test/operator: controllers is empty; name at least one OperatorController'],
  ['a flag with dashes', { extraFlags: { '--labels': 'a=b' } }, "test/operator: extraFlags: flag '--labels' has leading dashes"],
  ['a flag of a prop', { extraFlags: { namespaces: 'a' } }, "test/operator: extraFlags: flag 'namespaces' is set by the library; use the prop 'watchNamespaces'"],
  ['an unknown flag', { extraFlags: { 'log-fromat': 'json' } }, "test/operator: extraFlags: the operator has no flag 'log-fromat', did you mean 'log-format'?"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});

test('a certificate that is made in another namespace is refused', () => {
  expect(() => inChart((chart) => {
    const secret = new Secret(chart, 'web', { metadata: { name: 'web', namespace: 'elsewhere' } });
    return new PrometheusOperator(chart, 'operator', { webTls: TlsServer.fromSecret(secret) });
  })).toThrow("test/operator: Secret 'web' is made in namespace 'elsewhere', and Pods mount only Secrets of their own, 'monitoring'");
});

test.each<[string, () => unknown, string]>([
  ['a namespace', () => KubeletService.of({ namespace: 'Kube' }), "KubeletService.of: namespace: 'Kube' is not the name of a namespace"],
  ['a name', () => KubeletService.of({ name: '1' }), "KubeletService.of: name: '1' is not the name of a Service; use at most 63 lower-case letters"],
  ['a label', () => KubeletService.of({ nodeLabels: { a: 'b,c' } }), "KubeletService.of: nodeLabels['a']: 'b,c' is not the value of a Kubernetes label"],
  ['a label of 70 letters', () => KubeletService.of({ nodeLabels: { a: 'x'.repeat(70) } }), 'is not the value of a Kubernetes label; use at most 63 letters'],
  ['a label with the prefix of none', () => KubeletService.of({ nodeLabels: { '-a/b': 'x' } }), "KubeletService.of: nodeLabels: '-a/b' is not the key of a Kubernetes label"],
  ['a time', () => KubeletService.of({ syncPeriod: Duration.millis(1500) }), "KubeletService.of: 'syncPeriod' is 1500 ms, which is not in whole seconds"],
])('a Service of the kubelets with %s that is none is refused', (_, make, message) => {
  expect(make).toThrow(message);
});
