import { find, Loose, receiversOf } from '../manifests';
import { reviewApp } from './support';

const { objects } = reviewApp('examples/high-availability', 'examples/opened-cluster');

test.each([
  [{ alertname: 'KubePodNotReady', severity: 'warning', namespace: 'shop' }, ['everyone']],
  [{ alertname: 'KubePodNotReady', severity: 'warning', namespace: 'payments' }, ['payments']],
  [{ alertname: 'KubeletDown', severity: 'critical' }, ['on-call']],
  [{ alertname: 'ShopDown', severity: 'critical', namespace: 'checkout' }, ['on-call', 'payments']],
  [{ alertname: 'Watchdog', severity: 'none' }, ['dead-mans-switch']],
  [{ alertname: 'InfoInhibitor', severity: 'none', namespace: 'shop' }, ['null']],
])('amtool routes %j to %j', (labels, receivers) => {
  expect(receiversOf(objects, labels)).toEqual(receivers);
});

test.each([['prometheus', 2], ['alertmanager', 3]])('%s runs %d replicas, each with a claim, of which one may be evicted at a time', (name, replicas) => {
  const { spec } = find(objects, 'StatefulSet', name);
  expect(spec.replicas).toBe(replicas);
  expect(spec.volumeClaimTemplates.map(({ metadata }: Loose) => metadata.name)).toEqual(['data']);
  expect(spec.template.spec.topologySpreadConstraints.map(({ topologyKey }: Loose) => topologyKey)).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
  expect(find(objects, 'PodDisruptionBudget', name).spec.maxUnavailable).toBe(1);
});

test('no credential is in the manifests', () => {
  expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  expect(find(objects, 'ConfigMap', 'alertmanager-config').data['alertmanager.yaml']).toContain('routing_key_file: /etc/alertmanager/secrets/alert-receivers/pagerduty-routing-key');
});
