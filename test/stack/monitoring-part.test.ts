import * as fs from 'node:fs';
import * as path from 'node:path';
import { GRAFANA, INFLUXDB, INFLUXDB2, Stack } from './support';
import { ApiServiceTls, ClusterProfile, CustomMetric, KubernetesMonitoringProps, MonitoringPart } from '../../lib';
import { Component, COMPONENTS } from '../../lib/components/catalogue';

interface Trace {
  /** The objects that are not there, beside the part's rules. */
  readonly objects: string[];
  readonly jobs?: string[];
  readonly groups?: string[];
  /** What Prometheus may not any more. */
  readonly revoked?: string[];
  /** A word that is nowhere any more. */
  readonly word?: RegExp;
}

const exporter = (namespace: string, name: string, kind: string) => ['ServiceAccount', kind, 'Service'].map((each) => `${each} ${namespace}/${name}`);

/** The uids of all dashboards that the stack shows with everything in it: it has no operator and no Thanos. */
const DASHBOARDS = fs.readdirSync(path.join(__dirname, '../../lib/components'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.dashboard.json')).map((file) => path.basename(file, '.dashboard.json'))
  .filter((uid) => uid !== 'prometheus-operator' && !uid.startsWith('thanos-'));

/** Roles and bindings of a server of metrics APIs. */
const delegated = (name: string) => [
  `ClusterRoleBinding kube-ops-${name}-auth-delegator`, `RoleBinding kube-system/kube-ops-${name}-auth-reader`, `ClusterRole kube-ops-${name}`,
  `ClusterRoleBinding kube-ops-${name}`,
];

/** The operator is a part of stacks that it runs, which are tested in a file of their own. */
type PlainPart = Exclude<MonitoringPart, MonitoringPart.PROMETHEUS_OPERATOR>;

const isPlain = (part: MonitoringPart): part is PlainPart => part !== MonitoringPart.PROMETHEUS_OPERATOR;

const TRACES: { readonly [part in PlainPart]: Trace } = {
  [MonitoringPart.ALERTMANAGER]: {
    objects: [...exporter('kube-ops', 'alertmanager', 'StatefulSet'), 'ConfigMap kube-ops/alertmanager-config', 'Service kube-ops/alertmanager-peers'],
    groups: ['alertmanager.rules', 'alertmanager-config-reloader'],
    word: /job=\\"alertmanager|PrometheusNotConnectedToAlertmanagers|prom\/alertmanager/,
  },
  [MonitoringPart.NODE_EXPORTER]: {
    objects: ['Namespace kube-ops-nodes', ...exporter('kube-ops-nodes', 'node-exporter', 'DaemonSet')],
    groups: ['node-exporter', 'node-network'],
    word: /node-exporter|kube-ops-nodes/,
  },
  [MonitoringPart.KUBE_STATE_METRICS]: {
    objects: [...exporter('kube-ops', 'kube-state-metrics', 'Deployment'), 'ClusterRole kube-ops-kube-state-metrics', 'ClusterRoleBinding kube-ops-kube-state-metrics'],
    groups: ['kube-state-metrics', 'kubernetes-apps', 'kubernetes-restarts', 'kubernetes-resources', 'kubernetes-storage', 'kubernetes-nodes'],
    word: /kube-state-metrics\/kube-state-metrics|resourcequotas/,
  },
  [MonitoringPart.KUBELET]: {
    objects: [],
    groups: ['kubernetes-system-kubelet', 'kubernetes-containers', 'kubernetes-volume-operations', 'kubernetes-volumes'],
    revoked: ['get nodes/metrics', 'list nodes'],
    word: /10250|nodes\/metrics|job=\\"kubelet|cadvisor/,
  },
  [MonitoringPart.API_SERVER]: {
    objects: [],
    jobs: ['apiserver', 'certificates'],
    // Without its records there are none that could lack data.
    groups: [
      'kubernetes-system-apiserver', 'kubernetes-apiserver-latency', 'kubernetes-system', 'kube-apiserver-burnrate', 'kube-apiserver-slos', 'prometheus-records',
    ],
    word: /job=\\"apiserver|alert: KubeAPI/,
  },
  [MonitoringPart.SCHEDULER]: { objects: ['Service kube-system/kube-scheduler'], groups: ['kubernetes-system-scheduler'], word: /10259|KubeScheduler/ },
  [MonitoringPart.CONTROLLER_MANAGER]: {
    objects: ['Service kube-system/kube-controller-manager'], groups: ['kubernetes-system-controller-manager'], word: /10257|KubeControllerManager/,
  },
  [MonitoringPart.KUBE_PROXY]: { objects: ['Service kube-system/kube-proxy'], groups: ['kubernetes-system-kube-proxy'], word: /10249|KubeProxy/ },
  [MonitoringPart.CORE_DNS]: { objects: [], groups: ['coredns'], word: /coredns|alert: CoreDNS/ },
  [MonitoringPart.ETCD]: { objects: ['Service kube-system/etcd'], groups: ['etcd'], word: /2381|etcdNoLeader|job=\\"etcd/ },
  [MonitoringPart.BLACKBOX_EXPORTER]: {
    objects: [...exporter('kube-ops', 'blackbox-exporter', 'Deployment'), 'ConfigMap kube-ops/blackbox-exporter'],
    jobs: ['blackbox-exporter', 'certificates', 'probed-services', 'probed-ingresses'],
    groups: ['blackbox-exporter'],
    revoked: ['list ingresses'],
    word: /blackbox|probed-|alert: ProbeFailed/,
  },
  [MonitoringPart.METRICS_SERVER]: {
    objects: [
      ...exporter('kube-ops', 'metrics-server', 'Deployment'), ...delegated('metrics-server'), 'ClusterRole kube-ops-metrics-server-reader',
      'APIService v1beta1.metrics.k8s.io', 'ConfigMap kube-ops/grafana-dashboard-metrics-server',
    ],
    groups: ['metrics-server'],
    word: /metrics-server\/metrics-server|MetricsServerDown|MetricsApiUnavailable"/,
  },
  [MonitoringPart.PROMETHEUS_ADAPTER]: {
    objects: [
      ...exporter('kube-ops', 'prometheus-adapter', 'Deployment'), ...delegated('prometheus-adapter'), 'ClusterRole kube-ops-prometheus-adapter-custom-reader',
      'ConfigMap kube-ops/prometheus-adapter', 'APIService v1beta1.custom.metrics.k8s.io', 'APIService v1beta2.custom.metrics.k8s.io',
      'ConfigMap kube-ops/grafana-dashboard-prometheus-adapter',
    ],
    groups: ['prometheus-adapter'],
    word: /prometheus-adapter|PrometheusAdapterDown/,
  },
  [MonitoringPart.VICTORIA_METRICS]: {
    objects: [...exporter('kube-ops', 'victoria-metrics', 'StatefulSet'), 'ConfigMap kube-ops/grafana-dashboard-victoria-metrics'],
    groups: ['victoria-metrics'],
    word: /victoria-?metrics/i,
  },
  [MonitoringPart.INFLUXDB]: {
    objects: [...exporter('kube-ops', 'influxdb', 'StatefulSet'), 'ConfigMap kube-ops/grafana-dashboard-influxdb'],
    groups: ['influxdb'],
    word: /data-influxdb-0|InfluxDBDown/,
  },
  [MonitoringPart.INFLUXDB2]: {
    objects: [
      ...exporter('kube-ops', 'influxdb2', 'StatefulSet'), ...exporter('kube-ops', 'prometheus-influxdb', 'Deployment'),
      'ConfigMap kube-ops/prometheus-influxdb', 'PodDisruptionBudget kube-ops/prometheus-influxdb',
      'ConfigMap kube-ops/grafana-dashboard-influxdb2', 'ConfigMap kube-ops/grafana-dashboard-sink-gateway',
    ],
    jobs: ['influxdb2', 'prometheus-influxdb'],
    groups: ['influxdb2', 'sink-gateway-prometheus-influxdb'],
    word: /influxdb2/i,
  },
  [MonitoringPart.GRAFANA]: {
    objects: [
      ...exporter('kube-ops', 'grafana', 'Deployment'), 'ConfigMap kube-ops/grafana-config',
      ...DASHBOARDS.map((uid) => `ConfigMap kube-ops/grafana-dashboard-${uid}`),
    ],
    groups: ['grafana'],
    word: /grafana\/grafana|GrafanaDown/,
  },
  [MonitoringPart.ANNOTATED_APPS]: {
    objects: [], jobs: ['annotated-pods', 'annotated-services'], groups: [], revoked: ['list pods', 'list endpointslices'], word: /annotated-/,
  },
};

const profile = ClusterProfile.kubeadm({ scheduler: true, controllerManager: true, kubeProxy: true, etcd: true });
const full = new Stack({ profile });

/** Props of the parts that are made on demand only. */
const ON_DEMAND = new Map<MonitoringPart, KubernetesMonitoringProps>([
  [MonitoringPart.METRICS_SERVER, { metricsServer: { tls: ApiServiceTls.insecureSkipVerify() } }],
  [MonitoringPart.VICTORIA_METRICS, { victoriaMetrics: {} }],
  [MonitoringPart.INFLUXDB, { influxDb: INFLUXDB }],
  [MonitoringPart.INFLUXDB2, { influxDb2: INFLUXDB2 }],
  [MonitoringPart.GRAFANA, { grafana: GRAFANA }],
  [MonitoringPart.PROMETHEUS_ADAPTER, {
    prometheusAdapter: { tls: ApiServiceTls.insecureSkipVerify(), customMetrics: [CustomMetric.fromSeries({ series: 'http_requests_total' })] },
  }],
]);

/** A stack with everything, but for a part if one is named. */
function everything(but?: MonitoringPart): Stack {
  return new Stack({ profile, ...Object.assign({}, ...[...ON_DEMAND].filter(([part]) => part !== but).map(([, props]) => props)) });
}

/** What Prometheus may in the whole cluster: `verb resource`. */
function clusterWide({ granted }: Stack): string[] {
  return granted.filter((line) => line.startsWith('cluster: ')).flatMap((line) => {
    const [, verbs, resources] = line.split(' ');
    return verbs.split(',').flatMap((verb) => resources.split(',').map((resource) => `${verb} ${resource}`));
  }).filter((right) => !right.startsWith('watch '));
}

function missing(from: readonly string[], of: readonly string[]): string[] {
  return of.filter((one) => !from.includes(one)).sort();
}

test('the parts are those of the catalogue, and the discovery of applications', () => {
  const parts: string[] = Object.values(MonitoringPart);
  const listed = Object.values<Component>(COMPONENTS).flatMap(({ part }) => part ?? []);
  expect(listed.filter((part) => !parts.includes(part)).map((part) => `add '${part}' to MonitoringPart of lib/stack/monitoring-part.ts`)).toEqual([]);
  const apps: string = MonitoringPart.ANNOTATED_APPS;
  expect(parts.filter((part) => !listed.includes(part) && part !== apps)
    .map((part) => `give a component of lib/components/catalogue.ts the part '${part}'`)).toEqual([]);
  expect(Object.values(MonitoringPart).filter((part) => isPlain(part) && !(part in TRACES))
    .map((part) => `add '${part}' to TRACES of test/stack/monitoring-part.test.ts`)).toEqual([]);
});

test('every component with a part is made by the stack, under the name of its prop, and can be opened by the profile', () => {
  const { construct } = everything();
  const properties = new Map<string, unknown>(Object.entries(construct));
  const reaches = Object.keys(ClusterProfile.kubeadm());
  const components = Object.values<Component>(COMPONENTS);
  const props = components.flatMap(({ prop }) => prop ?? []);
  expect(props.filter((prop) => properties.get(prop) === undefined).map((prop) => `make '${prop}' in lib/stack/kubernetes-monitoring.ts`)).toEqual([]);
  expect(components.filter(({ opening, prop }) => opening !== undefined && !reaches.includes(`${prop}`))
    .map(({ prop }) => `add '${prop}' to ClusterReach and ClusterProfile of lib/stack/cluster-profile.ts`)).toEqual([]);
});

test('the construct of a part is called like it', () => {
  const ids = everything().construct.node.children.map(({ node }) => node.id);
  expect(Object.values(MonitoringPart).filter(isPlain).filter((part) => part !== MonitoringPart.ANNOTATED_APPS && !ids.includes(part))).toEqual([]);
});

test.each(Object.values(MonitoringPart).filter(isPlain))('%s left out leaves no trace, and all else', (part) => {
  const { objects, jobs = [part], groups = [], revoked = [], word } = TRACES[part];
  const [all, rest] = ON_DEMAND.has(part) ? [everything(), everything(part)] : [full, new Stack({ profile, without: [part] })];
  const named = ({ identities }: Stack) => identities.filter((object) => !/-rules-\d+$/.test(object));
  expect(missing(named(rest), named(all))).toEqual([...objects].sort());
  expect(missing(rest.jobs, all.jobs)).toEqual([...jobs].sort());
  expect(missing(rest.groups.map(({ name }) => name), all.groups.map(({ name }) => name))).toEqual([...groups].sort());
  expect(missing(clusterWide(rest), clusterWide(all))).toEqual([...revoked].sort());
  expect(all.text).toMatch(word ?? /$/);
  expect(rest.text).not.toMatch(word ?? /^/);
  expect(missing(all.jobs, rest.jobs)).toEqual([]);
  expect(missing(clusterWide(all), clusterWide(rest))).toEqual([]);
});

test('without discovery of applications roles are in the namespaces that are watched, as far as they go', () => {
  const { granted } = new Stack({ profile, without: [MonitoringPart.ANNOTATED_APPS, MonitoringPart.BLACKBOX_EXPORTER] });
  const namespaces = ['kube-ops', 'kube-ops-nodes', 'default', 'kube-system'];
  expect([...granted].sort()).toEqual([
    'cluster: get /metrics', 'cluster: get nodes/metrics', 'cluster: list,watch nodes',
    ...namespaces.flatMap((namespace) => [`${namespace}: list,watch endpointslices`, `${namespace}: list,watch pods,services`]),
  ].sort());
});

test('reading metrics of the control plane by its token is granted for that alone', () => {
  const tokens = [MonitoringPart.API_SERVER, MonitoringPart.SCHEDULER, MonitoringPart.CONTROLLER_MANAGER];
  expect(clusterWide(new Stack({ profile, without: tokens.slice(1) }))).toContain('get /metrics');
  expect(clusterWide(new Stack({ profile, without: tokens }))).not.toContain('get /metrics');
});

test('all left out, a Prometheus watches itself and reads its own namespace', () => {
  const { construct, objects } = new Stack({ without: Object.values(MonitoringPart) });
  expect(construct.notes).toEqual([]);
  const parts = [
    construct.alertmanager, construct.nodeExporter, construct.kubeStateMetrics, construct.kubelet, construct.apiServer, construct.scheduler,
    construct.controllerManager, construct.kubeProxy, construct.coreDns, construct.etcd, construct.blackboxExporter, construct.metricsServer,
    construct.prometheusAdapter, construct.victoriaMetrics, construct.influxDb, construct.influxDb2, construct.grafana,
  ];
  expect(parts.filter((part) => part !== undefined)).toEqual([]);
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toMatchSnapshot();
});
