import { Duration } from 'cdk8s';
import { Deployment, Ingress, IngressBackend, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { AlertingRule, IMonitored, Monitoring, RecordingRule, RuleGroup, RuleSet, ScrapeJob, Severity } from 'cdk8s-prometheus';

/** A web shop that tells Prometheus itself how it is monitored. */
export class Shop extends Construct implements IMonitored {
  public readonly monitoring: Monitoring;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const deployment = new Deployment(this, 'web', {
      containers: [{
        image: 'registry.example.com/shop:2.3.0',
        ports: [{ name: 'http', number: 8080 }],
        securityContext: { user: 10001 },
      }],
    });
    const service = new Service(this, 'service', {
      metadata: {
        labels: { app: 'shop' },
        annotations: { 'prometheus.io/probe': 'true' }, // each port is asked for / by the blackbox-exporter
      },
      selector: deployment,
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    });
    new Ingress(this, 'ingress', {
      metadata: { annotations: { 'prometheus.io/probe': 'true' } }, // and so is each host and path
      rules: [{ host: 'shop.example.com', backend: IngressBackend.fromService(service) }],
    });
    this.monitoring = {
      jobs: [ScrapeJob.fromService({ name: 'shop', service })],
      rules: RuleSet.of(new RuleGroup({
        name: 'shop',
        rules: [
          new RecordingRule({ record: 'shop:requests:rate5m', expr: 'sum(rate(http_requests_total{job="shop"}[5m]))' }),
          new AlertingRule({
            alert: 'ShopSilent',
            expr: 'shop:requests:rate5m == 0',
            for: Duration.minutes(10),
            severity: Severity.CRITICAL,
            summary: 'The shop gets no requests.',
            description: 'No request for 10 minutes; usual are some every second.',
          }),
        ],
      })),
    };
  }
}
