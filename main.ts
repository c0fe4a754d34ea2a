import { App, Chart } from 'cdk8s';
import { ClusterProfile, KubeletReach, KubernetesMonitoring, RuleEdit } from 'cdk8s-prometheus';

const app = new App();
const chart = new Chart(app, 'kube-ops', { namespace: 'kube-ops' });

// A cluster made by kubeadm that lets all of its components be watched.
const profile = ClusterProfile.kubeadm({
  kubelet: KubeletReach.VERIFIED, scheduler: true, controllerManager: true, kubeProxy: true, etcd: true,
});

new KubernetesMonitoring(chart, 'monitoring', {
  profile,
  // Its nodes have the clock of the machine that they run on, and nothing on them keeps it synchronised.
  ruleEdits: [RuleEdit.without('NodeClockNotSynchronising')],
});

app.synth();
