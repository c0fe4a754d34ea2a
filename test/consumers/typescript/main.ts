import { App, Chart, Duration } from 'cdk8s';
import {
  AlertingRule, KubeletMonitor, NodeExporterDaemonSet, OperatedPrometheus, PrometheusOperator, PrometheusOperatorCrds, PrometheusServer,
  RecordingRule, RuleGroup, Severity,
} from 'cdk8s-prometheus';
import { anyConstruct } from './any-construct.js';

const app = new App();
const chart = new Chart(app, 'consumer', { namespace: 'kube-ops' });
const prometheus = new PrometheusServer(chart, 'prometheus');
prometheus.monitor(new NodeExporterDaemonSet(chart, 'node-exporter'), new KubeletMonitor(chart, 'kubelet'));
prometheus.addRules(new RuleGroup({
  name: 'shop',
  rules: [
    new RecordingRule({ record: 'shop:requests:rate5m', expr: 'sum(rate(http_requests_total{app="shop"}[5m]))' }),
    new AlertingRule({
      alert: 'ShopSilent',
      expr: 'shop:requests:rate5m == 0',
      for: Duration.minutes(10),
      severity: Severity.CRITICAL,
      summary: 'the shop gets no requests',
      description: 'no request for 10 minutes, usual is 20 a second',
    }),
  ],
}));

const definitions = new Chart(app, 'definitions');
new PrometheusOperatorCrds(definitions, 'crds');
const operated = new Chart(app, 'operated', { namespace: 'monitoring' });
operated.addDependency(definitions);
new PrometheusOperator(operated, 'prometheus-operator');
new OperatedPrometheus(operated, 'operated').monitor(new KubeletMonitor(operated, 'kubelets'));

anyConstruct(app);

app.synth();
