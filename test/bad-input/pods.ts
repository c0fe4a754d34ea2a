import { PercentOrAbsolute, ServiceAccount } from 'cdk8s-plus-27';
import { Mistake, prometheus } from './support';
import {
  AlertmanagerServer, BlackboxExporter, Exposure, KubeStateMetrics, NodeExporterDaemonSet, OperatedAlertmanager, OperatedPrometheus,
  PrometheusOperator, UpdateStrategy,
} from '../../lib';

const volumes = [{ name: 'extra', emptyDir: {} }];

/** Mistakes about Pods, Services and flags. */
export const PODS: Mistake[] = [
  {
    mistake: 'a sidecar that is called as the reloader',
    place: 'shop/prometheus: containers', value: "'config-reloader' of a container is taken", wayOut: 'give this one another',
    app: (chart) => prometheus(chart, { containers: [{ name: 'config-reloader', image: 'example.com/a:v1' }] }),
  },
  {
    mistake: 'a sidecar at the port of Prometheus',
    place: "shop/prometheus: containers: 'proxy'", value: 'a port 9090', wayOut: 'choose another',
    app: (chart) => new OperatedPrometheus(chart, 'prometheus', { containers: [{ name: 'proxy', image: 'example.com/a:v1', ports: [{ containerPort: 9090 }] }] }),
  },
  {
    mistake: 'a mount of a misspelt volume',
    place: 'shop/prometheus: volumeMounts', value: "no volume 'exrta'", wayOut: "did you mean 'extra'?",
    app: (chart) => prometheus(chart, { volumes, volumeMounts: [{ name: 'exrta', mountPath: '/extra' }] }),
  },
  {
    mistake: 'a mount over the Secrets',
    place: 'shop/alertmanager: volumeMounts', value: "'/etc/alertmanager/secrets/hook'", wayOut: 'choose another',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', { volumes, volumeMounts: [{ name: 'extra', mountPath: '/etc/alertmanager/secrets/hook' }] }),
  },
  {
    mistake: 'a volume without a source',
    place: 'shop/blackbox: volumes', value: "volume 'extra' has no source", wayOut: "such as 'emptyDir'",
    app: (chart) => new BlackboxExporter(chart, 'blackbox', { volumes: [{ name: 'extra' }] }),
  },
  {
    mistake: 'a variable that the operator sets',
    place: 'shop/alertmanager: env', value: "'POD_IP'", wayOut: 'leave it out',
    app: (chart) => new OperatedAlertmanager(chart, 'alertmanager', { env: [{ name: 'POD_IP', value: '192.0.2.1' }] }),
  },
  {
    mistake: 'an id on OpenShift',
    place: 'shop/prometheus', value: "'runAsUser' in 'podSecurityContext' with 'clusterAssignsIds'", wayOut: 'leave out one of them',
    app: (chart) => prometheus(chart, { clusterAssignsIds: true, podSecurityContext: { runAsUser: 1000 } }),
  },
  {
    mistake: 'a host alias by name',
    place: 'shop/state: hostAliases', value: "'store' is not an IP address", wayOut: "such as '192.0.2.10'",
    app: (chart) => new KubeStateMetrics(chart, 'state', { hostAliases: [{ ip: 'store', hostnames: ['store.example.com'] }] }),
  },
  {
    mistake: 'a runtime class that a resource has no field for',
    place: 'shop/prometheus', value: "'runtimeClassName' 'gvisor'", wayOut: 'use PrometheusServer',
    app: (chart) => new OperatedPrometheus(chart, 'prometheus', { runtimeClassName: 'gvisor' }),
  },
  {
    mistake: 'an update strategy of another kind of workload',
    place: "shop/alertmanager: 'updateStrategy'", value: 'Recreate, which a StatefulSet does not have', wayOut: 'UpdateStrategy.rollingUpdate() or UpdateStrategy.onDelete()',
    app: (chart) => new OperatedAlertmanager(chart, 'alertmanager', { updateStrategy: UpdateStrategy.recreate() }),
  },
  {
    mistake: 'a bound of an update above all',
    place: 'UpdateStrategy.rollingUpdate', value: "'maxUnavailable' 150%", wayOut: 'a whole percentage up to 100',
    app: () => UpdateStrategy.rollingUpdate({ maxUnavailable: PercentOrAbsolute.percent(150) }),
  },
  {
    mistake: 'an annotation of a service account that is made elsewhere',
    place: 'shop/prometheus', value: "'serviceAccountAnnotations' with 'serviceAccount'", wayOut: 'give it there',
    app: (chart) => prometheus(chart, {
      serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'given', { namespaceName: 'ops' }), serviceAccountAnnotations: { role: 'metrics' },
    }),
  },
  {
    mistake: 'a label by which the Service is found',
    place: "shop/nodes: 'serviceLabels'", value: "'app.kubernetes.io/name' to 'mine'", wayOut: "which has to be 'node-exporter'; leave it out",
    app: (chart) => new NodeExporterDaemonSet(chart, 'nodes', { serviceLabels: { 'app.kubernetes.io/name': 'mine' } }),
  },
  {
    mistake: 'an address where a range belongs',
    place: 'Exposure.loadBalancer: sourceRanges', value: "'192.0.2.1'", wayOut: "write it as '192.0.2.0/24'",
    app: (chart) => prometheus(chart, { exposure: Exposure.loadBalancer({ sourceRanges: ['192.0.2.1'] }) }),
  },
  {
    mistake: 'a path that the program does not serve',
    place: 'Exposure.ingress', value: "path '/api' is not within '/prometheus'", wayOut: "write it as '/prometheus/api'",
    app: (chart) => prometheus(chart, { exposure: Exposure.ingress({ host: 'example.com', path: '/prometheus', paths: ['/api'] }) }),
  },
  {
    mistake: 'a switch with a value',
    place: 'shop/prometheus: extraFlags', value: "'web.enable-admin-api' is a switch and has no value, and got 'true'", wayOut: "'no-web.enable-admin-api': '' to turn it off",
    app: (chart) => prometheus(chart, { extraFlags: { 'web.enable-admin-api': 'true' } }),
  },
  {
    mistake: 'a duration in days, as a flag of Alertmanager',
    place: 'shop/alertmanager: extraFlags', value: "'alerts.gc-interval' is a duration, and got '1d'", wayOut: "write it as '1m30s'",
    app: (chart) => new OperatedAlertmanager(chart, 'alertmanager', { extraFlags: { 'alerts.gc-interval': '1d' } }),
  },
  {
    mistake: 'a flag of node-exporter that excludes one of ours',
    place: 'shop/nodes: extraFlags', value: "'collector.netdev.device-include'", wayOut: "use the prop 'excludedNetworkDevices'",
    app: (chart) => new NodeExporterDaemonSet(chart, 'nodes', { extraFlags: { 'collector.netdev.device-include': '^eth' } }),
  },
  {
    mistake: 'a misspelt flag of kube-state-metrics',
    place: 'shop/state: extraFlags', value: "'use-apiserver-cash'", wayOut: "did you mean 'use-apiserver-cache'?",
    app: (chart) => new KubeStateMetrics(chart, 'state', { extraFlags: { 'use-apiserver-cash': '' } }),
  },
  {
    mistake: 'a flag of blackbox-exporter that the version does not have',
    place: 'shop/blackbox: extraFlags', value: 'blackbox-exporter 0.24.0', wayOut: 'since 0.25; choose a newer image',
    app: (chart) => new BlackboxExporter(chart, 'blackbox', { image: 'blackbox-exporter:v0.24.0', extraFlags: { 'log.prober': 'debug' } }),
  },
  {
    mistake: 'a flag of the operator that prints its version',
    place: 'shop/operator: extraFlags', value: "'version' makes the operator print something and end", wayOut: 'leave it out',
    app: (chart) => new PrometheusOperator(chart, 'operator', { extraFlags: { version: '' } }),
  },
];
