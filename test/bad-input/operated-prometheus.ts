import { Chart, Duration, Size } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import { existing, jobOf, Mistake, secretOf } from './support';
import {
  BasicAuth, ConfigMapKey, IProber, KubeletDiscovery, KubeletMonitor, KubeletService, MonitorSelection, OperatedPrometheus, OperatedPrometheusProps,
  PrometheusOperator, PrometheusServer, DataStorage, Relabeling, RemoteWrite, Scheme, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob, SecretKey,
  TlsClient, WebConfig,
} from '../../lib';

function operated(chart: Chart, props: OperatedPrometheusProps = {}, id: string = 'prometheus'): OperatedPrometheus {
  return new OperatedPrometheus(chart, id, props);
}

/** A job that has no monitor but a ScrapeConfig. */
function nodesOf(props: ScrapeEndpointProps): ScrapeJob {
  return ScrapeJob.fromNodes({ name: 'nodes', endpoints: [new ScrapeEndpoint({ portNumber: 9100, name: 'metrics', ...props })] });
}

const prober: IProber = { proberAddress: 'http://blackbox:9115', proberScheme: Scheme.HTTP, proberPath: '/probe', checkModule: () => undefined };

/** Mistakes about a Prometheus of the operator, most of which the operator would tell only when it runs. */
export const OPERATED_PROMETHEUS: Mistake[] = [
  {
    mistake: 'an existing claim of a Prometheus of the operator',
    place: 'shop/prometheus', value: "takes no existing one, such as 'data'", wayOut: 'use DataStorage.volumeClaimTemplate(), or PrometheusServer',
    app: (chart) => operated(chart, { storage: DataStorage.existingClaim('data') }),
  },
  {
    mistake: 'a folder of the data that the operator does not mount',
    place: 'shop/prometheus', value: "subPath 'data'", wayOut: "write '/', or use PrometheusServer",
    app: (chart) => operated(chart, { storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1), subPath: 'data' }) }),
  },
  {
    mistake: 'passwords of the web server of a Prometheus of the operator',
    place: 'shop/prometheus', value: "no passwords from 'web'", wayOut: 'use WebConfig.tls(), or PrometheusServer',
    app: (chart) => operated(chart, {
      web: WebConfig.fromSecret(SecretKey.of(existing(chart, 'web'), 'web.yml'), { basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(existing(chart, 'probe'), 'password') }) }),
    }),
  },
  {
    mistake: 'a name of which the operator makes one that is too long',
    place: 'shop/prometheus-of-the-shop-and-all-its-branches-abroad', value: 'has 50 characters', wayOut: "at most 40; give a shorter one by the prop 'name'",
    app: (chart) => operated(chart, {}, 'prometheus-of-the-shop-and-all-its-branches-abroad'),
  },
  {
    mistake: 'a name that leaves no room for the numbers of shards',
    place: 'shop/prometheus-of-the-shop-and-the-bank', value: 'has 35 characters', wayOut: 'a Prometheus with 3 shards of the operator has at most 33',
    app: (chart) => operated(chart, { shards: 3 }, 'prometheus-of-the-shop-and-the-bank'),
  },
  {
    mistake: 'the name of the Service that the operator makes for all',
    place: 'shop/prometheus-operated', value: "'prometheus-operated' is the name of a Service", wayOut: "give another one by the prop 'name'",
    app: (chart) => operated(chart, {}, 'prometheus-operated'),
  },
  {
    mistake: 'the StatefulSet that the operator will make, made already',
    place: 'shop/main', value: "StatefulSet 'prometheus-main' already exists, made by 'shop/old/Resource'", wayOut: "give one of the two another 'name'",
    app: (chart) => {
      new PrometheusServer(chart, 'old', { name: 'prometheus-main', replicas: 2 });
      operated(chart, {}, 'main');
    },
  },
  {
    mistake: 'no shard',
    place: 'shop/prometheus: shards', value: ': 0 is not', wayOut: 'leave it out for one',
    app: (chart) => operated(chart, { shards: 0 }),
  },
  {
    mistake: 'half a shard',
    place: 'shop/prometheus: shards', value: '1.5', wayOut: 'a whole number above 0',
    app: (chart) => operated(chart, { shards: 1.5 }),
  },
  {
    mistake: 'two Prometheus of the operator that take the monitors of each other',
    place: 'shop/one', value: "those of 'shop/two', which would be scraped twice", wayOut: 'say selection: MonitorSelection.own() here',
    app: (chart) => {
      operated(chart, {}, 'one');
      operated(chart, {}, 'two');
    },
  },
  {
    mistake: 'a Prometheus of the operator that takes those of another\'s namespace',
    place: 'shop/one', value: "the monitors of namespace 'bank'", wayOut: "give each its 'cluster'",
    app: (chart) => {
      operated(chart, { selection: MonitorSelection.inNamespaces('bank') }, 'one');
      operated(chart, { selection: MonitorSelection.own(), namespace: 'bank' }, 'two');
    },
  },
  {
    mistake: 'a start that the operator would allow no time',
    place: 'shop/prometheus', value: 'startupTimeout is 30 s', wayOut: 'no less than 60 s; leave it out for 15 minutes',
    app: (chart) => operated(chart, { startupTimeout: Duration.seconds(30) }),
  },
  {
    mistake: 'a Prometheus that the operator does not know',
    place: 'shop/prometheus', value: "image 'prometheus:v4.0.1' is Prometheus 4.0.1", wayOut: 'choose an older image, or PrometheusServer',
    app: (chart) => operated(chart, { image: 'prometheus:v4.0.1' }),
  },
  {
    mistake: 'a flag that the operator sets',
    place: 'shop/prometheus: extraFlags', value: "'web.route-prefix'", wayOut: "use the prop 'externalUrl'",
    app: (chart) => operated(chart, { extraFlags: { 'web.route-prefix': '/prometheus' } }),
  },
  {
    mistake: 'a label of Pods that the operator overwrites',
    place: "shop/prometheus: 'podLabels'", value: "'app.kubernetes.io/instance' to 'mine'", wayOut: "which has to be 'prometheus'; leave it out",
    app: (chart) => operated(chart, { podLabels: { 'app.kubernetes.io/instance': 'mine' } }),
  },
  {
    mistake: 'a Secret of another namespace than the Prometheus of the operator',
    place: 'shop/prometheus', value: "Secret 'certs' is made in namespace 'bank'", wayOut: "Pods mount only Secrets of their own, 'ops'; make it there",
    app: (chart) => operated(chart).addScrapeJob(jobOf({ tls: TlsClient.fromSecret(secretOf(chart, 'certs', { 'ca.crt': '' }, 'bank'), { ca: 'ca.crt' }) })),
  },
  {
    mistake: 'redirects that a ScrapeConfig cannot refuse',
    place: "shop/prometheus: scrape job 'nodes', endpoint 'metrics'", value: 'followRedirects is false', wayOut: 'leave it out, or use PrometheusServer',
    app: (chart) => operated(chart).addScrapeJob(nodesOf({ followRedirects: false })),
  },
  {
    mistake: 'a header from a Secret, which the operator cannot say',
    place: "shop/prometheus: remote write 'store'", value: 'got secretHeaders', wayOut: 'leave it out, or use PrometheusServer',
    app: (chart) => operated(chart).addRemoteWrite(new RemoteWrite({
      url: 'https://store.example.com/write', name: 'store', secretHeaders: { 'X-Token': SecretKey.of(existing(chart, 'store'), 'token') },
    })),
  },
  {
    mistake: 'a certificate authority as text, which the operator cannot say',
    place: "shop/prometheus: remote write 'store'", value: 'the certificate authority is PEM text', wayOut: 'put it into a ConfigMap and name it by TlsClient.configMapCa()',
    app: (chart) => operated(chart).addRemoteWrite(new RemoteWrite({
      url: 'https://store.example.com/write', name: 'store', tls: TlsClient.pemCa('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'),
    })),
  },
  {
    mistake: 'a ConfigMap of another namespace',
    place: 'shop/prometheus', value: "ConfigMap 'bundle' is made in namespace 'bank'", wayOut: "Pods mount only ConfigMaps of their own, 'ops'; make it there",
    app: (chart) => operated(chart).addScrapeJob(jobOf({
      tls: TlsClient.configMapCa(ConfigMapKey.of(new ConfigMap(chart, 'bundle', { metadata: { name: 'bundle', namespace: 'bank' }, data: { 'ca.crt': '' } }), 'ca.crt')),
    })),
  },
  {
    mistake: 'a variable of the environment in an external label',
    place: 'shop/prometheus: externalLabels', value: "'$(POD_NAME)'", wayOut: "say it without '$('",
    app: (chart) => operated(chart, { externalLabels: { replica: '$(POD_NAME)' } }),
  },
  {
    mistake: 'an end of text before a group, which the reloader takes for a variable',
    place: "shop/prometheus: scrape job 'web'", value: "'web$(a)?' has '$(a)'", wayOut: 'or use PrometheusServer',
    app: (chart) => operated(chart).addScrapeJob(jobOf({ relabelings: [Relabeling.keep({ sourceLabels: ['pod'], regex: 'web$(a)?' })] })),
  },
  {
    mistake: 'hashmod of a user\'s own beside that of shards',
    place: "shop/prometheus: scrape job 'nodes', endpoint 'metrics'", value: 'each of the 3 shards all targets', wayOut: 'take it out, or use PrometheusServer',
    app: (chart) => operated(chart, { shards: 3 }).addScrapeJob(nodesOf({ relabelings: [Relabeling.hashMod(['__address__'], 'part', 3)] })),
  },
  {
    mistake: 'the URL of a prober instead of its address',
    place: "shop/prometheus: scrape job 'pages': prober", value: "'http://blackbox:9115'", wayOut: 'without a scheme or a path',
    app: (chart) => operated(chart).addScrapeJob(ScrapeJob.fromProbes({ name: 'pages', prober, module: 'http_2xx', targets: ['https://example.com'] })),
  },
  {
    mistake: 'two jobs that become one ServiceMonitor',
    place: 'shop/prometheus', value: "'web_a' becomes ServiceMonitor 'prometheus-web-a', and so does 'web.a'", wayOut: 'give one of the two another name',
    app: (chart) => {
      const prometheus = operated(chart);
      prometheus.addScrapeJob(jobOf({}, 'web.a'));
      prometheus.addScrapeJob(jobOf({}, 'web_a'));
    },
  },
  {
    mistake: 'a port of the kubelets that their Service does not have',
    place: 'shop/kubelet', value: 'got port 20250', wayOut: 'leave it out, or use KubeletDiscovery.nodes()',
    app: (chart) => new KubeletMonitor(chart, 'kubelet', { port: 20250, discovery: KubeletDiscovery.service() }),
  },
  {
    mistake: 'kubelets by a Service that the operator does not keep',
    place: "[shop/prometheus] scrape job 'kubelet'", value: "operator 'shop/operator' keeps none", wayOut: 'say discovery: KubeletDiscovery.nodes()',
    app: (chart) => {
      new PrometheusOperator(chart, 'operator', { kubeletService: KubeletService.none() });
      operated(chart).monitor(new KubeletMonitor(chart, 'kubelet'));
    },
  },
  {
    mistake: "the kubelets' read-only port, which the Service of the operator lacks",
    place: "[shop/prometheus] scrape job 'kubelet'", value: "Service 'kube-system/kubelet'", wayOut: 'take readOnlyPort: false out of its KubeletService',
    app: (chart) => {
      new PrometheusOperator(chart, 'operator', { kubeletService: KubeletService.of({ readOnlyPort: false }) });
      operated(chart).monitor(new KubeletMonitor(chart, 'kubelet', { readOnlyPort: true }));
    },
  },
  {
    mistake: 'monitors where the operator does not look',
    place: 'shop/operator', value: "PrometheusRule 'ops/prometheus-prometheus'", wayOut: "name 'ops' in 'watchNamespaces'",
    app: (chart) => {
      new PrometheusOperator(chart, 'operator', { watchNamespaces: ['bank'], instanceNamespaces: ['ops'] });
      operated(chart);
    },
  },
  {
    mistake: 'an id of the operator that its resources do not have',
    place: 'shop/operator', value: "Prometheus 'ops/prometheus'", wayOut: "take 'controller-id' out of extraFlags",
    app: (chart) => {
      new PrometheusOperator(chart, 'operator', { extraFlags: { 'controller-id': 'bank' } });
      operated(chart);
    },
  },
  {
    mistake: 'monitors of no namespace',
    place: 'MonitorSelection.inNamespaces', value: 'no namespace is named', wayOut: 'name some, or use MonitorSelection.own()',
    app: () => MonitorSelection.inNamespaces(),
  },
  {
    mistake: 'monitors of a namespace that there cannot be',
    place: 'MonitorSelection.inNamespaces', value: "'kube_ops'", wayOut: 'lower-case letters, digits and dashes',
    app: () => MonitorSelection.inNamespaces('kube_ops'),
  },
];
