import { kubeletSource } from '../../lib/backend/kubelet-source';
import { KubeletsDiscovery } from '../../lib/monitoring/scrape/discovery';

const both: KubeletsDiscovery = { kind: 'kubelets', portName: 'https-metrics', portNumber: 10250, serviceNamespace: 'kube-system' };
const nodes = {
  kind: 'nodes', labels: {}, targetLabels: { namespace: 'kube-system', service: 'kubelet' }, portName: 'https-metrics', portNumber: 10250,
};
const service = {
  kind: 'service', labels: { 'k8s-app': 'kubelet', 'app.kubernetes.io/name': 'kubelet' }, namespaces: ['kube-system'], port: 'https-metrics',
};

test('a job that has both sources leaves the choice to the backend', () => {
  expect(kubeletSource(both, 'nodes')).toEqual(nodes);
  expect(kubeletSource(both, 'service')).toEqual(service);
});

test('a job that has one source is discovered there whatever the backend prefers', () => {
  expect(kubeletSource({ ...both, serviceNamespace: undefined }, 'service')).toEqual(nodes);
  expect(kubeletSource({ ...both, portNumber: undefined }, 'nodes')).toEqual(service);
});
