import { find, identity } from '../manifests';
import { reviewApp } from './support';

const { files, objects } = reviewApp('examples/operator', 'examples/opened-cluster');

test('the definitions are in a file of their own, which is applied first', () => {
  expect(Object.keys(files)).toEqual(['0000-crds.k8s.yaml', '0001-monitoring.k8s.yaml']);
  const kinds = Object.values(files).map((text) => text.match(/^ ?"?kind"?: "?CustomResourceDefinition"?,?$/gm)?.length ?? 0);
  expect(kinds).toEqual([8, 0]);
});

test('every kind of resource is defined', () => {
  const defined = objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ spec }) => spec.names.kind);
  const used = objects.filter(({ apiVersion }) => apiVersion.startsWith('monitoring.coreos.com/')).map(({ kind }) => kind);
  expect([...new Set(used)].filter((kind) => !defined.includes(kind))).toEqual([]);
  expect(new Set(used).size).toBeGreaterThan(4);
});

test('the operator runs Prometheus and Alertmanager, and nothing else does', () => {
  expect(objects.filter(({ kind }) => kind === 'StatefulSet').map(identity)).toEqual([]);
  expect(find(objects, 'Prometheus', 'prometheus').spec.storage.volumeClaimTemplate.spec.resources.requests).toEqual({ storage: '2Gi' });
  expect(find(objects, 'Alertmanager', 'alertmanager').spec.configSecret).toBe('alertmanager-config');
});
