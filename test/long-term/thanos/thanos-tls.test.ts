import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { forwardFlags, SERVER_FLAGS, thanosTls } from './certificate';
import {
  ObjectStorage, OperatedPrometheus, PrometheusServer, RuleSet, ThanosQuery, ThanosReceive, ThanosRuler, ThanosStore, ThanosTls,
} from '../../../lib';
import { manifests, newChart } from '../../charts';
import { find, Loose } from '../../manifests';

const objectStorage = ObjectStorage.gcs({ bucket: 'blocks' });
const ruleSets = { shop: RuleSet.fromText('groups: [{ name: shop, rules: [{ record: a:b, expr: vector(1) }] }]') };

const MOUNT = { name: 'thanos-tls', mountPath: '/etc/thanos/tls', readOnly: true };
const VOLUME = { name: 'thanos-tls', secret: { secretName: 'thanos-tls', optional: true, defaultMode: 0o440 } };
const client = (serverName: string) => ({
  tls_config: { enabled: true, ca_file: '/etc/thanos/tls/ca.crt', cert_file: '/etc/thanos/tls/tls.crt', key_file: '/etc/thanos/tls/tls.key' }, server_name: serverName,
});
const podOf = (objects: Loose[], kind: string, name: string): Loose => find(objects, kind, name).spec.template.spec;
const serverFlags = (args: readonly string[]) => args.filter((arg) => arg.startsWith('--grpc-server-tls'));
const endpointsOf = (objects: Loose[]): Loose[] => {
  const { containers: [{ args }] } = podOf(objects, 'Deployment', 'query');
  return parse(args.find((arg: string) => arg.startsWith('--endpoint.sd-config=')).slice('--endpoint.sd-config='.length)).endpoints;
};

test('every server asks for a certificate, and Thanos Query has one for each', () => {
  const chart = newChart();
  const tls = thanosTls(chart);
  const query = new ThanosQuery(chart, 'query', {
    tls,
    stores: [
      new PrometheusServer(chart, 'plain', { thanos: { tls } }), new OperatedPrometheus(chart, 'operated', { thanos: { tls } }), new ThanosStore(chart, 'store', { tls, objectStorage }),
      new ThanosReceive(chart, 'receive', { tls, replicas: 3 }), new ThanosQuery(chart, 'far', { tls, stores: [], addresses: ['one.example.com:10901'] }),
    ],
    addresses: ['two.example.com:10901', 'dnssrv+_grpc._tcp.thanos.example.com', 'dns+three.example.com:443', '[2001:db8::1]:10901'],
  });
  query.addStore(new ThanosRuler(chart, 'ruler', { tls, query, ruleSets }));
  const objects: Loose[] = manifests(chart);
  for (const [kind, name, container] of [
    ['Deployment', 'plain', 'thanos-sidecar'], ['StatefulSet', 'store', 'thanos-store'], ['StatefulSet', 'receive', 'thanos-receive'], ['Deployment', 'far', 'thanos-query'],
    ['StatefulSet', 'ruler', 'thanos-rule'], ['Deployment', 'query', 'thanos-query'],
  ]) {
    const { containers, volumes } = podOf(objects, kind, name);
    const { args, volumeMounts } = containers.find((each: Loose) => each.name === container);
    expect([serverFlags(args), volumeMounts, volumes]).toEqual([SERVER_FLAGS, expect.arrayContaining([MOUNT]), expect.arrayContaining([VOLUME])]);
  }
  const { spec } = find(objects, 'Prometheus', 'operated');
  expect(spec.thanos).toMatchObject({
    grpcServerTlsConfig: { caFile: '/etc/thanos/tls/ca.crt', certFile: '/etc/thanos/tls/tls.crt', keyFile: '/etc/thanos/tls/tls.key' }, volumeMounts: [MOUNT],
  });
  expect(spec.volumes).toContainEqual(VOLUME);
  expect(endpointsOf(objects)).toEqual([
    ...['plain-thanos', 'operated-thanos', 'store', 'receive-replicas', 'far-grpc', 'ruler'].map((service) => ({
      address: `dnssrv+_grpc._tcp.${service}.monitoring.svc`, client_config: client(`${service}.monitoring.svc`),
    })),
    { address: 'two.example.com:10901', client_config: client('two.example.com') },
    { address: 'dnssrv+_grpc._tcp.thanos.example.com', client_config: client('thanos.example.com') },
    { address: 'dns+three.example.com:443', client_config: client('three.example.com') },
    { address: '[2001:db8::1]:10901', client_config: client('2001:db8::1') },
  ]);
});

