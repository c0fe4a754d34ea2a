import { parse } from 'yaml';
import { find, Loose, ofKind } from '../manifests';
import { reviewApp } from './support';

const { objects } = reviewApp('examples/thanos', 'examples/opened-cluster');
const containerOf = (kind: string, name: string, container: string): Loose => find(objects, kind, name).spec.template.spec.containers
  .find((one: Loose) => one.name === container);

test('Query finds the sidecars of both replicas and the store by Services that exist', () => {
  const [config]: string[] = containerOf('Deployment', 'thanos-query', 'thanos-query').args.filter((arg: string) => arg.startsWith('--endpoint'));
  const addresses: string[] = parse(config.slice(config.indexOf('=') + 1)).endpoints.map(({ address }: Loose) => address);
  expect(addresses).toHaveLength(2);
  addresses.forEach((address) => {
    const [, service] = /^dnssrv\+_grpc\._tcp\.([^.]+)\.kube-ops\.svc$/.exec(address) ?? [];
    const { spec } = find(objects, 'Service', service);
    expect(spec.clusterIP).toBe('None');
    expect(spec.ports.map(({ name }: Loose) => name)).toContain('grpc');
    const pods = [...ofKind(objects, 'StatefulSet'), ...ofKind(objects, 'Deployment')].map(({ spec: { template } }) => template)
      .filter(({ metadata: { labels } }) => Object.entries(spec.selector).every(([label, value]) => labels[label] === value));
    expect(pods.flatMap(({ spec: { containers } }) => containers.flatMap(({ ports = [] }: Loose) => ports)).filter(({ name }) => name === 'grpc')).toHaveLength(1);
  });
});

test('all of them use one bucket, of which no credential is in the manifests', () => {
  const configs = ofKind(objects, 'ConfigMap').filter(({ metadata: { name } }) => name.endsWith('-objstore')).map(({ data }) => data?.['objstore.yml']);
  expect(configs).toHaveLength(3);
  expect(new Set(configs).size).toBe(1);
  expect(JSON.stringify(objects)).not.toMatch(/access_key|secret_key/);
  expect(ofKind(objects, 'ServiceAccount').filter(({ metadata: { annotations } }) => annotations?.['eks.amazonaws.com/role-arn'] !== undefined)).toHaveLength(3);
});
