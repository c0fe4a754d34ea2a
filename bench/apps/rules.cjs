'use strict';
// Writes the groups of rules of the whole stack as JSON: by default, and with all recording rules.
const { Testing } = require('cdk8s');
const { ClusterProfile, KubernetesMonitoring, MonitoringBackend, RecordingRules } = require('../..');

const profile = ClusterProfile.kubeadm({ scheduler: true, controllerManager: true, kubeProxy: true, etcd: true });

function groupsWith(recordingRules) {
  const chart = Testing.chart();
  new KubernetesMonitoring(chart, 'monitoring', { profile, backend: MonitoringBackend.operator(), prometheus: { recordingRules } });
  return Testing.synth(chart).filter(({ kind }) => kind === 'PrometheusRule').flatMap(({ spec }) => spec.groups);
}

console.log(JSON.stringify({ used: groupsWith(RecordingRules.USED), community: groupsWith(RecordingRules.COMMUNITY) }));
