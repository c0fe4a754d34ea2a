import { Chart, Testing } from 'cdk8s';
import { HttpIngressPathType, Secret } from 'cdk8s-plus-27';
import {
  AlertmanagerServer, ClusterIpExposure, Exposure, HttpRouteExposure, IngressExposure, LoadBalancerExposure, NodePortExposure, OperatedAlertmanager,
  OperatedPrometheus, PrometheusServer, TrafficPolicy,
} from '../../lib';
import { exposedService, ExposedServiceOptions } from '../../lib/kubernetes/exposed-service';
import { newChart, synth } from '../charts';
import { find, Loose } from '../manifests';

function exposed(exposure: Exposure, options: ExposedServiceOptions = {}): Loose[] {
  const chart = Testing.chart();
  const identity = { where: 'here', name: 'web', namespace: 'shop', labels: { app: 'web' }, selector: { app: 'web' } };
  exposedService(chart, identity, { name: 'web', port: 80 }, { ...options, exposure });
  return Testing.synth(chart);
}

test.each([
  ['within the cluster', Exposure.clusterIp()],
  ['by a node port', Exposure.nodePort(30080)],
  ['by a node port that the cluster chooses', Exposure.nodePort()],
  ['by an address of its own', Exposure.loadBalancer()],
])('%s', (_, exposure) => {
  expect(exposed(exposure)).toMatchSnapshot();
});

const secret = (name: string) => Secret.fromSecretName(new Chart(Testing.app(), name), name, name);

test('every option of an Ingress', () => {
  const ingress: Required<IngressExposure> = {
    host: 'web.example.com', additionalHosts: ['www.example.com'], path: '/shop', paths: ['/shop/api', '/shop/graph'], tlsSecret: secret('certificate'),
    className: 'nginx', pathType: HttpIngressPathType.IMPLEMENTATION_SPECIFIC, annotations: { 'a/b': 'c' },
  };
  const backend = { service: { name: 'web', port: { name: 'web' } } };
  const paths = ['/shop/api', '/shop/graph'].map((path) => ({ path, pathType: 'ImplementationSpecific', backend }));
  expect(exposed(Exposure.ingress(ingress))[1]).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' }, annotations: { 'a/b': 'c' } },
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['web.example.com', 'www.example.com'], secretName: 'certificate' }],
      rules: [{ host: 'web.example.com', http: { paths } }, { host: 'www.example.com', http: { paths } }],
    },
  });
});

test('an Ingress with its host alone', () => {
  expect(exposed(Exposure.ingress({ host: 'web.example.com' }))[1]).toMatchObject({ spec: { rules: [{ http: { paths: [{ path: '/' }] } }] } });
});

test('every option of an HTTPRoute', () => {
  const route: Required<HttpRouteExposure> = {
    host: 'web.example.com', additionalHosts: ['www.example.com'], gateway: 'public', gatewayNamespace: 'gateways', sectionName: 'https', path: '/shop',
    paths: ['/shop/api', '/shop/graph'], https: false, annotations: { 'a/b': 'c' },
  };
  expect(exposed(Exposure.httpRoute(route))[1]).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' }, annotations: { 'a/b': 'c' } },
    spec: {
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'gateways', sectionName: 'https' }],
      hostnames: ['web.example.com', 'www.example.com'],
      rules: [{
        matches: ['/shop/api', '/shop/graph'].map((value) => ({ path: { type: 'PathPrefix', value } })),
        backendRefs: [{ group: '', kind: 'Service', name: 'web', port: 80, weight: 1 }],
      }],
    },
  });
  expect(Exposure.httpRoute(route)._externalUrl).toBe('http://web.example.com/shop');
});

test.each<[Exposure, string | undefined]>([
  [Exposure.clusterIp(), undefined],
  [Exposure.nodePort(30000), undefined],
  [Exposure.ingress({ host: 'a.example.com' }), 'http://a.example.com'],
  [Exposure.ingress({ host: 'a.example.com', tlsSecret: secret('cert'), path: '/p/' }), 'https://a.example.com/p'],
  [Exposure.ingress({ host: '*.example.com' }), undefined],
  [Exposure.httpRoute({ host: 'a.example.com', gateway: 'g' }), 'https://a.example.com'],
])('the URL that people use: %j', (exposure, url) => {
  expect(exposure._externalUrl).toBe(url);
});

test.each([29999, 32768, 80, 0, 30000.5])('node port %p is out of range', (port) => {
  expect(() => Exposure.nodePort(port)).toThrow(
    `Exposure.nodePort: ${port} is outside of 30000 to 32767, which the API server allows; choose a port in it, or leave it out to be given one`,
  );
});

test('the range of node ports is the cluster\'s', () => {
  expect(Exposure.nodePort(8080, { lowest: 8000, highest: 9000 })._service.nodePort).toBe(8080);
  expect(() => Exposure.nodePort(9001, { lowest: 8000, highest: 9000 })).toThrow('9001 is outside of 8000 to 9000');
});

