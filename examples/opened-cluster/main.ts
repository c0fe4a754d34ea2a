import { App, Chart } from 'cdk8s';
import { ClusterProfile, KubeletReach, KubernetesMonitoring, SecretKey } from 'cdk8s-prometheus';

const app = new App();
const chart = new Chart(app, 'kube-ops', { namespace: 'kube-ops' });

new KubernetesMonitoring(chart, 'monitoring', {
  // A kubeadm cluster whose components listen on the address of their node, with kubelet certificates signed by the cluster's CA:
  // docs/manual.md shows the kubeadm configuration.
  profile: ClusterProfile.kubeadm({
    kubelet: KubeletReach.VERIFIED, scheduler: true, controllerManager: true, kubeProxy: true, etcd: true,
  }),
  grafana: { adminPassword: SecretKey.fromSecretName(chart, 'grafana-admin', 'password') },
});

app.synth();
