import { Duration } from 'cdk8s';
import { secretNamed } from './secrets';
import { Authorization, BasicAuth, MetricSelection, Relabeling, Scheme, ScrapeEndpoint, ScrapeEndpointProps, SecretKey, TlsClient } from '../../../lib';

const secret = secretNamed('shop');

test('defaults', () => {
  expect(new ScrapeEndpoint()).toMatchObject({
    name: 'metrics', path: '/metrics', scheme: Scheme.HTTP, honorLabels: false, honorTimestamps: true, trackTimestampsStaleness: false, params: {}, relabelings: [], metricRelabelings: [],
  });
});

test.each<[ScrapeEndpointProps, string]>([
  [{ port: 'web' }, 'web'],
  [{ portNumber: 9100 }, '9100'],
  [{ portPattern: 'metrics-.*' }, 'metrics-.*'],
  [{ port: 'web', path: '/metrics/cadvisor' }, 'web-cadvisor'],
  [{ port: 'web', path: '/' }, 'web-root'],
  [{ path: '/probes/' }, 'metrics-probes'],
  [{ port: 'web', name: 'mine' }, 'mine'],
])('%j is called %s', (props, name) => {
  expect(new ScrapeEndpoint(props).name).toBe(name);
});

test('TLS means https', () => {
  expect(new ScrapeEndpoint({ tls: TlsClient.clusterCa() }).scheme).toBe(Scheme.HTTPS);
  expect(new ScrapeEndpoint({ scheme: Scheme.HTTPS }).httpConfig.tls).toBeUndefined();
});

test('gives and takes copies', () => {
  const given = { params: { module: ['a'] }, relabelings: [Relabeling.labelDrop('a')], metricRelabelings: [Relabeling.labelDrop('b')] };
  const endpoint = new ScrapeEndpoint(given);
  given.params.module.push('b');
  given.relabelings.pop();
  given.metricRelabelings.pop();
  endpoint.params.module.push('c');
  endpoint.relabelings.pop();
  endpoint.metricRelabelings.pop();
  expect(endpoint.params).toEqual({ module: ['a'] });
  expect(endpoint.relabelings.length).toBe(1);
  expect(endpoint.metricRelabelings.length).toBe(1);
});

test.each<[string, ScrapeEndpointProps, string]>([
  ['two ports', { port: 'web', portNumber: 80 }, "ScrapeEndpoint 'web': got port 'web' and portNumber 80; name the port by one of them"],
  ['a port and a pattern', { port: 'web', portPattern: 'w.*' }, "ScrapeEndpoint 'web': got portPattern 'w.*' and a single port; name the ports by one of them"],
  ['a number and a pattern', { portNumber: 80, portPattern: 'w.*' }, "got portPattern 'w.*' and a single port"],
  ['a pattern of no name', { portPattern: '.*' }, "ScrapeEndpoint '.*': portPattern '.*' matches a port without a name; leave it out for all ports, or begin it with what the names begin with"],
  ['a pattern that is none', { portPattern: 'w(' }, "ScrapeEndpoint 'w(': portPattern: 'w(' is not a regular expression (RE2)"],
  ['a number as a name', { port: 'Web_UI' }, "ScrapeEndpoint 'Web_UI': port: 'Web_UI' is not a port name; use at most 63 lower-case letters, digits and '-', a number goes into 'portNumber'"],
  ['a port out of range', { portNumber: 65536 }, 'portNumber: port 65536 is not a port number; use 1 to 65535'],
  ['a relative path', { path: 'metrics' }, "path 'metrics' is not an absolute path such as '/metrics'; parameters go into 'params'"],
  ['parameters in the path', { path: '/metrics?a=b' }, "path '/metrics?a=b' is not an absolute path"],
  ['TLS over http', { tls: TlsClient.clusterCa(), scheme: Scheme.HTTP }, "got tls with Scheme.HTTP; use Scheme.HTTPS or leave 'scheme' out"],
  ['two credentials', { basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }), authorization: Authorization.serviceAccountToken() }, "got 'authorization' and 'basicAuth', and a request has one 'Authorization' header; keep one of them"],
  ['a proxy without scheme', { proxyUrl: 'proxy:3128' }, "proxyUrl: 'proxy:3128' is not an absolute http or https URL"],
  ['no interval', { interval: Duration.seconds(0) }, 'interval (ms): 0 is not a whole number above 0; leave it out for the default'],
  ['no timeout', { timeout: Duration.seconds(0) }, 'timeout (ms): 0 is not a whole number above 0; leave it out for the default'],
  ['a timeout above the interval', { interval: Duration.seconds(30), timeout: Duration.minutes(1) }, 'timeout 1m is longer than interval 30s; a scrape has to end before the next begins'],
])('refuses %s', (_, props, message) => {
  expect(() => new ScrapeEndpoint(props)).toThrow(message);
});

test('says what is stored', () => {
  expect(new ScrapeEndpoint({ metrics: MetricSelection.keep('up') }).metrics.dropsMetric('down')).toBe(true);
});
