import { Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { Stack } from './support';
import {
  AlertRouting, ApiServiceTls, ClusterProfile, DataStorage, ExternalMetric, InfluxDb2Credentials, InfluxDbCredentials, Integration,
  KubernetesMonitoringProps, MonitoringPart, Receiver, RuleEdit, SecretKey, TlsClient,
} from '../../lib';
import { Loose } from '../manifests';

const REGISTRY = 'registry.example.com';

/** `backend` changes the form of all the rest, and is tested in a file of its own. */
type PlainProps = Required<Omit<KubernetesMonitoringProps, 'backend'>>;

function everything(chart: Chart): PlainProps {
  const secret = Secret.fromSecretName(chart, 'pull', 'pull');
  return {
    profile: ClusterProfile.managed(),
    namespace: 'watch',
    nodeNamespace: 'agents',
    createNamespaces: false,
    without: [MonitoringPart.ANNOTATED_APPS],
    routing: new AlertRouting({ receiver: Receiver.of('duty', Integration.webhook({ url: 'http://duty.example.com' })) }),
    ruleEdits: [RuleEdit.without('KubePodCrashLooping')],
    registry: REGISTRY,
    imagePullSecrets: [secret],
    clusterAssignsIds: true,
    prometheus: { name: 'prom', retention: Duration.days(9), storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(7) }) },
    alertmanager: { replicas: 3 },
    nodeExporter: { jobName: 'nodes' },
    kubeStateMetrics: { jobName: 'state' },
    kubelet: { jobName: 'agents' },
    apiServer: { jobName: 'api' },
    scheduler: { jobName: 'placement' },
    controllerManager: { jobName: 'controllers' },
    kubeProxy: { jobName: 'proxy' },
    coreDns: { jobName: 'dns' },
    etcd: { jobName: 'store', addresses: ['192.0.2.11'], tls: TlsClient.fromSecret(Secret.fromSecretName(chart, 'certs', 'certs'), { ca: 'ca.crt' }) },
    blackboxExporter: { jobName: 'prober', replicas: 2 },
    metricsServer: { jobName: 'usage', tls: ApiServiceTls.certManager() },
    prometheusAdapter: { jobName: 'adapter', tls: ApiServiceTls.certManager(), externalMetrics: [ExternalMetric.fromSeries({ series: 'queue_messages' })] },
    victoriaMetrics: { jobName: 'history' },
    influxDb: { jobName: 'archive', credentials: InfluxDbCredentials.fromSecret(Secret.fromSecretName(chart, 'users', 'users')) },
    influxDb2: { jobName: 'second', credentials: InfluxDb2Credentials.fromSecret(Secret.fromSecretName(chart, 'users2', 'users2')) },
    grafana: { jobName: 'boards', adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'admin', 'admin'), 'password') },
  };
}

type Prop = keyof PlainProps;

/** By prop what is seen of it, and what that has to be. */
const SEEN: { readonly [prop in Prop]-?: readonly [(stack: Stack) => unknown, unknown] } = {
  profile: [(stack) => stack.scrapes('agents').map(({ tls_config: { insecure_skip_verify: skipped } }) => skipped), [undefined, undefined, undefined]],
  namespace: [(stack) => stack.identities.filter((name) => name.endsWith('/kube-state-metrics')), [
    'ServiceAccount watch/kube-state-metrics', 'Deployment watch/kube-state-metrics', 'Service watch/kube-state-metrics',
  ]],
  nodeNamespace: [(stack) => stack.of('DaemonSet').map(({ metadata }) => metadata.namespace), ['agents']],
  createNamespaces: [(stack) => stack.of('Namespace'), []],
  without: [(stack) => stack.jobs.filter((job) => job.startsWith('annotated')), []],
  routing: [(stack) => stack.one('ConfigMap', 'alertmanager-config').data['alertmanager.yaml'].match(/duty\.example\.com/g), ['duty.example.com']],
  ruleEdits: [(stack) => stack.alerts.filter((alert) => alert === 'KubePodCrashLooping'), []],
  registry: [(stack) => images(stack).filter((image) => !image.startsWith(`${REGISTRY}/`)), []],
  imagePullSecrets: [(stack) => stack.pods.map((pod) => pod.imagePullSecrets), Array.from({ length: 12 }, () => [{ name: 'pull' }])],
  clusterAssignsIds: [(stack) => stack.pods
    .filter(({ securityContext }) => securityContext.runAsUser !== undefined).map(({ hostPID }) => hostPID), [true]],
  prometheus: [(stack) => Object.entries(stack.workloads).map(([name, { spec }]) => [name, JSON.stringify(spec.volumeClaimTemplates ?? []).includes('7Gi')]),
    expect.arrayContaining([['prom', true]])],
  alertmanager: [(stack) => stack.workloads.alertmanager.spec.replicas, 3],
  nodeExporter: [(stack) => stack.jobs.includes('nodes'), true],
  kubeStateMetrics: [(stack) => stack.jobs.includes('state'), true],
  kubelet: [(stack) => stack.jobs.includes('agents'), true],
  apiServer: [(stack) => stack.jobs.includes('api'), true],
  scheduler: [(stack) => stack.jobs.includes('placement'), true],
  controllerManager: [(stack) => stack.jobs.includes('controllers'), true],
  kubeProxy: [(stack) => stack.jobs.includes('proxy'), true],
  coreDns: [(stack) => stack.jobs.includes('dns'), true],
  etcd: [(stack) => stack.jobs.includes('store') && stack.text.includes('192.0.2.11'), true],
  blackboxExporter: [(stack) => stack.jobs.includes('prober') && stack.workloads['blackbox-exporter'].spec.replicas, 2],
  metricsServer: [(stack) => stack.jobs.includes('usage'), true],
  prometheusAdapter: [(stack) => stack.jobs.includes('adapter'), true],
  victoriaMetrics: [(stack) => stack.jobs.includes('history'), true],
  influxDb: [(stack) => stack.jobs.includes('archive'), true],
  influxDb2: [(stack) => stack.jobs.includes('second'), true],
  grafana: [(stack) => stack.jobs.includes('boards'), true],
};

