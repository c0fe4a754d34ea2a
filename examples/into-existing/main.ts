import { App, Chart, Duration } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-27';
import {
  AlertingRule, AlertmanagerConfig, AlertRouting, ExistingPrometheus, Integration, IProber, ObjectSelector, Receiver, RuleGroup, Scheme,
  ScrapeEndpoint, ScrapeJob, SecretKey, Severity,
} from 'cdk8s-prometheus';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

// The team's application.
const container = (image: string, port: number) => ({ image, ports: [{ name: 'metrics', number: port }], securityContext: { user: 10001 } });
const web = new Deployment(chart, 'web', { containers: [container('registry.example.com/shop:2.3.0', 8080)] });
const worker = new Deployment(chart, 'worker', { containers: [container('registry.example.com/worker:1.8.0', 9102)] });
const service = new Service(chart, 'service', { metadata: { labels: { app: 'shop' } }, selector: web, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });

// Its monitoring, by the Prometheus of kube-prometheus-stack, which others have installed as release `kps` in namespace `monitoring`.
const prometheus = new ExistingPrometheus(chart, 'prometheus', {
  labels: { release: 'kps' },
  selectors: { others: ObjectSelector.labels({ release: 'kps' }) }, // what it selects, so that a wrong label is an error here
});
prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'web', service, endpoints: [new ScrapeEndpoint({ port: 'http' })] }));
prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'worker', pods: worker }));

// The blackbox-exporter of the cluster asks for the page.
const prober: IProber = { proberAddress: 'blackbox-exporter.monitoring.svc:9115', proberScheme: Scheme.HTTP, proberPath: '/probe', checkModule: () => undefined };
prometheus.addScrapeJob(ScrapeJob.fromProbes({ name: 'page', prober, module: 'http_2xx', targets: ['https://shop.example.com'] }));

// Alerts with the label `namespace` of this app go to a channel of the team, whose address is in a Secret.
const slack = SecretKey.fromSecretName(chart, 'shop-slack', 'url');
const routing = new AlertRouting({ receiver: Receiver.of('shop', Integration.slack({ channel: '#shop', apiUrl: slack })) });
new AlertmanagerConfig(chart, 'routing', { name: 'shop', routing, labels: { release: 'kps' } });

prometheus.addRules(new RuleGroup({
  name: 'shop',
  rules: [new AlertingRule({
    alert: 'ShopPageDown',
    expr: 'probe_success{job="page"} == 0',
    for: Duration.minutes(5),
    severity: Severity.CRITICAL,
    summary: 'The page of the shop does not answer.',
    description: '{{ $labels.instance }} has failed every probe for 5 minutes.',
  }), new AlertingRule({
    alert: 'ShopSilent',
    expr: 'sum by (namespace) (rate(http_requests_total{job="web", namespace="shop"}[5m])) == 0',
    for: Duration.minutes(10),
    severity: Severity.CRITICAL,
    summary: 'The shop gets no requests.',
    description: 'No request for 10 minutes; usual are some every second.',
  })],
}));

app.synth();
