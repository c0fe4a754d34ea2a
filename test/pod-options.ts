import { Chart, Duration } from 'cdk8s';
import { DnsPolicy, ImagePullPolicy, k8s, Secret } from 'cdk8s-plus-27';
import { objectsOf } from './operator/operated';
import { newChart } from './charts';
import { Loose } from './manifests';
import {
  AlertmanagerServer, ApiServiceTls, BlackboxExporter, DataSource, DataStorage, Grafana, InfluxDb, InfluxDb2, InfluxDb2Credentials,
  InfluxDbCredentials, KubeStateMetrics, KubeletMonitor, MetricsServer, NodeExporterDaemonSet, OperatedAlertmanager, OperatedPrometheus,
  PodOptions, PrometheusAdapter, PrometheusOperator, PrometheusServer, RemoteWrite, SecretKey, UpdateStrategy, VictoriaMetrics, WorkloadOptions,
  ObjectStorage, RuleSet, ThanosCompactor, ThanosQuery, ThanosQueryFrontend, ThanosReceive, ThanosRuler, ThanosStore, Sink, SinkGateway,
} from '../lib';

/** A Prometheus that scrapes the kubelets. */
function ofKubelets(chart: Chart): PrometheusServer {
  const prometheus = new PrometheusServer(chart, 'prometheus');
  prometheus.monitor(new KubeletMonitor(chart, 'kubelet'));
  return prometheus;
}

/** Options that all workloads have in common and that test/kubernetes/pod-options.test.ts looks at for all of them. */
export type PodOption = keyof PodOptions | 'serviceAnnotations' | 'serviceLabels' | 'serviceAccountAnnotations' | 'serviceAccountLabels';

/** Values of all options; where a cluster assigns ids, there are none. */
export function podOptions(updateStrategy: UpdateStrategy): Required<Omit<Pick<WorkloadOptions, PodOption>, 'clusterAssignsIds'>> {
  return {
    containers: [{
      name: 'proxy',
      image: 'example.com/proxy:v1',
      args: ['--upstream=localhost'],
      ports: [{ name: 'proxy', containerPort: 4180, protocol: 'TCP' }],
      env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'proxy', key: 'a' } } }],
      resources: { requests: { cpu: k8s.Quantity.fromString('5m') }, limits: { memory: k8s.Quantity.fromString('32Mi') } },
      readinessProbe: { httpGet: { path: '/ping', port: k8s.IntOrString.fromNumber(4180) } },
      volumeMounts: [{ name: 'extra', mountPath: '/extra', readOnly: true }],
    }],
    initContainers: [{ name: 'prepare', image: 'example.com/prepare:v1', securityContext: { runAsUser: 7 }, volumeMounts: [{ name: 'extra', mountPath: '/out' }] }],
    volumes: [{ name: 'extra', emptyDir: { sizeLimit: k8s.Quantity.fromString('1Mi') } }],
    volumeMounts: [{ name: 'extra', mountPath: '/etc/extra', readOnly: true }],
    env: [{ name: 'GODEBUG', value: 'madvdontneed=1' }],
    envFrom: [{ secretRef: { name: 'more' } }],
    podSecurityContext: { runAsUser: 1000, seLinuxOptions: { level: 's0:c1,c2' }, sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }] },
    containerSecurityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'shop.json' } },
    imagePullPolicy: ImagePullPolicy.ALWAYS,
    hostNetwork: true,
    hostUsers: true,
    dnsPolicy: DnsPolicy.NONE,
    dnsConfig: { nameservers: ['192.0.2.53'], searches: ['shop.example.com'], options: [{ name: 'ndots', value: '1' }, { name: 'edns0' }] },
    hostAliases: [{ ip: '192.0.2.10', hostnames: ['store.example.com'] }],
    topologySpreadConstraints: [{ maxSkew: 2, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule' }],
    runtimeClassName: 'gvisor',
    terminationGracePeriod: Duration.millis(44_500),
    updateStrategy,
    serviceAnnotations: { 'example.com/a': 'service' },
    serviceLabels: { tier: 'service' },
    serviceAccountAnnotations: { 'example.com/a': 'account' },
    serviceAccountLabels: { tier: 'account' },
  };
}

