import { App, Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AlertRouting, ClusterProfile, KubernetesMonitoring, MonitoringBackend, PrometheusOperatorCrds, DataStorage, Integration, Receiver, SecretKey,
} from 'cdk8s-prometheus';

const app = new App();

// The API server has to know the operator's kinds before it takes objects of them:
//   kubectl apply --server-side -f dist/0000-crds.k8s.yaml
//   kubectl wait --for=condition=Established -f dist/0000-crds.k8s.yaml
//   kubectl apply --server-side -f dist/0001-monitoring.k8s.yaml
const crds = new Chart(app, 'crds');
new PrometheusOperatorCrds(crds, 'crds');

const chart = new Chart(app, 'monitoring', { namespace: 'kube-ops' });
chart.addDependency(crds);

// Made beside this app; until it is there, Alertmanager runs and only this receiver fails.
const secret = Secret.fromSecretName(chart, 'alert-receivers', 'alert-receivers');

new KubernetesMonitoring(chart, 'monitoring', {
  profile: ClusterProfile.kubeadm(),
  backend: MonitoringBackend.operator(),
  prometheus: {
    retention: Duration.days(15),
    storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(2) }),
  },
  routing: new AlertRouting({ receiver: Receiver.of('on-call', Integration.webhook({ urlFrom: SecretKey.of(secret, 'webhook-url') })) }),
});

app.synth();
