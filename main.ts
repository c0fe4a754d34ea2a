import { App, Chart } from 'cdk8s';
import { KubernetesMonitoring } from 'cdk8s-prometheus';

const app = new App();
const chart = new Chart(app, 'kube-ops', { namespace: 'kube-ops' });

new KubernetesMonitoring(chart, 'monitoring');

app.synth();