test.each(['', 'https://a.example.com', 'A.example.com', 'a..b', 'a.example.com:443', '-a', '10.0.0.1'])('%j is no host', (host) => {
  expect(() => Exposure.ingress({ host })).toThrow(`Exposure.ingress: host: '${host}' is not a DNS name, and without a host it would answer for every name; write it as 'prometheus.example.com'`);
  expect(() => Exposure.httpRoute({ host, gateway: 'g' })).toThrow(`Exposure.httpRoute: host: '${host}' is not a DNS name`);
});

test.each(['', 'shop', '/a b', '/a?b', '/a#b'])('%j is no path', (path) => {
  expect(() => Exposure.ingress({ host: 'a', path })).toThrow(`Exposure.ingress: path '${path}' is not an absolute path such as '/prometheus'`);
  expect(() => Exposure.httpRoute({ host: 'a', gateway: 'g', path })).toThrow(`Exposure.httpRoute: path '${path}' is not an absolute path`);
});

describe('every option of a Service', () => {
  const inner: Required<ClusterIpExposure> = { annotations: { 'a/b': 'c' }, internalTrafficPolicy: TrafficPolicy.LOCAL };

  test('within the cluster', () => {
    const [{ metadata, spec }] = exposed(Exposure.clusterIp(inner));
    expect(metadata.annotations).toEqual({ 'a/b': 'c' });
    expect(spec).toMatchObject({ type: 'ClusterIP', internalTrafficPolicy: 'Local' });
  });

  test('at a port of every node', () => {
    const options: Required<NodePortExposure> = { ...inner, lowest: 8000, highest: 9000, externalTrafficPolicy: TrafficPolicy.LOCAL };
    const [{ metadata, spec }] = exposed(Exposure.nodePort(8080, options));
    expect(metadata.annotations).toEqual({ 'a/b': 'c' });
    expect(spec).toMatchObject({ type: 'NodePort', internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Local', ports: [{ nodePort: 8080 }] });
  });

  test('at an address of its own', () => {
    const options: Required<LoadBalancerExposure> = {
      ...inner, externalTrafficPolicy: TrafficPolicy.CLUSTER, loadBalancerClass: 'service.k8s.aws/nlb', sourceRanges: ['192.0.2.0/24', '2001:db8::/32'],
    };
    const [{ metadata, spec }] = exposed(Exposure.loadBalancer(options));
    expect(metadata.annotations).toEqual({ 'a/b': 'c' });
    expect(spec).toMatchObject({
      type: 'LoadBalancer', internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Cluster', loadBalancerClass: 'service.k8s.aws/nlb',
      loadBalancerSourceRanges: ['192.0.2.0/24', '2001:db8::/32'],
    });
  });

  test('beside what the workload says of it', () => {
    const [{ metadata }] = exposed(Exposure.clusterIp({ annotations: { a: 'b' } }), { serviceAnnotations: { c: 'd' }, serviceLabels: { e: 'f' } });
    expect(metadata).toEqual({ name: 'web', namespace: 'shop', labels: { app: 'web', e: 'f' }, annotations: { a: 'b', c: 'd' } });
    expect(() => exposed(Exposure.clusterIp({ annotations: { a: 'b' } }), { serviceAnnotations: { a: 'c' } }))
      .toThrow("here: 'serviceAnnotations' sets 'a' to 'c', which has to be 'b'; leave it out");
  });
});

test.each<[string, () => Exposure, string]>([
  ['an annotation', () => Exposure.clusterIp({ annotations: { 'a b': 'c' } }), "Exposure.clusterIp: annotations: 'a b' is not the key of an annotation"],
  ['an annotation', () => Exposure.nodePort(undefined, { annotations: { 'a b': 'c' } }), "Exposure.nodePort: annotations: 'a b' is not the key of an annotation"],
  ['an annotation', () => Exposure.loadBalancer({ annotations: { 'a b': 'c' } }), "Exposure.loadBalancer: annotations: 'a b' is not the key of an annotation"],
  ['an annotation', () => Exposure.ingress({ host: 'a', annotations: { 'a b': 'c' } }), "Exposure.ingress: annotations: 'a b' is not the key of an annotation"],
  ['a range of addresses', () => Exposure.loadBalancer({ sourceRanges: ['192.0.2.1'] }), "Exposure.loadBalancer: sourceRanges: '192.0.2.1' is not a range of addresses in CIDR notation; write it as '192.0.2.0/24'"],
  ['a range of addresses', () => Exposure.loadBalancer({ sourceRanges: ['192.0.2.0/33'] }), "'192.0.2.0/33' is not a range of addresses"],
  ['no range of addresses', () => Exposure.loadBalancer({ sourceRanges: [] }), "Exposure.loadBalancer: 'sourceRanges' is empty, which lets all addresses through; name at least one range, or leave it out"],
  ['a class', () => Exposure.loadBalancer({ loadBalancerClass: 'a b' }), "Exposure.loadBalancer: loadBalancerClass 'a b' is not a class; write it as its controller does, such as 'service.k8s.aws/nlb'"],
  ['a host twice', () => Exposure.ingress({ host: 'a', additionalHosts: ['a'] }), "Exposure.ingress: host 'a' is named twice; name each host once"],
  ['a further host', () => Exposure.httpRoute({ host: 'a', gateway: 'g', additionalHosts: ['https://a'] }), "Exposure.httpRoute: additionalHosts: 'https://a' is not a DNS name, and without a host it would answer for every name"],
  ['no path', () => Exposure.ingress({ host: 'a', path: '/p', paths: [] }), "Exposure.ingress: 'paths' is empty, so nothing would be reached; name at least one, or leave it out for '/p'"],
  ['a path elsewhere', () => Exposure.ingress({ host: 'a', path: '/shop', paths: ['/api'] }), "Exposure.ingress: path '/api' is not within '/shop', below which the program is served; write it as '/shop/api'"],
  ['a path twice', () => Exposure.ingress({ host: 'a', paths: ['/a', '/a'] }), "Exposure.ingress: path '/a' is named twice; name each path once"],
  ['a relative path', () => Exposure.ingress({ host: 'a', paths: ['a'] }), "Exposure.ingress: path 'a' is not an absolute path"],
  ['a class', () => Exposure.ingress({ host: 'a', className: 'A' }), "Exposure.ingress: className: 'A' is not the name of an object"],
  ['a Gateway', () => Exposure.httpRoute({ host: 'a', gateway: 'GW!' }), "Exposure.httpRoute: gateway: 'GW!' is not the name of an object"],
  ['a listener', () => Exposure.httpRoute({ host: 'a', gateway: 'g', sectionName: 'L' }), "Exposure.httpRoute: sectionName: 'L' is not the name of an object"],
  ['a namespace', () => Exposure.httpRoute({ host: 'a', gateway: 'g', gatewayNamespace: 'a.b' }), "Exposure.httpRoute: gatewayNamespace: 'a.b' is not the name of a namespace"],
  ['no Gateway', () => Exposure.httpRoute({ host: 'a', gateway: '' }), "Exposure.httpRoute: gateway: '' is not the name of an object; use at most 253 lower-case letters, digits, '-' and '.', a letter or digit first and last"],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(message);
});

describe.each([PrometheusServer, OperatedPrometheus, AlertmanagerServer, OperatedAlertmanager])('%p', (server) => {
  const objects = (exposure: Exposure) => synth((chart) => new server(chart, 'it', { exposure }));
  const balanced = Exposure.loadBalancer({
    annotations: { a: 'b' }, loadBalancerClass: 'internal', sourceRanges: ['192.0.2.0/24'], externalTrafficPolicy: TrafficPolicy.LOCAL,
  });

  test.each(['it', 'it-1'])('has the Service %s of its exposure', (name) => {
    const make = (chart: Chart) => new server(chart, 'it', { replicas: 2, exposure: balanced, replicaServices: balanced });
    const { metadata, spec } = find(synth(make), 'Service', name);
    expect(metadata.annotations).toEqual({ a: 'b' });
    expect(spec).toMatchObject({
      type: 'LoadBalancer', loadBalancerClass: 'internal', loadBalancerSourceRanges: ['192.0.2.0/24'], externalTrafficPolicy: 'Local',
    });
  });

  test('is reached at the hosts and paths of its exposure', () => {
    const hosts = { host: 'a.example.com', additionalHosts: ['b.example.com'], paths: ['/api'] };
    expect(find(objects(Exposure.ingress(hosts)), 'Ingress').spec.rules.map(({ host, http }: Loose) => [host, http.paths[0].path]))
      .toEqual([['a.example.com', '/api'], ['b.example.com', '/api']]);
    const { spec } = find(objects(Exposure.httpRoute({ ...hosts, gateway: 'public' })), 'HTTPRoute');
    expect([spec.hostnames, spec.rules[0].matches[0].path.value]).toEqual([['a.example.com', 'b.example.com'], '/api']);
  });
});

test('two programs share a host by paths, classes and Gateways', () => {
  const chart = newChart();
  const host = 'mon.example.com';
  const exposures = [
    Exposure.ingress({ host }), Exposure.ingress({ host, path: '/am' }), Exposure.ingress({ host, className: 'internal' }),
    Exposure.httpRoute({ host, gateway: 'web' }), Exposure.httpRoute({ host, gateway: 'internal' }), Exposure.nodePort(30090), Exposure.nodePort(30091),
  ];
  expect(() => exposures.forEach((exposure, i) => new AlertmanagerServer(chart, `it-${i}`, { exposure }))).not.toThrow();
  expect(() => new AlertmanagerServer(newChart(), 'it', { exposure: Exposure.nodePort(30090) })).not.toThrow();
});
