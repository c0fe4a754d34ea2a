import { Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { Exposure, HttpRouteExposure, IngressExposure } from '../../lib';
import { exposedService } from '../../lib/kubernetes/exposed-service';

function exposed(exposure: Exposure): object[] {
  const chart = Testing.chart();
  const identity = { where: 'here', name: 'web', namespace: 'shop', labels: { app: 'web' }, selector: { app: 'web' } };
  exposedService(chart, identity, { name: 'web', port: 80 }, exposure);
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
  const ingress: Required<IngressExposure> = { host: 'web.example.com', path: '/shop', tlsSecret: secret('certificate'), className: 'nginx', annotations: { 'a/b': 'c' } };
  expect(exposed(Exposure.ingress(ingress))[1]).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' }, annotations: { 'a/b': 'c' } },
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['web.example.com'], secretName: 'certificate' }],
      rules: [{ host: 'web.example.com', http: { paths: [{ path: '/shop', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'web' } } } }] } }],
    },
  });
});

test('an Ingress with its host alone', () => {
  expect(exposed(Exposure.ingress({ host: 'web.example.com' }))[1]).toMatchObject({ spec: { rules: [{ http: { paths: [{ path: '/' }] } }] } });
});

test('every option of an HTTPRoute', () => {
  const route: Required<HttpRouteExposure> = { host: 'web.example.com', gateway: 'public', gatewayNamespace: 'gateways', sectionName: 'https', path: '/shop', https: false };
  expect(exposed(Exposure.httpRoute(route))[1]).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
    spec: {
      parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
      hostnames: ['web.example.com'],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/shop' } }], backendRefs: [{ name: 'web', port: 80 }] }],
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
  expect(Exposure.nodePort(8080, { lowest: 8000, highest: 9000 })._nodePort).toBe(8080);
  expect(() => Exposure.nodePort(9001, { lowest: 8000, highest: 9000 })).toThrow('9001 is outside of 8000 to 9000');
});

test.each(['', 'https://a.example.com', 'A.example.com', 'a..b', 'a.example.com:443', '-a'])('%j is no host', (host) => {
  expect(() => Exposure.ingress({ host })).toThrow(`Exposure.ingress: host '${host}' is not a DNS name such as 'prometheus.example.com'; without a host it would answer for every name`);
  expect(() => Exposure.httpRoute({ host, gateway: 'g' })).toThrow(`Exposure.httpRoute: host '${host}' is not a DNS name`);
});

test.each(['', 'shop', '/a b', '/a?b', '/a#b'])('%j is no path', (path) => {
  expect(() => Exposure.ingress({ host: 'a', path })).toThrow(`Exposure.ingress: path '${path}' is not an absolute path such as '/prometheus'`);
  expect(() => Exposure.httpRoute({ host: 'a', gateway: 'g', path })).toThrow(`Exposure.httpRoute: path '${path}' is not an absolute path`);
});