/** A workload, as options of all workloads are seen in it. */
export interface Subject {
  readonly of: string;
  /** Name of the main container. */
  readonly container: string;
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  /** Whether the operator makes its Pods. */
  readonly operated?: true;
  /** Group of its Pods, where that is not `nobody`. */
  readonly group?: number;
  readonly make: (chart: Chart, options: WorkloadOptions) => object;
}

const store = () => [new RemoteWrite({ url: 'https://store.example.com/write' })];

const blocks = ObjectStorage.gcs({ bucket: 'blocks' });

/** Every workload of the library. */
export const SUBJECTS: readonly Subject[] = [
  { of: 'PrometheusServer', container: 'prometheus', kind: 'Deployment', make: (chart, options) => new PrometheusServer(chart, 'it', options) },
  { of: 'PrometheusServer with replicas', container: 'prometheus', kind: 'StatefulSet', make: (chart, options) => new PrometheusServer(chart, 'it', { ...options, replicas: 2 }) },
  { of: 'AlertmanagerServer', container: 'alertmanager', kind: 'StatefulSet', make: (chart, options) => new AlertmanagerServer(chart, 'it', options) },
  { of: 'NodeExporterDaemonSet', container: 'node-exporter', kind: 'DaemonSet', make: (chart, options) => new NodeExporterDaemonSet(chart, 'it', options) },
  { of: 'KubeStateMetrics', container: 'kube-state-metrics', kind: 'Deployment', make: (chart, options) => new KubeStateMetrics(chart, 'it', options) },
  { of: 'KubeStateMetrics with shards', container: 'kube-state-metrics', kind: 'StatefulSet', make: (chart, options) => new KubeStateMetrics(chart, 'it', { ...options, shards: 2 }) },
  { of: 'BlackboxExporter', container: 'blackbox-exporter', kind: 'Deployment', make: (chart, options) => new BlackboxExporter(chart, 'it', options) },
  {
    of: 'MetricsServer', container: 'metrics-server', kind: 'Deployment',
    make: (chart, options) => new MetricsServer(chart, 'it', { ...options, tls: ApiServiceTls.insecureSkipVerify() }),
  },
  {
    of: 'PrometheusAdapter', container: 'prometheus-adapter', kind: 'Deployment',
    make: (chart, options) => new PrometheusAdapter(chart, 'it', {
      ...options, tls: ApiServiceTls.insecureSkipVerify(), prometheus: ofKubelets(new Chart(chart.node.root, 'other')), resourceMetrics: {},
    }),
  },
  {
    of: 'Grafana', container: 'grafana', kind: 'Deployment', group: 472,
    make: (chart, options) => new Grafana(chart, 'it', {
      ...options, adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'admin', 'admin'), 'password'), dataSources: [DataSource.of({ name: 'logs', type: 'loki' })],
    }),
  },
  {
    of: 'Grafana with a volume', container: 'grafana', kind: 'StatefulSet', group: 472,
    make: (chart, options) => new Grafana(chart, 'it', {
      ...options, adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'admin', 'admin'), 'password'), dataSources: [DataSource.of({ name: 'logs', type: 'loki' })],
      storage: DataStorage.volumeClaimTemplate(),
    }),
  },
  {
    of: 'VictoriaMetrics', container: 'victoria-metrics', kind: 'StatefulSet',
    make: (chart, options) => new VictoriaMetrics(chart, 'it', { ...options, openTsdb: true }),
  },
  {
    of: 'InfluxDb', container: 'influxdb', kind: 'StatefulSet',
    make: (chart, options) => new InfluxDb(chart, 'it', { ...options, credentials: InfluxDbCredentials.fromSecret(Secret.fromSecretName(chart, 'users', 'users')) }),
  },
  {
    of: 'InfluxDb2', container: 'influxdb', kind: 'StatefulSet',
    make: (chart, options) => new InfluxDb2(chart, 'it', { ...options, credentials: InfluxDb2Credentials.fromSecret(Secret.fromSecretName(chart, 'users', 'users')) }),
  },
  { of: 'ThanosQuery', container: 'thanos-query', kind: 'Deployment', make: (chart, options) => new ThanosQuery(chart, 'it', { ...options, stores: [], addresses: ['far:10901'] }) },
  {
    of: 'ThanosQueryFrontend', container: 'thanos-query-frontend', kind: 'Deployment',
    make: (chart, options) => new ThanosQueryFrontend(chart, 'it', {
      ...options, query: new ThanosQuery(new Chart(chart.node.root, 'other'), 'query', { stores: [], addresses: ['far:10901'] }),
    }),
  },
  { of: 'ThanosStore', container: 'thanos-store', kind: 'StatefulSet', make: (chart, options) => new ThanosStore(chart, 'it', { ...options, objectStorage: blocks }) },
  {
    of: 'ThanosRuler', container: 'thanos-rule', kind: 'StatefulSet',
    make: (chart, options) => new ThanosRuler(chart, 'it', {
      ...options,
      query: new ThanosQuery(new Chart(chart.node.root, 'other'), 'query', { stores: [], addresses: ['far:10901'] }),
      ruleSets: { shop: RuleSet.fromText('groups: [{ name: shop, rules: [{ record: a:b, expr: vector(1) }] }]') },
    }),
  },
  { of: 'ThanosReceive', container: 'thanos-receive', kind: 'StatefulSet', make: (chart, options) => new ThanosReceive(chart, 'it', options) },
  {
    of: 'ThanosCompactor', container: 'thanos-compact', kind: 'StatefulSet', make: (chart, options) => new ThanosCompactor(chart, 'it', { ...options, objectStorage: blocks }),
  },
  {
    of: 'SinkGateway', container: 'sink-gateway', kind: 'Deployment',
    make: (chart, options) => new SinkGateway(chart, 'it', { ...options, sink: Sink.kafka({ brokers: ['kafka:9092'], topic: 'metrics' }) }),
  },
  { of: 'PrometheusOperator', container: 'prometheus-operator', kind: 'Deployment', make: (chart, options) => new PrometheusOperator(chart, 'it', options) },
  { of: 'OperatedPrometheus', container: 'prometheus', kind: 'StatefulSet', operated: true, make: (chart, options) => new OperatedPrometheus(chart, 'it', options) },
  {
    of: 'OperatedPrometheus as agent', container: 'prometheus', kind: 'StatefulSet', operated: true,
    make: (chart, options) => new OperatedPrometheus(chart, 'it', { ...options, agent: true, remoteWrites: store() }),
  },
  { of: 'OperatedAlertmanager', container: 'alertmanager', kind: 'StatefulSet', operated: true, make: (chart, options) => new OperatedAlertmanager(chart, 'it', options) },
];

/** The strategy that a workload takes, and how it is spelled. */
export function strategyOf({ of, kind }: Subject): readonly [UpdateStrategy, Loose] {
  return of === 'PrometheusOperator' || kind === 'Deployment'
    ? [UpdateStrategy.recreate(), { type: 'Recreate' }]
    : [UpdateStrategy.onDelete(), { type: 'OnDelete' }];
}

/** Objects of a workload with options, the part of them that Pods are made of, and its main container as far as it is said. */
export function madeOf({ make, container, kind, operated }: Subject, options: WorkloadOptions) {
  const chart = newChart();
  make(chart, options);
  const objects = objectsOf(chart);
  const resource = objects.find((object) => object.metadata.name === 'it' && (operated ? /^(Prometheus|PrometheusAgent|Alertmanager)$/.test(object.kind) : object.kind === kind));
  const pod: Loose = operated ? resource.spec : resource.spec.template.spec;
  const main: Loose = (pod.containers ?? []).find(({ name }: Loose) => name === container) ?? {};
  return { objects, spec: resource.spec, pod, main, mounts: (operated ? pod.volumeMounts : main.volumeMounts) ?? [] };
}
