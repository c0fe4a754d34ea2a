import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { ApiObject, App, Chart, Duration, Yaml } from 'cdk8s';
import { Exposure, KubeletMonitor, MonitoringNamespace, NodeExporterDaemonSet, PodSecurityLevel, PrometheusServer } from 'cdk8s-prometheus';

const app = new App();
const chart = new Chart(app, 'kube-ops', { namespace: 'kube-ops' });

new MonitoringNamespace(chart, 'kube-ops');
new MonitoringNamespace(chart, 'kube-ops-nodes', { podSecurity: PodSecurityLevel.PRIVILEGED });

const prometheus = new PrometheusServer(chart, 'prometheus', {
  retention: Duration.days(1),
  exposure: Exposure.nodePort(30090),
});
prometheus.monitor(
  new NodeExporterDaemonSet(chart, 'node-exporter', { namespace: 'kube-ops-nodes' }),
  new KubeletMonitor(chart, 'kubelet'),
);

// A file for each concern, numbered in the order in which `kubectl create -f` has to take them.
function fileOf(kind: string): string {
  switch (kind) {
    case 'Namespace': return '1-namespaces.yaml';
    case 'ConfigMap': return '2-configuration.yaml';
    case 'ServiceAccount':
    case 'ClusterRole':
    case 'ClusterRoleBinding':
    case 'Role':
    case 'RoleBinding': return '3-rbac.yaml';
    case 'Service': return '5-services.yaml';
    default: return '4-workloads.yaml';
  }
}

app.synthYaml(); // checks what app.synth() would check; the files below take the place of the one that it would write
const objects = chart.node.findAll().filter((construct) => construct instanceof ApiObject);
mkdirSync(app.outdir, { recursive: true });
for (const file of new Set(objects.map(({ kind }) => fileOf(kind)))) {
  const manifests = objects.filter(({ kind }) => fileOf(kind) === file).map((object): unknown => object.toJson());
  Yaml.save(path.join(app.outdir, file), manifests);
}
