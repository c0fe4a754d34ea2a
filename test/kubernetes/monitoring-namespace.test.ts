import { Chart, Testing } from 'cdk8s';
import { MonitoringNamespace, MonitoringNamespaceProps, PodSecurityLevel } from '../../lib';

test('is restricted, and in no namespace itself', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'kube-ops' });
  const namespace = new MonitoringNamespace(chart, 'kube-ops');
  expect(namespace).toMatchObject({ name: 'kube-ops', podSecurity: PodSecurityLevel.RESTRICTED });
  expect(Testing.synth(chart)).toMatchSnapshot();
});

test('every prop', () => {
  const chart = Testing.chart();
  const props: Required<MonitoringNamespaceProps> = { name: 'nodes', podSecurity: PodSecurityLevel.PRIVILEGED, labels: { team: 'ops' } };
  new MonitoringNamespace(chart, 'namespace', props);
  expect(Testing.synth(chart)[0].metadata).toEqual({
    name: 'nodes',
    labels: {
      'team': 'ops',
      'pod-security.kubernetes.io/enforce': 'privileged',
      'pod-security.kubernetes.io/audit': 'privileged',
      'pod-security.kubernetes.io/warn': 'privileged',
    },
  });
});

test('stands in the output where it is made', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'a' });
  new MonitoringNamespace(chart, 'a');
  expect(Testing.synth(chart)[0].kind).toBe('Namespace');
});

test('has a name that Kubernetes takes', () => {
  expect(() => new MonitoringNamespace(Testing.chart(), 'Kube_Ops')).toThrow("test/Kube_Ops: 'Kube_Ops' cannot name a Kubernetes object");
});
