import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { EtcdMonitor, EtcdMonitorProps } from '../../../lib/components';
import { MetricSelection, TlsClient } from '../../../lib/monitoring';
import { expressions, jobOf, told } from '../support';
import { inChart, synth } from '../../charts';
import { find, Loose, ofKind } from '../../manifests';

const MEMBERS = ['192.0.2.11', '192.0.2.12', '192.0.2.13'];

function made(props?: EtcdMonitorProps): EtcdMonitor {
  return inChart((chart) => new EtcdMonitor(chart, 'etcd', props));
}

function clientCertificate(chart: Chart): TlsClient {
  return TlsClient.fromSecret(Secret.fromSecretName(chart, 'certs', 'etcd-certs'), {
    ca: 'ca.crt', certificate: 'healthcheck-client.crt', privateKey: 'healthcheck-client.key', serverName: 'etcd.example.com',
  });
}

test('works without props: the Pods of kubeadm, at the port for metrics', () => {
  expect(synth((chart) => new EtcdMonitor(chart, 'etcd'))).toMatchSnapshot();
  expect(told(jobOf(made()))).toMatchSnapshot();
});

test('with TLS, the Pods of kubeadm at the port where clients connect', () => {
  const etcd = inChart((chart) => new EtcdMonitor(chart, 'etcd', { tls: clientCertificate(chart) }));
  expect(etcd.port).toBe(2379);
  expect(etcd.namespace).toBe('kube-system');
  const { ca, certificate, privateKey } = jobOf(etcd).endpoints[0].httpConfig.tls!;
  expect([ca, certificate, privateKey].map((key) => key?._id)).toEqual(['etcd-certs/ca.crt', 'etcd-certs/healthcheck-client.crt', 'etcd-certs/healthcheck-client.key']);
});

test('outside of the cluster, a Service without selector and Endpoints of the same name, namespace and labels', () => {
  const manifests = synth((chart) => new EtcdMonitor(chart, 'etcd', { addresses: MEMBERS, tls: clientCertificate(chart) }));
  expect(manifests).toMatchSnapshot();
  const [service, endpoints] = [find(manifests, 'Service'), find(manifests, 'Endpoints')];
  expect(endpoints.metadata).toEqual(service.metadata);
  expect(service.spec).toMatchObject({ clusterIP: 'None', ports: [{ name: 'metrics', port: 2379 }] });
  expect(service.spec.selector).toBeUndefined();
});

