import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { BlackboxExporter, MonitoringNamespace, PrometheusOperator } from 'cdk8s-prometheus';
import { PROGRAMS, Program } from '../../../lib/versions';
import { deployed, DeployedApp, synthesize } from './apps';
import { operatorCrds } from './operator';
import { PrometheusApi } from './prometheus-api';

export const PLATFORM = 'e2e-platform';
/** Name of the Helm release, by which everything is selected. */
export const RELEASE = 'kps';
/** Where the blackbox-exporter of the platform answers. */
export const PROBER = `blackbox-exporter.${PLATFORM}.svc:9115`;

const PORT = 'http-web';
const ALERTMANAGER = `${RELEASE}-alertmanager`;

export const theirs = new PrometheusApi(PLATFORM, `${RELEASE}-prometheus`, PORT);

/** Path of the Alertmanager, through the API server. */
export const ALERTMANAGER_PATH = `/api/v1/namespaces/${PLATFORM}/services/${ALERTMANAGER}:${PORT}/proxy`;

const SELECTOR = { matchLabels: { release: RELEASE } };
const EVERYWHERE = {};
const POD = { runAsUser: 1000, runAsGroup: 2000, fsGroup: 2000, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

function image(program: Program): string {
  return `${PROGRAMS[program].image}:${PROGRAMS[program].version}`;
}

/** What the chart grants to its Prometheus. */
const GRANTED: k8s.PolicyRule[] = [
  { apiGroups: [''], resources: ['nodes', 'nodes/metrics', 'services', 'endpoints', 'pods'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['get', 'list', 'watch'] },
  { nonResourceUrLs: ['/metrics', '/metrics/cadvisor'], verbs: ['get'] },
];

/** The operator of the chart keeps Endpoints for the kubelets, which its Prometheus discovers by default; ours keeps EndpointSlices. */
function operator(chart: Chart): void {
  const { workload, serviceAccount } = new PrometheusOperator(chart, 'prometheus-operator');
  // The later of two flags of a name wins.
  const args = '/spec/template/spec/containers/0/args/-';
  workload.addJsonPatch(JsonPatch.add(args, '--kubelet-endpoints=true'), JsonPatch.add(args, '--kubelet-endpointslice=false'));
  const metadata = { name: `${PLATFORM}-kubelet-endpoints`, namespace: 'kube-system' };
  new k8s.KubeRole(chart, 'endpoints', { metadata, rules: [{ apiGroups: [''], resources: ['endpoints'], verbs: ['get', 'create', 'update'] }] });
  new k8s.KubeRoleBinding(chart, 'endpoints-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', name: serviceAccount.name, namespace: PLATFORM }],
  });
}

function account(chart: Chart): string {
  const name = `${RELEASE}-prometheus`;
  new k8s.KubeServiceAccount(chart, 'account', { metadata: { name } });
  // A chart without a namespace, which cdk8s would write into the role.
  const cluster = new Chart(chart, 'cluster');
  const metadata = { name: `${PLATFORM}-${name}` };
  new k8s.KubeClusterRole(cluster, 'role', { metadata, rules: GRANTED });
  new k8s.KubeClusterRoleBinding(cluster, 'binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: PLATFORM }],
  });
  return name;
}

/** The resource as the chart renders it: each kind by the label of its release, in every namespace. */
function prometheus(chart: Chart): void {
  const kinds = ['serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig', 'rule'];
  new ApiObject(chart, 'prometheus', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: RELEASE },
    spec: {
      image: image('prometheus'), version: PROGRAMS.prometheus.version, replicas: 1, shards: 1, portName: PORT, listenLocal: false,
      serviceAccountName: account(chart), securityContext: POD, scrapeInterval: '10s', evaluationInterval: '10s', retention: '10d', routePrefix: '/',
      alerting: { alertmanagers: [{ namespace: PLATFORM, name: ALERTMANAGER, port: PORT, apiVersion: 'v2' }] },
      ...Object.fromEntries(kinds.flatMap((kind) => [[`${kind}Selector`, SELECTOR], [`${kind}NamespaceSelector`, EVERYWHERE]])),
    },
  });
  new k8s.KubeService(chart, 'prometheus-service', {
    metadata: { name: `${RELEASE}-prometheus`, labels: { release: RELEASE } },
    spec: { selector: { 'operator.prometheus.io/name': RELEASE }, ports: [{ name: PORT, port: 9090, targetPort: k8s.IntOrString.fromNumber(9090) }] },
  });
}

function alertmanager(chart: Chart): void {
  new ApiObject(chart, 'alertmanager', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Alertmanager',
    metadata: { name: RELEASE },
    spec: {
      image: image('alertmanager'), version: PROGRAMS.alertmanager.version, replicas: 1, portName: PORT, listenLocal: false, securityContext: POD,
      alertmanagerConfigSelector: SELECTOR, alertmanagerConfigNamespaceSelector: EVERYWHERE, routePrefix: '/',
    },
  });
  new k8s.KubeSecret(chart, 'alertmanager-secret', {
    metadata: { name: `alertmanager-${RELEASE}` },
    stringData: { 'alertmanager.yaml': 'route:\n  receiver: "null"\n  group_by: [namespace]\n  group_wait: 1s\nreceivers:\n  - name: "null"\n' },
  });
  new k8s.KubeService(chart, 'alertmanager-service', {
    metadata: { name: ALERTMANAGER, labels: { release: RELEASE } },
    spec: { selector: { alertmanager: RELEASE }, ports: [{ name: PORT, port: 9093, targetPort: k8s.IntOrString.fromNumber(9093) }] },
  });
}

/** What others have installed before an app team comes: an operator, a Prometheus and an Alertmanager with the selectors of kube-prometheus-stack. */
export async function platform(): Promise<DeployedApp> {
  await operatorCrds();
  return deployed(PLATFORM, () => synthesize(PLATFORM, (chart) => {
    new MonitoringNamespace(chart, PLATFORM);
    operator(chart);
    new BlackboxExporter(chart, 'blackbox-exporter');
    prometheus(chart);
    alertmanager(chart);
  }));
}
