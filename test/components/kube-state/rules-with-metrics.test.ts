import { Chart, Testing } from 'cdk8s';
import { namesOf } from '../support';
import { KubeStateMetrics, KubeStateMetricsProps, KubeStateResource } from '../../../lib/components';

function made(props?: KubeStateMetricsProps): KubeStateMetrics {
  return new KubeStateMetrics(new Chart(Testing.app(), 'test'), 'state', props);
}

function alerts(props?: KubeStateMetricsProps): string[] {
  return made(props).monitoring.rules?.alertNames ?? [];
}

test('by default every rule is there, and there is no note', () => {
  const exporter = made();
  expect(exporter.monitoring.rules?.alertNames).toEqual(expect.arrayContaining(['KubePodCrashLooping', 'KubeNodeNotReady', 'KubeJobFailed']));
  expect(exporter.node.metadata).toEqual([]);
});

test('rules about kinds that are not watched are left out, with a note', () => {
  const exporter = made({ watchedResources: [KubeStateResource.PODS] });
  const names = exporter.monitoring.rules?.alertNames;
  expect(names).toEqual(expect.arrayContaining(['KubePodCrashLooping', 'KubeStateMetricsDown']));
  expect(names).not.toEqual(expect.arrayContaining(['KubeDeploymentReplicasMismatch']));
  expect(names).not.toEqual(expect.arrayContaining(['KubeNodeNotReady']));
  expect(names).not.toEqual(expect.arrayContaining(['KubeQuotaExceeded']));
  expect(JSON.stringify(exporter.node.metadata)).toMatch(/rules are left out, because the metrics that they use are not exposed: .*KubeNodeNotReady/);
  const records = namesOf(exporter.monitoring.rules).filter((name) => name.includes(':'));
  expect(records).toContain('namespace_cpu:kube_pod_container_resource_requests:sum');
  // Of Pods alone their Deployment and their CronJob cannot be found.
  expect(records.filter((name) => name === 'namespace_workload_pod:kube_pod_owner:relabel')).toHaveLength(4);
});

test('with namespaces named, rules about nodes are left out, for nodes are in none', () => {
  const names = alerts({ namespaces: ['shop'] });
  expect(names).toContain('KubeDeploymentReplicasMismatch');
  expect(names).not.toContain('KubeNodeNotReady');
});

test('rules about metrics that are not exposed are left out; the lists are not anchored', () => {
  expect(alerts({ metricDenylist: ['pod_container_status_waiting'] })).not.toContain('KubePodCrashLooping');
  expect(alerts({ metricDenylist: ['^kube_job_.*'] })).toContain('KubePodCrashLooping');
  expect(alerts({ metricAllowlist: ['^kube_pod_'] })).toContain('KubePodCrashLooping');
  expect(alerts({ metricAllowlist: ['^kube_pod_'] })).not.toContain('KubeJobFailed');
});

test('with a recording rule go those that use its series', () => {
  const records = namesOf(made({ metricDenylist: ['^kube_pod_status_phase$'] }).monitoring.rules).filter((name) => name.includes('resource_requests'));
  expect(records).toEqual([]);
});

test('the lists are regular expressions of ECMAScript, which look around', () => {
  expect(alerts({ metricDenylist: ['^kube_(?!pod_).*'] })).toContain('KubePodCrashLooping');
  expect(() => made({ metricDenylist: ['kube_('] })).toThrow(/metricDenylist: 'kube_\(' is not a regular expression/);
});
