import { Chart, Duration, Size } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { alert, existing, groupOf, Mistake, prometheus } from './support';
import {
  AlertmanagerServer, BasicAuth, CoreDnsMonitor, EtcdMonitor, ExistingAlertmanager, Exposure, KubeletMonitor, KubernetesMonitoring,
  KubeStateMetrics, KubeStateResource, MonitoringNamespace, MonitoringPart, NodeCollector, NodeExporterDaemonSet, PrometheusServer,
  AlertRouting, DataStorage, RemoteWrite, RuleEdit, TlsClient, WebConfig, SecretKey,
} from '../../lib';

const etcd = (...addresses: string[]) => (chart: Chart) => new EtcdMonitor(chart, 'etcd', {
  addresses, tls: TlsClient.fromSecret(existing(chart, 'etcd-certs'), { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' }),
});

/** Mistakes about what runs, and where. */
export const WORKLOADS: Mistake[] = [
  ...[
    { path: '/prometheus(/|$)(.*)', as: 'a regular expression' },
    { path: '/prometheus/*', as: 'a wildcard' },
    { path: '/prom%20x', as: 'an escaped space' },
    { path: '//prometheus', as: 'an empty part' },
    { path: '/a/../b', as: 'two dots' },
    { path: '/:id', as: 'a parameter' },
  ].flatMap(({ path, as }): Mistake[] => [
    {
      mistake: `the path of an Ingress with ${as}`,
      place: 'Exposure.ingress', value: `'${path}'`, wayOut: 'write it so, no rewriting is needed',
      app: (chart) => prometheus(chart, { exposure: Exposure.ingress({ host: 'mon.example.com', path }) }),
    },
    {
      mistake: `the path of an HTTPRoute with ${as}`,
      place: 'Exposure.httpRoute', value: `'${path}'`, wayOut: 'write it so, no rewriting is needed',
      app: (chart) => new AlertmanagerServer(chart, 'alertmanager', { exposure: Exposure.httpRoute({ host: 'mon.example.com', gateway: 'web', path }) }),
    },
    {
      mistake: `an external URL whose path has ${as}`,
      place: 'shop/prometheus: externalUrl', value: `'${path}'`, wayOut: 'write it so, no rewriting is needed',
      app: (chart) => prometheus(chart, { externalUrl: `https://mon.example.com${path}` }),
    },
  ]),
  {
    mistake: 'an external URL of Alertmanager with a query',
    place: 'shop/alertmanager: externalUrl', value: "'/am?x=1'", wayOut: 'write it so',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', { externalUrl: 'https://mon.example.com/am?x=1' }),
  },
  {
    mistake: 'one of the paths of an Ingress with an empty part',
    place: 'Exposure.ingress', value: "'/api//v1'", wayOut: "without '//'",
    app: () => Exposure.ingress({ host: 'mon.example.com', paths: ['/api//v1'] }),
  },
  {
    mistake: 'an external URL of Prometheus with another path than its Ingress',
    place: 'shop/prometheus: externalUrl', value: "has the path '/prom', and 'exposure' leads '/prometheus'", wayOut: 'write both with the same path',
    app: (chart) => prometheus(chart, { externalUrl: 'https://mon.example.com/prom', exposure: Exposure.ingress({ host: 'mon.example.com', path: '/prometheus' }) }),
  },
  {
    mistake: 'an external URL of Alertmanager without the path of its HTTPRoute',
    place: 'shop/alertmanager: externalUrl', value: "has the path '/', and 'exposure' leads '/am'", wayOut: 'write both with the same path',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', {
      externalUrl: 'https://mon.example.com', exposure: Exposure.httpRoute({ host: '*.example.com', gateway: 'web', path: '/am' }),
    }),
  },
  {
    mistake: 'one host for every replica',
    place: 'shop/prometheus: replicaServices', value: 'one host cannot lead to each of the replicas', wayOut: 'use Exposure.clusterIp()',
    app: (chart) => prometheus(chart, { replicas: 2, replicaServices: Exposure.ingress({ host: 'prometheus.example.com' }) }),
  },
  {
    mistake: 'a node port of a replica that all have already',
    place: 'shop/alertmanager: replicaServices', value: "30093 to 30095, and 'exposure' has 30094", wayOut: 'choose others',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', { replicas: 3, exposure: Exposure.nodePort(30094), replicaServices: Exposure.nodePort(30093) }),
  },
  {
    mistake: 'shards of a Prometheus on one claim',
    place: 'shop/prometheus', value: "2 shards cannot share claim 'data'", wayOut: 'by DataStorage.volumeClaimTemplate()',
    app: (chart) => prometheus(chart, { shards: 2, storage: DataStorage.existingClaim('data') }),
  },
  {
    mistake: 'a label by which the Pods of all shards are selected',
    place: 'shop/prometheus', value: "'podLabels' sets 'prometheus' to 'shop'", wayOut: 'leave it out',
    app: (chart) => prometheus(chart, { shards: 2, podLabels: { prometheus: 'shop' } }),
  },
  {
    mistake: 'the path in the container for the folder in the volume',
    place: 'DataStorage.existingClaim', value: "subPath '/prometheus'", wayOut: "write it as 'prometheus-db'",
    app: (chart) => prometheus(chart, { storage: DataStorage.existingClaim('data', { subPath: '/prometheus' }) }),
  },
  {
    mistake: 'a claim template with the name of another volume',
    place: 'DataStorage.volumeClaimTemplate', value: "'config'", wayOut: "give the template another 'name'",
    app: (chart) => prometheus(chart, { storage: DataStorage.volumeClaimTemplate({ name: 'config', size: Size.gibibytes(1) }) }),
  },
  {
    mistake: 'a retention of zero',
    place: 'shop/prometheus: retention', value: ': 0 is not', wayOut: 'leave it out for 15 days',
    app: (chart) => prometheus(chart, { retention: Duration.days(0) }),
  },
  {
    mistake: 'more retention than the volume holds',
    place: 'shop/prometheus: retentionSize', value: '100GB', wayOut: "above the claim's 50GB",
    app: (chart) => {
      const storage = DataStorage.volumeClaimTemplate({ size: Size.gibibytes(50) });
      prometheus(chart, { retentionSize: Size.gibibytes(100), storage });
    },
  },
  {
    mistake: 'two replicas on a ReadWriteOnce claim',
    place: 'shop/prometheus', value: "2 replicas cannot share claim 'data'", wayOut: 'DataStorage.volumeClaimTemplate()',
    app: (chart) => prometheus(chart, { replicas: 2, storage: DataStorage.existingClaim('data') }),
  },
  {
    mistake: 'a claim without a size',
    place: 'shop/prometheus', value: 'the volume claim template has no size', wayOut: "give one, or 'capacity'",
    app: (chart) => prometheus(chart, { storage: DataStorage.volumeClaimTemplate() }),
  },
  {
    mistake: 'a PodDisruptionBudget that would block all evictions',
    place: "shop/prometheus: 'maxUnavailable'", value: '0', wayOut: 'a whole number from 1 to 1',
    app: (chart) => prometheus(chart, { replicas: 2, maxUnavailable: 0 }),
  },
  {
    mistake: 'a memory request above the limit',
    place: 'shop/prometheus: resources', value: "'memoryRequest' 4Gi is above 'memoryLimit' 2Gi", wayOut: "raise 'memoryLimit', or leave it out",
    app: (chart) => prometheus(chart, { resources: { memoryRequest: Size.gibibytes(4), memoryLimit: Size.gibibytes(2) } }),
  },
  {
    mistake: 'a label of the Pods of Prometheus by which they are selected',
    place: "shop/prometheus: 'podLabels'", value: "'app.kubernetes.io/name' to 'mine'", wayOut: "which has to be 'prometheus'; leave it out",
    app: (chart) => prometheus(chart, { podLabels: { 'app.kubernetes.io/name': 'mine' } }),
  },
  {
    mistake: 'a label of Pods by which they are selected',
    place: "shop/state: 'podLabels'", value: "'app.kubernetes.io/name' to 'mine'", wayOut: "which has to be 'kube-state-metrics'; leave it out",
    app: (chart) => new KubeStateMetrics(chart, 'state', { podLabels: { 'app.kubernetes.io/name': 'mine' } }),
  },
  {
    mistake: 'no replica',
    place: 'shop/prometheus: replicas', value: '0', wayOut: 'a whole number above 0',
    app: (chart) => prometheus(chart, { replicas: 0 }),
  },
  {
    mistake: 'a timeout above the interval of all',
    place: 'shop/prometheus', value: 'timeout 1m is longer than interval 15s', wayOut: 'a scrape has to end before the next begins',
    app: (chart) => prometheus(chart, { scrapeInterval: Duration.seconds(15), scrapeTimeout: Duration.minutes(1) }),
  },
  {
    mistake: 'a node port out of range',
    place: 'Exposure.nodePort', value: '9090', wayOut: '30000 to 32767',
    app: (chart) => prometheus(chart, { exposure: Exposure.nodePort(9090) }),
  },
  {
    mistake: 'an Ingress without host',
    place: 'Exposure.ingress', value: "host ''", wayOut: "such as 'prometheus.example.com'",
    app: (chart) => prometheus(chart, { exposure: Exposure.ingress({ host: '' }) }),
  },
  {
    mistake: 'a URL as the host of a route',
    place: 'Exposure.httpRoute', value: "'https://prometheus.example.com'", wayOut: "a DNS name such as 'prometheus.example.com'",
    app: () => Exposure.httpRoute({ host: 'https://prometheus.example.com', gateway: 'public' }),
  },
  {
    mistake: 'a relative path of an Ingress',
    place: 'Exposure.ingress', value: "path 'prometheus'", wayOut: "an absolute path such as '/prometheus'",
    app: () => Exposure.ingress({ host: 'example.com', path: 'prometheus' }),
  },
  {
    mistake: 'an external URL without scheme',
    place: 'shop/prometheus: externalUrl', value: "'prometheus.example.com'", wayOut: 'an absolute http or https URL',
    app: (chart) => prometheus(chart, { externalUrl: 'prometheus.example.com' }),
  },
  {
    mistake: 'an external label without a name',
    place: 'shop/prometheus: externalLabels', value: "''", wayOut: 'at least one character',
    app: (chart) => prometheus(chart, { externalLabels: { '': 'north' } }),
  },
  {
    mistake: 'an external label that tells the replicas apart',
    place: 'shop/prometheus: externalLabels', value: "'prometheus_replica'", wayOut: 'leave it out',
    app: (chart) => prometheus(chart, { externalLabels: { prometheus_replica: 'a' } }),
  },
  {
    mistake: 'a flag with its dashes',
    place: 'shop/prometheus: extraFlags', value: "'--web.page-title'", wayOut: 'without leading dashes',
    app: (chart) => prometheus(chart, { extraFlags: { '--web.page-title': 'x' } }),
  },
  {
    mistake: 'a misspelt flag',
    place: 'shop/prometheus: extraFlags', value: "'web.page-titel'", wayOut: "did you mean 'web.page-title'?",
    app: (chart) => prometheus(chart, { extraFlags: { 'web.page-titel': 'x' } }),
  },
  {
    mistake: 'a flag that the version does not have',
    place: 'shop/prometheus: extraFlags', value: 'Prometheus 3.5.0', wayOut: 'since 3.9; choose a newer image',
    app: (chart) => prometheus(chart, { image: 'prometheus:v3.5.0', extraFlags: { 'storage.tsdb.block-reload-interval': '1m' } }),
  },
  {
    mistake: 'a misspelt feature',
    place: 'shop/prometheus: enableFeatures', value: "'native-histogram'", wayOut: "did you mean 'native-histograms'?",
    app: (chart) => prometheus(chart, { enableFeatures: ['native-histogram'] }),
  },
  {
    mistake: 'a flag that a prop sets',
    place: 'shop/prometheus: extraFlags', value: "'storage.tsdb.retention.time'", wayOut: "use the prop 'retention'",
    app: (chart) => prometheus(chart, { extraFlags: { 'storage.tsdb.retention.time': '30d' } }),
  },
  {
    mistake: 'a Prometheus of the last generation',
    place: 'shop/prometheus', value: "'prom/prometheus:v2.53.0'", wayOut: 'choose a newer image',
    app: (chart) => prometheus(chart, { image: 'prom/prometheus:v2.53.0' }),
  },
  {
    mistake: 'a name with capitals',
    place: 'shop/prometheus', value: "'Prometheus'", wayOut: "lower-case letters, digits and dashes, beginning with a letter, by the prop 'name'",
    app: (chart) => prometheus(chart, { name: 'Prometheus' }),
  },
  {
    mistake: 'rules for an agent',
    place: 'shop/prometheus', value: "got those of 'shop'", wayOut: "leave 'agent' out",
    app: (chart) => prometheus(chart, { agent: true }).addRules(groupOf(alert())),
  },
  {
    mistake: 'alerts from an agent',
    place: 'shop/prometheus', value: 'an agent evaluates no rules and so sends no alerts', wayOut: "leave 'agent' out",
    app: (chart) => prometheus(chart, { agent: true }).sendAlertsTo(new ExistingAlertmanager({ namespace: 'ops', serviceName: 'alertmanager' })),
  },
  {
    mistake: 'an agent that sends nowhere',
    place: 'shop/prometheus', value: 'an agent keeps no samples and sends them nowhere', wayOut: 'name a store',
    app: (chart) => prometheus(chart, { agent: true }),
  },
  {
    mistake: 'a retention of an agent',
    place: 'shop/prometheus', value: "got a retention with 'agent'", wayOut: 'leave it out',
    app: (chart) => prometheus(chart, { agent: true, retention: Duration.days(1), remoteWrites: [new RemoteWrite({ url: 'https://store' })] }),
  },
  {
    mistake: 'a thing monitored twice',
    place: 'shop/prometheus', value: "'shop/nodes' is monitored already", wayOut: 'monitor each thing once',
    app: (chart) => {
      const nodes = new NodeExporterDaemonSet(chart, 'nodes');
      prometheus(chart).monitor(nodes, nodes);
    },
  },
  {
    mistake: 'two Prometheus of one name',
    place: 'shop/second', value: "Deployment 'prometheus' already exists", wayOut: "give one of the two another 'name' or 'namespace'",
    app: (chart) => {
      prometheus(chart);
      new PrometheusServer(chart, 'second', { name: 'prometheus' });
    },
  },
  {
    mistake: 'an Alertmanager twice',
    place: 'shop/prometheus', value: "'ops/alertmanager'", wayOut: 'already',
    app: (chart) => {
      const server = prometheus(chart);
      const alertmanager = new AlertmanagerServer(chart, 'alertmanager');
      server.sendAlertsTo(alertmanager);
      server.sendAlertsTo(alertmanager);
    },
  },
  {
    mistake: 'a service account of another namespace',
    place: 'shop/prometheus', value: "service account 'mine' is in namespace 'shop'", wayOut: "'ops'; make it there",
    app: (chart) => prometheus(chart, { serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'mine', { namespaceName: 'shop' }) }),
  },
  {
    mistake: 'a password of a web server that the version cannot reload behind',
    place: 'shop/prometheus: web with a password', value: 'Prometheus 3.11.0', wayOut: 'choose a newer image',
    app: (chart) => prometheus(chart, {
      image: 'prometheus:v3.11.0',
      web: WebConfig.fromSecret(SecretKey.of(existing(chart, 'web'), 'web.yml'), { basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(existing(chart, 'probe'), 'password') }) }),
    }),
  },
  {
    mistake: 'an existing claim without name',
    place: 'DataStorage.existingClaim', value: 'the name is empty', wayOut: 'name the PersistentVolumeClaim',
    app: () => DataStorage.existingClaim(''),
  },
  {
    mistake: 'an Alertmanager that keeps nothing',
    place: 'shop/alertmanager: retention', value: '0', wayOut: 'a whole number above 0',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', { retention: Duration.hours(0) }),
  },
  {
    mistake: 'a namespace with an underscore',
    place: 'shop/kube_ops', value: "'kube_ops'", wayOut: 'lower-case letters, digits and dashes',
    app: (chart) => new MonitoringNamespace(chart, 'kube_ops'),
  },
  {
    mistake: 'a host name of etcd where addresses belong',
    place: 'shop/etcd: addresses', value: "'etcd1.example.com'", wayOut: 'name its address',
    app: etcd('etcd1.example.com'),
  },
  {
    mistake: 'no address of etcd',
    place: 'shop/etcd', value: 'addresses is empty', wayOut: 'name the IP address of each instance',
    app: etcd(),
  },
  {
    mistake: 'a loopback address of etcd',
    place: 'shop/etcd: addresses', value: "'127.0.0.1' is a loopback address", wayOut: 'name the address at which the cluster reaches the instance',
    app: etcd('192.0.2.11', '127.0.0.1'),
  },
  {
    mistake: 'a link-local address of etcd',
    place: 'shop/etcd: addresses', value: "'fe80::1' is a link-local address", wayOut: 'name the address at which the cluster reaches the instance',
    app: etcd('fe80::1'),
  },
  {
    mistake: 'a URL of etcd',
    place: 'shop/etcd: addresses', value: "'https://192.0.2.11:2379' is a URL", wayOut: "name the IP address alone, the port by 'port'",
    app: etcd('https://192.0.2.11:2379'),
  },
  {
    mistake: 'a port in an address of etcd',
    place: 'shop/etcd: addresses', value: "'192.0.2.11:2379' has a port", wayOut: "the port by 'port'",
    app: etcd('192.0.2.11:2379'),
  },
  {
    mistake: 'an address of etcd twice, in two spellings',
    place: 'shop/etcd', value: '2001:DB8::0011 twice', wayOut: 'two targets with equal labels overwrite each other',
    app: etcd('2001:db8::11', '2001:DB8::0011'),
  },
  {
    mistake: 'a collector that is on and off',
    place: 'shop/nodes: collector', value: "'systemd'", wayOut: "name it in one of 'enabledCollectors' and 'disabledCollectors'",
    app: (chart) => new NodeExporterDaemonSet(chart, 'nodes', { enabledCollectors: [NodeCollector.SYSTEMD], disabledCollectors: [NodeCollector.SYSTEMD] }),
  },
  {
    mistake: 'a port of node-exporter out of range',
    place: 'shop/nodes: port', value: '0', wayOut: '1 to 65535',
    app: (chart) => new NodeExporterDaemonSet(chart, 'nodes', { port: 0 }),
  },
  {
    mistake: 'TLS towards the read-only port of the kubelet',
    place: 'shop/kubelet', value: "got 'tls' together with readOnlyPort", wayOut: 'leave one of them out',
    app: (chart) => new KubeletMonitor(chart, 'kubelet', { readOnlyPort: true, tls: TlsClient.clusterCa() }),
  },
  {
    mistake: 'half a shard of kube-state-metrics',
    place: 'shop/state: shards', value: '1.5', wayOut: 'a whole number above 0',
    app: (chart) => new KubeStateMetrics(chart, 'state', { shards: 1.5 }),
  },
  {
    mistake: 'nothing to watch',
    place: 'shop/state', value: 'watchedResources is empty', wayOut: 'name at least one KubeStateResource',
    app: (chart) => new KubeStateMetrics(chart, 'state', { watchedResources: [] }),
  },
  {
    mistake: 'a resource to watch twice',
    place: 'shop/state: watchedResources', value: "kind 'pods' is named twice", wayOut: 'name each kind once',
    app: (chart) => new KubeStateMetrics(chart, 'state', { watchedResources: [KubeStateResource.PODS, KubeStateResource.PODS] }),
  },
  {
    mistake: 'the Service of CoreDNS, overwritten',
    place: 'shop/dns', value: "'kube-dns'", wayOut: "choose another by the prop 'name'",
    app: (chart) => new CoreDnsMonitor(chart, 'dns', { ownService: true, name: 'kube-dns' }),
  },
  {
    mistake: 'a name of a Service of CoreDNS that is not made',
    place: 'shop/dns', value: "name 'dns'", wayOut: "add 'ownService: true', or leave 'name' out",
    app: (chart) => new CoreDnsMonitor(chart, 'dns', { name: 'dns' }),
  },
  {
    mistake: 'a part of the stack that is set up and left out',
    place: 'shop/monitoring', value: "'kubelet'", wayOut: 'take it out of one of them',
    app: (chart) => new KubernetesMonitoring(chart, 'monitoring', { without: [MonitoringPart.KUBELET], kubelet: {} }),
  },
  {
    mistake: 'the routing of a stack whose Prometheus is an agent',
    place: 'shop/monitoring', value: "'routing' with prometheus.agent", wayOut: 'configure alerts where the rules are evaluated',
    app: (chart) => new KubernetesMonitoring(chart, 'monitoring', { routing: new AlertRouting(), prometheus: { agent: true } }),
  },
  {
    mistake: 'edits of the rules of an agent',
    place: 'shop/prometheus', value: 'got edits of rules', wayOut: 'adjust the rules of the store',
    app: (chart) => new PrometheusServer(chart, 'prometheus', { agent: true }).adjustRules(RuleEdit.without('Watchdog')),
  },
];
