import { parse } from 'yaml';
import { find, identity, Loose, objectsIn } from '../manifests';
import { reviewApp } from './support';

const { files, objects } = reviewApp('examples/kube-ops', 'examples/opened-cluster');

const contents = Object.fromEntries(Object.entries(files).map(([file, text]) => [file, objectsIn(text).map(identity)]));

test('is split into files that kubectl create takes one by one', () => {
  expect(contents).toEqual({
    '1-namespaces.yaml': ['Namespace kube-ops', 'Namespace kube-ops-nodes'],
    '2-configuration.yaml': expect.arrayContaining(['ConfigMap kube-ops/prometheus-config', expect.stringMatching(/^ConfigMap kube-ops\/prometheus-rules-\d+$/)]),
    '3-rbac.yaml': expect.arrayContaining([
      'ServiceAccount kube-ops/prometheus', 'ClusterRole kube-ops-prometheus', 'ClusterRoleBinding kube-ops-prometheus',
    ]),
    '4-workloads.yaml': ['Deployment kube-ops/prometheus', 'DaemonSet kube-ops-nodes/node-exporter'],
    '5-services.yaml': expect.arrayContaining(['Service kube-ops/prometheus', 'Service kube-ops-nodes/node-exporter']),
  });
});

test('what a Pod mounts, and the account that it runs by, comes in a file before it', () => {
  const { serviceAccountName, volumes } = find(objects, 'Deployment', 'prometheus').spec.template.spec;
  const sources: Loose[] = volumes.flatMap((volume: Loose) => volume.projected?.sources ?? [volume]);
  const names = sources.filter(({ configMap }) => configMap && configMap.name !== 'kube-root-ca.crt').map(({ configMap }) => `ConfigMap kube-ops/${configMap.name}`);
  expect(names).toEqual(expect.arrayContaining(contents['2-configuration.yaml']));
  expect(contents['3-rbac.yaml']).toContain(`ServiceAccount kube-ops/${serviceAccountName}`);
});

test('serves Prometheus at port 30090 of every node', () => {
  const { type, ports } = find(objects, 'Service', 'prometheus').spec;
  expect(type).toBe('NodePort');
  expect(ports.map(({ name, nodePort }: Loose) => [name, nodePort])).toContainEqual(['web', 30090]);
});

test('scrapes node-exporter, the kubelets and Prometheus itself', () => {
  const { scrape_configs: configs } = parse(find(objects, 'ConfigMap', 'prometheus-config').data!['prometheus.yml']);
  expect(new Set(configs.map(({ job_name: name }: Loose) => name.split('/')[0]))).toEqual(new Set(['prometheus', 'node-exporter', 'kubelet']));
});
