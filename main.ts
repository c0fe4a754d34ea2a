import { App, Chart } from 'cdk8s';
import { KubeletMonitor, MonitoringNamespace, NodeExporterDaemonSet, PodSecurityLevel, PrometheusServer } from './lib';

const app = new App();
const chart = new Chart(app, 'kube-ops', { namespace: 'kube-ops' });
new MonitoringNamespace(chart, 'kube-ops');
const nodes = new MonitoringNamespace(chart, 'kube-ops-nodes', { podSecurity: PodSecurityLevel.PRIVILEGED });

const prometheus = new PrometheusServer(chart, 'prometheus');
prometheus.monitor(
  new NodeExporterDaemonSet(chart, 'node-exporter', { namespace: nodes.name }),
  new KubeletMonitor(chart, 'kubelet'),
);
app.synth();