function images(stack: Stack): string[] {
  return stack.pods.flatMap(({ containers, initContainers = [] }) => [...containers, ...initContainers]).map(({ image }: Loose) => image);
}

const all = new Stack(everything);

test.each(Object.entries(SEEN))('%s reaches the manifests, and is not there by itself', (prop, [look, expected]) => {
  expect(look(all)).toEqual(expected);
  expect(look(new Stack((chart) => ({ ...everything(chart), [prop]: undefined })))).not.toEqual(expected);
});

test('all together are what was reviewed', () => {
  expect(all.identities).toMatchSnapshot();
  expect(all.configuration.scrape_configs.map(({ job_name: name }: Loose) => name)).toMatchSnapshot();
});

test('the registry is that of the reloaders too', () => {
  expect(images(all)).toHaveLength(16);
  expect(images(all).filter((image) => image.includes('config-reloader'))).toHaveLength(2);
});

test('an etcd outside of the cluster has its Service in the namespace of all, unless it is given one', () => {
  const addresses = ['192.0.2.11'];
  const services = (stack: Stack) => stack.identities.filter((name) => /^(Service|Endpoints) .*etcd$/.test(name));
  expect(services(all)).toEqual(['Service watch/etcd', 'Endpoints watch/etcd']);
  expect(services(new Stack({ etcd: { addresses } }))).toEqual(['Service kube-ops/etcd', 'Endpoints kube-ops/etcd']);
  expect(services(new Stack({ etcd: { addresses, namespace: 'store' } }))).toEqual(['Service store/etcd', 'Endpoints store/etcd']);
  expect(services(new Stack({ etcd: {} }))).toEqual(['Service kube-system/etcd']);
});

test('a part\'s own registry and Secrets go before those of all', () => {
  const stack = new Stack((chart) => ({
    registry: REGISTRY,
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    kubeStateMetrics: { registry: 'mirror.example.com', imagePullSecrets: [Secret.fromSecretName(chart, 'other', 'other')] },
  }));
  expect(stack.workloads['kube-state-metrics'].spec.template.spec).toMatchObject({
    imagePullSecrets: [{ name: 'other' }], containers: [{ image: expect.stringMatching(/^mirror\.example\.com\//) }],
  });
  expect(images(stack).filter((image) => !image.startsWith(`${REGISTRY}/`))).toHaveLength(1);
});

test('rules know the jobs by the names that they were given', () => {
  expect(all.jobsInRules.filter((job) => !all.jobs.includes(job))).toEqual([]);
  expect(all.jobsInRules).toEqual(expect.arrayContaining(['nodes', 'state', 'agents', 'api', 'placement', 'controllers', 'proxy', 'dns', 'store', 'prober', 'usage', 'adapter', 'history', 'archive', 'second', 'boards']));
});

test('each part is a property', () => {
  const { construct } = all;
  expect([
    construct.prometheus, construct.nodeExporter, construct.kubeStateMetrics, construct.kubelet, construct.apiServer,
    construct.scheduler, construct.controllerManager, construct.kubeProxy, construct.coreDns, construct.etcd, construct.blackboxExporter,
    construct.metricsServer, construct.prometheusAdapter, construct.victoriaMetrics, construct.influxDb, construct.influxDb2, construct.grafana,
  ].map((part) => part?.node.id)).toEqual([
    'prometheus', 'node-exporter', 'kube-state-metrics', 'kubelet', 'apiserver', 'kube-scheduler', 'kube-controller-manager',
    'kube-proxy', 'coredns', 'etcd', 'blackbox-exporter', 'metrics-server', 'prometheus-adapter', 'victoria-metrics', 'influxdb', 'influxdb2', 'grafana',
  ]);
  expect([construct.alertmanager?.namespace, construct.alertmanager?.serviceName]).toEqual(['watch', 'alertmanager']);
  expect([construct.namespace, construct.nodeNamespace, construct.profile.isManaged, construct.notes]).toEqual(['watch', 'agents', true, []]);
});

test('the caller\'s lists stay as they are', () => {
  const without = [MonitoringPart.ETCD];
  const ruleEdits = [RuleEdit.without('Watchdog')];
  const [partsBefore, editsBefore] = [[...without], [...ruleEdits]];
  expect(new Stack({ without, ruleEdits }).alerts).not.toContain('Watchdog');
  expect([without, ruleEdits]).toEqual([partsBefore, editsBefore]);
});
