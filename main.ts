import { App, Chart } from 'cdk8s';
import { KubernetesMonitoring, SecretKey } from 'cdk8s-prometheus';

const app = new App();
const chart = new Chart(app, 'kube-ops', { namespace: 'kube-ops' });

new KubernetesMonitoring(chart, 'monitoring', {
  // kubectl -n kube-ops create secret generic grafana-admin --from-literal=password=…
  grafana: { adminPassword: SecretKey.fromSecretName(chart, 'grafana-admin', 'password') },
});

app.synth();