test('outside of the cluster, takes all the props', () => {
  const props = (chart: Chart): Required<Omit<EtcdMonitorProps, 'pods'>> => ({
    addresses: ['192.0.2.11', '2001:DB8:0::11'],
    tls: clientCertificate(chart),
    port: 4001,
    name: 'store',
    namespace: 'stores',
    endpointSlices: true,
    jobName: 'store',
    interval: Duration.seconds(45),
    timeout: Duration.seconds(20),
    metrics: MetricSelection.all(),
    extensiveMetrics: true,
    rules: { quotaPercent: 66 },
  });
  const manifests = synth((chart) => new EtcdMonitor(chart, 'etcd', props(chart)));
  expect(manifests).toMatchSnapshot();
  expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`))
    .toEqual(['Service stores/store', 'EndpointSlice stores/store-ipv4', 'Service stores/store-ipv6', 'EndpointSlice stores/store-ipv6']);
  const etcd = inChart((chart) => new EtcdMonitor(chart, 'etcd', props(chart)));
  expect(told(jobOf(etcd))).toMatchSnapshot();
  expect(expressions(etcd)).toContain('job=\\"store\\"');
  expect(expressions(etcd)).toContain('66');
  expect(etcd.monitoring.rules?.alertNames).toContain('etcdGRPCRequestsSlow');
  expect([etcd.serviceName, etcd.namespace, etcd.port]).toEqual(['store', 'stores', 4001]);
});

test.each<[string, string[], string[][]]>([
  ['IPv4', ['192.0.2.11', '192.0.2.12'], [['store', 'IPv4', '192.0.2.11', '192.0.2.12']]],
  ['IPv6', ['2001:db8::11'], [['store', 'IPv6', '2001:db8::11']]],
  ['both', ['2001:db8::11', '192.0.2.11', '2001:db8::12'], [['store', 'IPv4', '192.0.2.11'], ['store-ipv6', 'IPv6', '2001:db8::11', '2001:db8::12']]],
])('outside of the cluster, addresses of %s have a Service for each family', (_, addresses, expected) => {
  const manifests = synth((chart) => {
    const { service, ipv6Service } = new EtcdMonitor(chart, 'store', { addresses });
    expect([service, ipv6Service].flatMap((object) => object?.name ?? [])).toEqual(expected.map(([name]) => name));
  });
  const services = ofKind(manifests, 'Service');
  expect(services.map(({ spec }) => [spec.ipFamilyPolicy, spec.ipFamilies])).toEqual(expected.map(([, family]) => ['SingleStack', [family]]));
  expect(ofKind(manifests, 'Endpoints').map(({ metadata, subsets: [subset] }, i) => [metadata.name, services[i].spec.ipFamilies[0], ...subset.addresses.map(({ ip }: Loose) => ip)])).toEqual(expected);
  expect(services.map(({ metadata }) => metadata.labels)).toEqual(services.map(() => services[0].metadata.labels));
});

test('in Pods, takes their labels and port', () => {
  const [service] = synth((chart) => new EtcdMonitor(chart, 'etcd', { name: 'etcd-metrics', pods: { app: 'etcd' }, port: 9978 }));
  expect(service).toMatchObject({ metadata: { name: 'etcd-metrics', namespace: 'kube-system' }, spec: { selector: { app: 'etcd' }, ports: [{ port: 9978, targetPort: 9978 }] } });
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new EtcdMonitor(chart, 'etcd', { addresses: MEMBERS })));
  expect(once()).toBe(once());
});

test('says that certificates are not verified', () => {
  const etcd = made({ addresses: MEMBERS, tls: TlsClient.insecureSkipVerify() });
  expect(etcd.node.metadata.map(({ data }) => data)).toEqual([expect.stringContaining('the certificates of etcd are not verified')]);
});

test.each<[string, string[], string]>([
  ['no address', [], 'test/etcd: addresses is empty; name the IP address of each instance'],
  ['an address twice', ['192.0.2.11', '192.0.2.11'], 'test/etcd: addresses names 192.0.2.11 twice'],
  ['one address in two spellings', ['2001:db8::1', '2001:DB8:0::1'], 'test/etcd: addresses names 2001:DB8:0::1 twice'],
  ['a host name', ['etcd-1.example.com'], "'etcd-1.example.com' is a host name, and endpoints take IP addresses; name its address, or scrape the name by ScrapeJob.fromStaticTargets("],
  ['a URL', ['https://192.0.2.11:2379'], "'https://192.0.2.11:2379' is a URL; name the IP address alone"],
  ['an address with a port', ['192.0.2.11:2379'], "'192.0.2.11:2379' has a port; name the IP address alone, and the port by 'port'"],
  ['IPv6 with a port', ['[2001:db8::1]:2379'], "'[2001:db8::1]:2379' has a port"],
  ['IPv6 in brackets', ['[2001:db8::1]'], "'[2001:db8::1]' is not an IP address; write '192.0.2.11' or '2001:db8::11', without brackets or zone"],
  ['a zone', ['fe80::1%eth0'], "'fe80::1%eth0' is not an IP address"],
  ['too large a number', ['192.0.2.300'], "'192.0.2.300' is not an IP address"],
  ['a leading zero', ['192.0.2.011'], "'192.0.2.011' is not an IP address"],
  ['loopback', ['127.0.0.1'], "'127.0.0.1' is a loopback address, which the API server refuses in endpoints"],
  ['IPv6 loopback', ['::1'], "'::1' is a loopback address"],
  ['link-local', ['169.254.1.1'], "'169.254.1.1' is a link-local address"],
  ['IPv6 link-local', ['fe80::1'], "'fe80::1' is a link-local address"],
  ['unspecified', ['0.0.0.0'], "'0.0.0.0' is an unspecified address"],
  ['IPv6 unspecified', ['::'], "'::' is an unspecified address"],
  ['multicast', ['224.0.0.1'], "'224.0.0.1' is a multicast address"],
  ['IPv6 multicast', ['ff02::1'], "'ff02::1' is a multicast address"],
  ['broadcast', ['255.255.255.255'], "'255.255.255.255' is a broadcast address"],
  ['IPv4 as IPv6', ['::ffff:192.0.2.11'], "'::ffff:192.0.2.11' is an IPv4 address written as IPv6"],
])('%s is refused', (_, addresses, message) => {
  expect(() => made({ addresses })).toThrow(message);
});

test.each<[string, EtcdMonitorProps, string]>([
  ['a port that is none', { port: 0 }, 'test/etcd: port: port 0 is not a port number'],
  ['a namespace for Pods', { namespace: 'etcd' }, "test/etcd: 'namespace' is for etcd outside of Pods"],
  ['EndpointSlices for Pods', { endpointSlices: true }, "test/etcd: 'endpointSlices' is for etcd outside of Pods"],
  ['Pods outside of the cluster', { addresses: MEMBERS, pods: { app: 'etcd' } }, "test/etcd: 'pods' selects Pods, and addresses names etcd outside"],
  ['a name that Kubernetes does not take', { addresses: MEMBERS, name: '1' }, "test/etcd: name: '1' is not a name for Kubernetes objects"],
  ['the name of a Service of the cluster', { name: 'kube-dns' }, "a Service 'kube-dns' in kube-system is the cluster's own"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});
