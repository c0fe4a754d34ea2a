'use strict';
// The app of examples/opened-cluster without its Grafana.
const { App, Chart } = require('cdk8s');
const { ClusterProfile, KubeletReach, KubernetesMonitoring } = require('../..');

const app = new App();
const chart = new Chart(app, 'kube-ops', { namespace: 'kube-ops' });
new KubernetesMonitoring(chart, 'monitoring', {
  profile: ClusterProfile.kubeadm({ kubelet: KubeletReach.VERIFIED, scheduler: true, controllerManager: true, kubeProxy: true, etcd: true }),
});
app.synth();
