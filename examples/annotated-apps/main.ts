import { App, Chart, Duration } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-27';
import { BlackboxExporter, MonitoringNamespace, PrometheusServer, RuleEdit, ScrapeJob, Severity } from 'cdk8s-prometheus';
import { Shop } from './shop';

const app = new App();

// Applications of others: they carry annotations and know nothing of this library.
const apps = new Chart(app, 'apps', { namespace: 'apps' });
new Deployment(apps, 'worker', {
  podMetadata: { annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9102', 'prometheus.io/path': '/internal/metrics' } },
  containers: [{ image: 'registry.example.com/worker:1.8.0', ports: [{ name: 'metrics', number: 9102 }], securityContext: { user: 10001 } }],
});
const api = new Deployment(apps, 'api', {
  containers: [{ image: 'registry.example.com/api:4.0.1', ports: [{ name: 'http', number: 8080 }], securityContext: { user: 10001 } }],
});
new Service(apps, 'api-service', {
  metadata: { annotations: { 'prometheus.io/scrape': 'true' } }, // every replica behind it, at each of its ports
  selector: api,
  ports: [{ name: 'http', port: 80, targetPort: 8080 }],
});

// An application that brings its own monitoring.
const shop = new Shop(apps, 'shop');

const monitoring = new Chart(app, 'monitoring', { namespace: 'app-monitoring' });
new MonitoringNamespace(monitoring, 'app-monitoring');
const prometheus = new PrometheusServer(monitoring, 'prometheus');

// What carries annotations is found when it appears and forgotten when it goes, in every namespace.
prometheus.addScrapeJob(ScrapeJob.fromAnnotatedPods());
prometheus.addScrapeJob(ScrapeJob.fromAnnotatedServices());

const blackbox = new BlackboxExporter(monitoring, 'blackbox-exporter');
blackbox.probeServices({ name: 'probed-services' });
blackbox.probeIngresses({ name: 'probed-ingresses', interval: Duration.minutes(1) });

prometheus.monitor(shop, blackbox);
prometheus.adjustRules(
  RuleEdit.severity('ShopSilent', Severity.of('page')),
  RuleEdit.holdFor('ShopSilent', Duration.minutes(5)),
);

app.synth();
