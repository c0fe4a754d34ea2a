import { parse } from 'yaml';
import { find, Loose } from '../manifests';
import { reviewApp } from './support';

const { objects } = reviewApp('examples/external-etcd', 'examples/opened-cluster');

test('etcd has a headless Service without selector and Endpoints of the same metadata', () => {
  const service = find(objects, 'Service', 'etcd');
  const endpoints: Loose = find(objects, 'Endpoints', 'etcd');
  expect(service.spec.clusterIP).toBe('None');
  expect(service.spec.selector).toBeUndefined();
  expect(endpoints.metadata).toEqual(service.metadata);
  expect(endpoints.subsets).toEqual([{
    addresses: [{ ip: '192.0.2.11' }, { ip: '192.0.2.12' }, { ip: '192.0.2.13' }],
    ports: [{ name: 'metrics', port: 2379, protocol: 'TCP' }],
  }]);
});

test('etcd is scraped with the client certificate of the Secret, which the Pod waits for in no way', () => {
  const { scrape_configs: configs } = parse(find(objects, 'ConfigMap', 'prometheus-config').data!['prometheus.yml']);
  const at = '/etc/prometheus/secrets/etcd-certs';
  expect(configs.find(({ job_name: name }: Loose) => name.startsWith('etcd/'))).toMatchObject({
    scheme: 'https',
    tls_config: { ca_file: `${at}/ca.crt`, cert_file: `${at}/healthcheck-client.crt`, key_file: `${at}/healthcheck-client.key` },
  });
  const { volumes } = find(objects, 'StatefulSet', 'prometheus').spec.template.spec;
  const sources: Loose[] = volumes.flatMap(({ projected }: Loose) => projected?.sources ?? []);
  expect(sources).toContainEqual({ secret: { name: 'etcd-certs', optional: true } });
});

test('no Secret is in the manifests', () => {
  expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
});
