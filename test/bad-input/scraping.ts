import { Duration } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { alert, existing, jobOf, Mistake, prometheus, secretOf, thing, webService } from './support';
import {
  AlertmanagerServer, AlertRouting, Authorization, BasicAuth, BlackboxExporter, BlackboxModule, ExistingAlertmanager, Integration, MetricSelection,
  OAuth2, Receiver, Relabeling, RemoteWrite, ReplicaDeduplication, Scheme, ScrapeEndpoint, ScrapeJob, SecretKey, TlsClient,
} from '../../lib';

/** Mistakes about what is scraped, and how. */
export const SCRAPING: Mistake[] = [
  {
    mistake: 'a port name that the Service lacks',
    place: "ScrapeJob 'web': endpoint 'metric'", value: "port 'metric'", wayOut: "'http (80)' and 'metrics (9100)', did you mean 'metrics'?",
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: webService(chart), endpoints: [new ScrapeEndpoint({ port: 'metric' })] }),
  },
  {
    mistake: 'the number of the Service where that of the container is meant',
    place: "ScrapeJob 'web': endpoint '8080'", value: 'port number 8080', wayOut: "'http (80)' and 'metrics (9100)'",
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: webService(chart), endpoints: [new ScrapeEndpoint({ portNumber: 8080 })] }),
  },
  {
    mistake: 'a port name that no container has',
    place: "ScrapeJob 'web': endpoint 'web'", value: "port 'web'", wayOut: "'http (8080)'",
    app: (chart) => {
      const pods = new Deployment(chart, 'web', { containers: [{ image: 'web', ports: [{ name: 'http', number: 8080 }] }] });
      ScrapeJob.fromPods({ name: 'web', pods, endpoints: [new ScrapeEndpoint({ port: 'web' })] });
    },
  },
  {
    mistake: 'a Service of several ports without a choice',
    place: "ScrapeJob 'web'", value: "Service 'web' has 2 ports", wayOut: "say by 'endpoints' which to scrape",
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: webService(chart) }),
  },
  {
    mistake: 'a selector that does not match the Service that it names',
    place: "ScrapeJob 'web': labels", value: 'ap=web', wayOut: "did you mean 'app'?",
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: webService(chart), labels: { ap: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http' })] }),
  },
  {
    mistake: 'a selector with another value than the Service has',
    place: "ScrapeJob 'web': labels", value: 'app=api', wayOut: "Service 'web' carries app=web",
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: webService(chart), labels: { app: 'api' } }),
  },
  {
    mistake: 'a namespace in which the Service is not',
    place: "ScrapeJob 'web'", value: "namespaces are 'other'", wayOut: "leave 'namespaces' out",
    app: (chart) => ScrapeJob.fromService({ name: 'web', service: webService(chart), namespaces: ['other'], endpoints: [new ScrapeEndpoint({ port: 'http' })] }),
  },
  {
    mistake: 'a job of every Service there is',
    place: "ScrapeJob 'web'", value: "neither 'service' nor 'labels' is given", wayOut: 'name the labels of those to scrape',
    app: () => ScrapeJob.fromService({ name: 'web', labels: {} }),
  },
  {
    mistake: 'no namespace to look into',
    place: "ScrapeJob 'web'", value: 'namespaces is empty', wayOut: 'leave it out for all namespaces',
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, namespaces: [] }),
  },
  {
    mistake: 'a namespace that cannot be',
    place: "ScrapeJob 'web'", value: "'Shop_EU'", wayOut: 'lower-case letters, digits and dashes',
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, namespaces: ['Shop_EU'] }),
  },
  {
    mistake: 'a selector that is no label of Kubernetes',
    place: "ScrapeJob 'web': labels", value: "'app name'", wayOut: "as 'app.kubernetes.io/name'",
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { 'app name': 'web' } }),
  },
  {
    mistake: 'a copied label that hides the target\'s own',
    place: "ScrapeJob 'web': copyLabels", value: "'instance'", wayOut: 'copy it by a relabeling to another name',
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, copyLabels: ['instance'] }),
  },
  {
    mistake: 'a number as the name of a port',
    place: "ScrapeEndpoint '9100/tcp': port", value: "'9100/tcp'", wayOut: "a number goes into 'portNumber'",
    app: () => new ScrapeEndpoint({ port: '9100/tcp' }),
  },
  {
    mistake: 'a port by name and by number',
    place: "ScrapeEndpoint 'http'", value: 'portNumber 80', wayOut: 'name the port by one of them',
    app: () => new ScrapeEndpoint({ port: 'http', portNumber: 80 }),
  },
  {
    mistake: 'a port out of range',
    place: "ScrapeEndpoint '70000': portNumber", value: '70000', wayOut: '1 to 65535',
    app: () => new ScrapeEndpoint({ portNumber: 70000 }),
  },
  {
    mistake: 'a path with parameters',
    place: "ScrapeEndpoint 'http-federate?match=up'", value: "'/federate?match=up'", wayOut: "parameters go into 'params'",
    app: () => new ScrapeEndpoint({ port: 'http', path: '/federate?match=up' }),
  },
  {
    mistake: 'an interval shorter than the timeout',
    place: "ScrapeEndpoint 'http'", value: 'timeout 30s is longer than interval 10s', wayOut: 'a scrape has to end before the next begins',
    app: () => new ScrapeEndpoint({ port: 'http', interval: Duration.seconds(10), timeout: Duration.seconds(30) }),
  },
  {
    mistake: 'a timeout above the interval of the Prometheus',
    place: "shop/prometheus: scrape job 'web', endpoint 'http'", value: 'timeout 40s is longer than interval 30s', wayOut: 'a scrape has to end before the next begins',
    app: (chart) => prometheus(chart).addScrapeJob(jobOf({ timeout: Duration.seconds(40) })),
  },
  {
    mistake: 'an interval of zero',
    place: "ScrapeEndpoint 'http': interval", value: ': 0 is not', wayOut: 'leave it out for the default',
    app: () => new ScrapeEndpoint({ port: 'http', interval: Duration.seconds(0) }),
  },
  {
    mistake: 'TLS towards plain HTTP',
    place: "ScrapeEndpoint 'http'", value: 'got tls with Scheme.HTTP', wayOut: "use Scheme.HTTPS or leave 'scheme' out",
    app: () => new ScrapeEndpoint({ port: 'http', tls: TlsClient.clusterCa(), scheme: Scheme.HTTP }),
  },
  {
    mistake: 'the proxy of an environment without one, for a target',
    place: "shop/prometheus: scrape job 'web', endpoint 'http'", value: "got 'proxyFromEnvironment'", wayOut: "name it by the prop 'proxyEnvironment' of the Prometheus",
    app: (chart) => prometheus(chart).addScrapeJob(jobOf({ proxyFromEnvironment: true })),
  },
  {
    mistake: 'the proxy of an environment without one, for a remote store',
    place: "shop/prometheus: remote write 'https://mimir/push'", value: "got 'proxyFromEnvironment'", wayOut: "name it by the prop 'proxyEnvironment' of the Prometheus",
    app: (chart) => prometheus(chart).addRemoteWrite(new RemoteWrite({ url: 'https://mimir/push', proxyFromEnvironment: true })),
  },
  {
    mistake: 'the proxy of an environment without one, for an Alertmanager',
    place: "shop/prometheus: Alertmanager 'a/am'", value: "got 'proxyFromEnvironment'", wayOut: "name it by the prop 'proxyEnvironment' of the Prometheus",
    app: (chart) => prometheus(chart).sendAlertsTo(new ExistingAlertmanager({ namespace: 'a', serviceName: 'am', proxyFromEnvironment: true })),
  },
  {
    mistake: 'the proxy of an environment without one, for a probe',
    place: 'shop/blackbox: module', value: "'web' has 'proxyFromEnvironment'", wayOut: "name it by the prop 'proxyEnvironment'",
    app: (chart) => new BlackboxExporter(chart, 'blackbox', { modules: [BlackboxModule.http('web', { proxyFromEnvironment: true })] }),
  },
  {
    mistake: 'the proxy of an environment without one, for a receiver',
    place: 'shop/alertmanager', value: "a receiver has 'proxyFromEnvironment'", wayOut: "name it by the prop 'proxyEnvironment'",
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager', {
      routing: new AlertRouting({ receiver: Receiver.of('team', Integration.webhook({ url: 'https://a', httpConfig: { proxyFromEnvironment: true } })) }),
    }),
  },
  {
    mistake: 'two kinds of credentials',
    place: "ScrapeEndpoint 'http'", value: "got 'authorization' and 'basicAuth'", wayOut: 'keep one of them',
    app: (chart) => new ScrapeEndpoint({
      port: 'http', authorization: Authorization.serviceAccountToken(), basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(existing(chart, 'web'), 'password') }),
    }),
  },
  {
    mistake: 'basic authentication as a scheme of the header',
    place: "Authorization.scheme('web/token')", value: "'Basic'", wayOut: 'for a password use BasicAuth',
    app: (chart) => Authorization.scheme('Basic', SecretKey.of(existing(chart, 'web'), 'token')),
  },
  {
    mistake: 'a token URL without scheme',
    place: "OAuth2 of client 'prometheus': tokenUrl", value: "'issuer.example.com/token'", wayOut: 'an absolute http or https URL',
    app: (chart) => new OAuth2({ clientId: 'prometheus', clientSecret: SecretKey.of(existing(chart, 'web'), 'client-secret'), tokenUrl: 'issuer.example.com/token' }),
  },
  {
    mistake: 'a key that the Secret lacks',
    place: "SecretKey.of('etcd-certs')", value: "'ca.pem'", wayOut: "it has 'ca.crt' and 'tls.crt'; name one of them",
    app: (chart) => TlsClient.fromSecret(secretOf(chart, 'etcd-certs', { 'ca.crt': 'x', 'tls.crt': 'y' }), { ca: 'ca.pem' }),
  },
  {
    mistake: 'a certificate without its private key',
    place: "TlsClient.fromSecret('etcd-certs')", value: "got 'certificate' without 'privateKey'", wayOut: 'a client certificate needs both',
    app: (chart) => TlsClient.fromSecret(existing(chart, 'etcd-certs'), { ca: 'ca.crt', certificate: 'tls.crt' }),
  },
  {
    mistake: 'a Secret of another namespace',
    place: 'shop/prometheus', value: "Secret 'certs' is made in namespace 'etcd'", wayOut: "only Secrets of their own, 'ops'; make it there",
    app: (chart) => prometheus(chart).addScrapeJob(jobOf({ tls: TlsClient.fromSecret(secretOf(chart, 'certs', { 'ca.crt': 'x' }, 'etcd'), { ca: 'ca.crt' }) })),
  },
  {
    mistake: 'a target without port',
    place: "ScrapeJob 'db': targets", value: "'db1.example.com'", wayOut: 'host:port',
    app: () => ScrapeJob.fromStaticTargets({ name: 'db', targets: ['db1.example.com'] }),
  },
  {
    mistake: 'a URL as a target',
    place: "ScrapeJob 'db': targets", value: "'http://db1:9104/metrics'", wayOut: 'without a scheme or a path',
    app: () => ScrapeJob.fromStaticTargets({ name: 'db', targets: ['http://db1:9104/metrics'] }),
  },
  {
    mistake: 'a target twice',
    place: "ScrapeJob 'db'", value: "target 'db1:9104' exists twice", wayOut: 'two targets with equal labels overwrite each other',
    app: () => ScrapeJob.fromStaticTargets({ name: 'db', targets: ['db1:9104', 'db1:9104'] }),
  },
  {
    mistake: 'no target',
    place: "ScrapeJob 'db'", value: 'targets is empty', wayOut: 'name at least one',
    app: () => ScrapeJob.fromStaticTargets({ name: 'db', targets: [] }),
  },
  {
    mistake: 'a label name with a space before it',
    place: "ScrapeJob 'db': targetLabels", value: "' center'", wayOut: 'no white space around it',
    app: () => ScrapeJob.fromStaticTargets({ name: 'db', targets: ['db1:9104'], targetLabels: { ' center': 'north' } }),
  },
  {
    mistake: 'the label job as a label of targets',
    place: "ScrapeJob 'db': targetLabels", value: "'job'", wayOut: "the job's name is 'name'",
    app: () => ScrapeJob.fromStaticTargets({ name: 'db', targets: ['db1:9104'], targetLabels: { job: 'mysql' } }),
  },
  {
    mistake: 'a name of a job with a quote',
    place: "ScrapeJob 'shop\"web'", value: "'shop\"web'", wayOut: 'no quotes',
    app: () => ScrapeJob.fromNodes({ name: 'shop"web' }),
  },
  {
    mistake: 'two jobs of one name',
    place: 'shop/prometheus', value: "scrape job 'web' already exists", wayOut: 'give this one another',
    app: (chart) => {
      const server = prometheus(chart);
      server.addScrapeJob(jobOf({}));
      server.addScrapeJob(jobOf({}));
    },
  },
  {
    mistake: 'one port and path twice',
    place: "ScrapeJob 'web'", value: "endpoints 'http' and 'b'", wayOut: 'tell them apart by port, path or relabelings',
    app: () => ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http' }), new ScrapeEndpoint({ name: 'b', port: 'http' })] }),
  },
  {
    mistake: 'a named port of nodes',
    place: "ScrapeJob 'disks': endpoint 'metrics'", value: "port 'metrics'", wayOut: "use 'portNumber'",
    app: () => ScrapeJob.fromNodes({ name: 'disks', endpoints: [new ScrapeEndpoint({ port: 'metrics' })] }),
  },
  {
    mistake: 'a sample limit of zero',
    place: "ScrapeJob 'web': sampleLimit", value: ': 0 is not', wayOut: 'leave it out for no limit',
    app: () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, sampleLimit: 0 }),
  },
  {
    mistake: 'an annotation\'s prefix with its slash',
    place: 'annotationPrefix', value: "'prometheus.io/'", wayOut: "such as 'prometheus.io', without a slash",
    app: () => ScrapeJob.fromAnnotatedPods({ annotationPrefix: 'prometheus.io/' }),
  },
  {
    mistake: 'a raw job under two names',
    place: "ScrapeJob.raw('legacy')", value: "its job_name is 'old'", wayOut: 'leave job_name out or make both the same',
    app: () => ScrapeJob.raw('legacy', { job_name: 'old', static_configs: [] }),
  },
  {
    mistake: 'a misspelt key of a raw job',
    place: "ScrapeJob.raw('legacy')", value: "'kubernetes_sd_config'", wayOut: "did you mean 'kubernetes_sd_configs'?",
    app: () => ScrapeJob.raw('legacy', { kubernetes_sd_config: [{ role: 'pod' }] }),
  },
  {
    mistake: 'a broken regular expression in a relabeling',
    place: 'Relabeling.keep: regex', value: "'shop-(eu|us'", wayOut: 'missing )',
    app: () => Relabeling.keep({ sourceLabels: ['namespace'], regex: 'shop-(eu|us' }),
  },
  {
    mistake: 'look-ahead, which RE2 does not know',
    place: 'Relabeling.drop: regex', value: "'(?!kube-).*'", wayOut: 'RE2 knows no look-around',
    app: () => Relabeling.drop({ sourceLabels: ['namespace'], regex: '(?!kube-).*' }),
  },
  {
    mistake: 'a label of Kubernetes as discovery does not spell it',
    place: 'Relabeling.replace: sourceLabels', value: "'__meta_kubernetes_pod_label_app.kubernetes.io/name'", wayOut: "'__meta_kubernetes_pod_label_app_kubernetes_io_name'",
    app: () => Relabeling.replace({ targetLabel: 'app', sourceLabels: ['__meta_kubernetes_pod_label_app.kubernetes.io/name'] }),
  },
  {
    mistake: 'a modulus of zero',
    place: 'Relabeling.hashMod', value: 'modulus: 0', wayOut: 'a whole number above 0',
    app: () => Relabeling.hashMod(['__address__'], '__tmp_shard', 0),
  },
  {
    mistake: 'a keep-list of nothing',
    place: 'MetricSelection.keep', value: 'no metric is named', wayOut: 'use MetricSelection.all() to store everything',
    app: () => MetricSelection.keep(),
  },
  {
    mistake: 'a keep-list that drops a metric which a rule uses',
    place: "[shop/prometheus] alert 'ShopSilent' of group 'shop'", value: 'shop_requests_total', wayOut: 'as in shop_requests_total{job="…"}, or take the rule out',
    app: (chart) => prometheus(chart).monitor(thing(jobOf({ metrics: MetricSelection.keep('shop_orders_.*') }), alert())),
  },
  {
    mistake: 'a module that the prober lacks',
    place: 'shop/blackbox', value: "'http_2x'", wayOut: 'did you mean',
    app: (chart) => ScrapeJob.fromProbes({ name: 'sites', prober: new BlackboxExporter(chart, 'blackbox'), module: 'http_2x', targets: ['https://example.com'] }),
  },
  {
    mistake: 'a status code that cannot be',
    place: "BlackboxModule.http('site'): validStatusCodes", value: '2000', wayOut: '100 to 599',
    app: () => BlackboxModule.http('site', { validStatusCodes: [2000] }),
  },
  {
    mistake: 'a remote store without scheme',
    place: "RemoteWrite 'mimir': url", value: "'mimir:9009/api/v1/push'", wayOut: 'an absolute http or https URL',
    app: () => new RemoteWrite({ name: 'mimir', url: 'mimir:9009/api/v1/push' }),
  },
  {
    mistake: 'a password in the URL of a remote store',
    place: "RemoteWrite 'mimir': url", value: "the URL of 'mimir' has a user or a password", wayOut: 'name a Secret',
    app: () => new RemoteWrite({ name: 'mimir', url: 'https://me:secret@mimir/push' }),
  },
  {
    mistake: 'two remote writes that Prometheus takes for one',
    place: 'shop/prometheus', value: "a remote write to 'https://mimir/push' already exists", wayOut: "give each a 'name'",
    app: (chart) => prometheus(chart, { remoteWrites: [{}, { sendNativeHistograms: true }].map((options) => new RemoteWrite({ url: 'https://mimir/push', ...options })) }),
  },
  {
    mistake: 'an HA tracker for replicas without a cluster',
    place: "shop/prometheus: remote write 'mimir'", value: "without the external label 'cluster'", wayOut: "name it by the prop 'cluster' of the Prometheus",
    app: (chart) => prometheus(chart).addRemoteWrite(RemoteWrite.mimir('https://mimir', { deduplication: ReplicaDeduplication.haTracker() })),
  },
  {
    mistake: 'exemplars that nobody keeps',
    place: "shop/prometheus: remote write 'mimir'", value: "got 'sendExemplars'", wayOut: "set its prop 'maxExemplars'",
    app: (chart) => prometheus(chart).addRemoteWrite(RemoteWrite.mimir('https://mimir', { sendExemplars: true })),
  },
  {
    mistake: 'the whole URL where a store is asked for',
    place: 'RemoteWrite.mimir: url', value: "'https://mimir/api/v1/push' has the path", wayOut: "give the address alone, as 'https://mimir'",
    app: () => RemoteWrite.mimir('https://mimir/api/v1/push'),
  },
  {
    mistake: 'a queue whose shards hold no request',
    place: "RemoteWrite 'mimir': queue.capacity 1000", value: 'maxSamplesPerSend 2000', wayOut: 'leave one of them out',
    app: () => RemoteWrite.mimir('https://mimir', { queue: { capacity: 1000, maxSamplesPerSend: 2000 } }),
  },
  {
    mistake: 'a secret among headers',
    place: "RemoteWrite 'mimir'", value: "header 'Authorization'", wayOut: "use 'authorization', 'basicAuth', 'oauth2' or 'secretHeaders'",
    app: () => new RemoteWrite({ name: 'mimir', url: 'https://mimir/push', headers: { Authorization: 'Bearer abc' } }),
  },
  {
    mistake: 'a prefix of an Alertmanager without slash',
    place: "ExistingAlertmanager 'alerts/main'", value: "pathPrefix: 'am'", wayOut: "does not start with '/'",
    app: () => new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'main', pathPrefix: 'am' }),
  },
];