test('replicas of Receive forward to each other by TLS', () => {
  const flags = (replicas: number): string[] => {
    const chart = newChart();
    new ThanosReceive(chart, 'receive', { tls: thanosTls(chart), replicas });
    return podOf(manifests(chart), 'StatefulSet', 'receive').containers[0].args.filter((arg: string) => arg.startsWith('--remote-write.client'));
  };
  expect(flags(1)).toEqual([]);
  expect(flags(2)).toEqual(forwardFlags('receive-replicas.monitoring.svc'));
});

test('keys and the name in the certificate are given', () => {
  const chart = newChart();
  const secret = Secret.fromSecretName(chart, 'secret', 'thanos');
  const tls = ThanosTls.fromSecret(secret, { ca: 'authority.pem', certificate: 'both.pem', privateKey: 'both.key', serverName: 'thanos' });
  const store = new ThanosStore(chart, 'store', { tls, objectStorage });
  new ThanosQuery(chart, 'query', { tls, stores: [store] });
  const objects: Loose[] = manifests(chart);
  expect(serverFlags(podOf(objects, 'StatefulSet', 'store').containers[0].args)).toEqual([
    '--grpc-server-tls-cert=/etc/thanos/tls/both.pem', '--grpc-server-tls-key=/etc/thanos/tls/both.key', '--grpc-server-tls-client-ca=/etc/thanos/tls/authority.pem',
  ]);
  expect(store.thanosEndpoint).toEqual({ namespace: 'monitoring', serviceName: 'store', replicaLabels: [], tlsServerName: 'thanos' });
  expect(endpointsOf(objects)[0].client_config.server_name).toBe('thanos');
});

test('a bucket with the same Secret is mounted beside it', () => {
  const chart = newChart();
  const secret = Secret.fromSecretName(chart, 'secret', 'thanos');
  new ThanosStore(chart, 'store', { tls: ThanosTls.fromSecret(secret), objectStorage: ObjectStorage.fromSecret(secret) });
  const { volumeMounts } = podOf(manifests(chart), 'StatefulSet', 'store').containers[0];
  const paths: string[] = volumeMounts.map(({ mountPath }: Loose) => mountPath);
  expect(paths).toEqual(expect.arrayContaining(['/etc/thanos/tls', '/etc/thanos/secrets/thanos']));
  expect(new Set(paths).size).toBe(paths.length);
});

test.each<[string, (chart: Chart) => unknown, string]>([
  ['a store by TLS of a Query without', (chart) => new ThanosQuery(chart, 'query', { stores: [new ThanosStore(chart, 'store', { tls: thanosTls(chart), objectStorage })] }),
    "test/query: 'test/store' answers clients with a certificate alone; give 'test/query' the prop 'tls', with one of the same authority"],
  ['a sidecar without TLS of a Query with', (chart) => new ThanosQuery(chart, 'query', { tls: thanosTls(chart), stores: [new PrometheusServer(chart, 'one', { thanos: {} })] }),
    "test/query: 'test/one' answers without TLS, and 'test/query' has the prop 'tls'; give it one too, of a Prometheus within 'thanos'"],
  ['a Thanos without settings of stores', (chart) => new ThanosQuery(chart, 'query', { tls: thanosTls(chart), stores: [], addresses: ['a:1'], image: 'thanos:v0.41.0' }),
    "got 'tls' with image 'thanos:v0.41.0', and Thanos has TLS settings of single stores from 0.42 on; choose a newer image"],
  ['a Secret of another namespace', (chart) => new ThanosStore(chart, 'store', {
    objectStorage, tls: ThanosTls.fromSecret(new Secret(chart, 'secret', { metadata: { namespace: 'far' }, stringData: { 'ca.crt': '', 'tls.crt': '', 'tls.key': '' } })),
  }), "is made in namespace 'far', and Pods mount only Secrets of their own, 'monitoring'"],
  ['a Secret without a key', (chart) => ThanosTls.fromSecret(new Secret(chart, 'secret', { stringData: { 'tls.crt': '', 'tls.key': '' } })), "'ca.crt'"],
  ['no name', (chart) => ThanosTls.fromSecret(Secret.fromSecretName(chart, 'secret', 'thanos'), { serverName: '' }), "ThanosTls.fromSecret: serverName: '' is not the name in a certificate"],
])('refuses %s', (_, make, message) => {
  expect(() => make(newChart())).toThrow(message);
});
