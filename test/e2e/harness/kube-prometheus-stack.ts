import { ApiObject, Chart } from 'cdk8s';
import { PROGRAMS } from '../../../lib/versions';

const RELEASE = 'kps';
const FULL_NAME = `${RELEASE}-kube-prometheus-stack`;
/** Name of the Prometheus resource, its Service, account and role. */
export const KPS_NAME = `${FULL_NAME}-prometheus`;
/** Name of the Service's port. */
export const KPS_PORT = 'http-web';

const LABELS = {
  'app': 'kube-prometheus-stack-prometheus',
  'app.kubernetes.io/managed-by': 'Helm',
  'app.kubernetes.io/instance': RELEASE,
  'app.kubernetes.io/version': '88.5.3',
  'app.kubernetes.io/part-of': 'kube-prometheus-stack',
  'chart': 'kube-prometheus-stack-88.5.3',
  'release': RELEASE,
  'heritage': 'Helm',
};

const SELECTED = { matchLabels: { release: RELEASE } };
const WATCH = ['get', 'list', 'watch'];

function antiAffinity(): object {
  const matchExpressions = [
    { key: 'app.kubernetes.io/name', operator: 'In', values: ['prometheus'] },
    { key: 'app.kubernetes.io/instance', operator: 'In', values: [KPS_NAME] },
  ];
  return { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchExpressions } } }] };
}

/** The specification as the chart renders it for values with a `storageSpec` and an interval, and without Alertmanager. */
function prometheusSpec(namespace: string): object {
  const { image, version } = PROGRAMS.prometheus;
  return {
    automountServiceAccountToken: true,
    image: `${image}:${version}`, imagePullPolicy: 'IfNotPresent', version,
    externalUrl: `http://${KPS_NAME}.${namespace}:9090`,
    paused: false, replicas: 1, shards: 1, logLevel: 'info', logFormat: 'logfmt', listenLocal: false, enableOTLPReceiver: false, enableAdminAPI: false,
    scrapeInterval: '5s', retention: '10d', tsdb: { outOfOrderTimeWindow: '0s' }, walCompression: true, routePrefix: '/',
    serviceAccountName: KPS_NAME,
    serviceMonitorSelector: SELECTED, serviceMonitorNamespaceSelector: {}, podMonitorSelector: SELECTED, podMonitorNamespaceSelector: {},
    probeSelector: SELECTED, probeNamespaceSelector: {}, ruleSelector: SELECTED, ruleNamespaceSelector: {},
    scrapeConfigSelector: SELECTED, scrapeConfigNamespaceSelector: {},
    storage: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } },
    affinity: { podAntiAffinity: antiAffinity() },
    securityContext: { fsGroup: 2000, runAsGroup: 2000, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    portName: KPS_PORT,
    hostNetwork: false,
  };
}

/**
 * The Prometheus of a release `kps` of kube-prometheus-stack in a namespace, with all that is of it alone, as version 88.5.3 of the chart
 * renders it. The operator is another's.
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack/templates/prometheus
 */
export function kubePrometheusStack(chart: Chart, namespace: string): void {
  const make = (apiVersion: string, kind: string, rest: object, labels: object = {}, scope: object = { namespace }) => new ApiObject(chart, kind, {
    apiVersion, kind, metadata: { name: KPS_NAME, ...scope, labels: { ...LABELS, ...labels } }, ...rest,
  });
  const everywhere = { namespace: undefined };
  make('v1', 'ServiceAccount', { automountServiceAccountToken: true });
  make('rbac.authorization.k8s.io/v1', 'ClusterRole', {
    rules: [
      { apiGroups: [''], resources: ['nodes', 'nodes/metrics', 'services', 'endpoints', 'pods'], verbs: WATCH },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: WATCH },
      { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: WATCH },
      { nonResourceURLs: ['/metrics', '/metrics/cadvisor'], verbs: ['get'] },
    ],
  }, {}, everywhere);
  make('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: KPS_NAME },
    subjects: [{ kind: 'ServiceAccount', name: KPS_NAME, namespace }],
  }, {}, everywhere);
  make('v1', 'Service', {
    spec: {
      type: 'ClusterIP',
      ports: [{ name: KPS_PORT, port: 9090, targetPort: 9090 }, { name: 'reloader-web', appProtocol: 'http', port: 8080, targetPort: 'reloader-web' }],
      publishNotReadyAddresses: false,
      selector: { 'app.kubernetes.io/name': 'prometheus', 'operator.prometheus.io/name': KPS_NAME },
      sessionAffinity: 'None',
    },
  }, { 'self-monitor': 'true' });
  make('monitoring.coreos.com/v1', 'Prometheus', { spec: prometheusSpec(namespace) });
  make('monitoring.coreos.com/v1', 'ServiceMonitor', {
    spec: {
      selector: { matchLabels: { 'app': LABELS.app, 'release': RELEASE, 'self-monitor': 'true' } },
      namespaceSelector: { matchNames: [namespace] },
      endpoints: [{ port: KPS_PORT, path: '/metrics' }, { port: 'reloader-web', path: '/metrics' }],
    },
  });
}
