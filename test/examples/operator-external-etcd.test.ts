import { find, identity, Loose } from '../manifests';
import { reviewApp } from './support';

const { objects } = reviewApp('examples/operator-external-etcd', 'examples/operator');

test('etcd has a headless Service without selector and Endpoints of the same metadata, which a ServiceMonitor selects', () => {
  const service = find(objects, 'Service', 'etcd');
  const endpoints: Loose = find(objects, 'Endpoints', 'etcd');
  expect(service.spec).toMatchObject({ clusterIP: 'None' });
  expect(service.spec.selector).toBeUndefined();
  expect(endpoints.metadata).toEqual(service.metadata);
  const { selector, namespaceSelector, endpoints: [endpoint] } = find(objects, 'ServiceMonitor', 'prometheus-etcd').spec;
  expect(service.metadata.labels).toMatchObject(selector.matchLabels);
  expect(namespaceSelector).toEqual({ matchNames: ['etcd-monitoring'] });
  expect(service.spec.ports.map(({ name }: Loose) => name)).toEqual([endpoint.port]);
});

test('etcd is scraped with the client certificate of the Secret, named in the monitor', () => {
  const { endpoints: [endpoint] } = find(objects, 'ServiceMonitor', 'prometheus-etcd').spec;
  expect(endpoint).toMatchObject({
    scheme: 'https',
    tlsConfig: {
      ca: { secret: { name: 'etcd-certs', key: 'ca.crt' } },
      cert: { secret: { name: 'etcd-certs', key: 'healthcheck-client.crt' } },
      keySecret: { name: 'etcd-certs', key: 'healthcheck-client.key' },
    },
  });
});

test('neither a Secret nor an operator is in the manifests', () => {
  expect(objects.filter(({ kind }) => ['Secret', 'Deployment'].includes(kind)).map(identity)).toEqual([]);
});

test('it takes nothing that the Prometheus which is there takes, and may read no other namespace', () => {
  const { spec } = find(objects, 'Prometheus', 'prometheus');
  const own = { matchLabels: find(objects, 'Service', 'prometheus').spec.selector };
  ['serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig', 'rule'].forEach((kind) => {
    expect([kind, spec[`${kind}Selector`], spec[`${kind}NamespaceSelector`]]).toEqual([kind, own, undefined]);
  });
  expect(objects.filter(({ kind }) => kind.startsWith('ClusterRole')).map(identity)).toEqual([]);
});
