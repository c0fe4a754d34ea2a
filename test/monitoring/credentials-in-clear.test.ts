import { secretNamed } from './scrape/secrets';
import {
  AlertmanagerServer, ApiServiceTls, BlackboxExporter, BlackboxModule, CustomMetric, HttpConfig, OAuth2, PrometheusAdapter, PrometheusServer,
  RemoteWrite, ScrapeEndpoint, SecretKey,
} from '../../lib';
import { newChart } from '../charts';

const URLS = ['https://me:hunter2@store.example.com/push', 'https://hunter2@store.example.com', 'http://:hunter2@store.example.com:8080'];

function adapter(prometheusHttp: HttpConfig) {
  const chart = newChart();
  return new PrometheusAdapter(chart, 'adapter', {
    prometheus: new PrometheusServer(chart, 'prometheus'),
    tls: ApiServiceTls.certManager(),
    customMetrics: [CustomMetric.fromSeries({ series: 'http_requests_total' })],
    prometheusHttp,
  });
}

function probe(target: string) {
  const exporter = new BlackboxExporter(newChart(), 'blackbox', { modules: [BlackboxModule.http('page')] });
  return exporter.probe({ name: 'shop', module: 'page', targets: [target] });
}

const PLACES: ReadonlyArray<readonly [string, (url: string) => unknown]> = [
  ['RemoteWrite: url', (url) => new RemoteWrite({ url })],
  ['RemoteWrite: proxyUrl', (url) => new RemoteWrite({ url: 'https://store.example.com', proxyUrl: url })],
  ['ScrapeEndpoint: proxyUrl', (url) => new ScrapeEndpoint({ proxyUrl: url })],
  ['OAuth2: tokenUrl', (url) => new OAuth2({ clientId: 'me', clientSecret: SecretKey.of(secretNamed('oauth'), 'client-secret'), tokenUrl: url })],
  ['PrometheusServer: externalUrl', (url) => new PrometheusServer(newChart(), 'prometheus', { externalUrl: url })],
  ['PrometheusAdapter: proxyUrl', (url) => adapter({ proxyUrl: url })],
  ['BlackboxExporter: target', (url) => probe(url)],
  ['AlertmanagerServer: externalUrl', (url) => new AlertmanagerServer(newChart(), 'alertmanager', { externalUrl: url })],
];

function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    return String(error);
  }
  return 'nothing was thrown';
}

describe.each(PLACES)('%s', (_, make) => {
  test.each(URLS)('refuses %s, and does not repeat the password', (url) => {
    const message = messageOf(() => make(url));
    expect(message).toMatch(/the URL of 'store\.example\.com(:8080)?' has a user or a password in it, which the manifest would show/);
    expect(message).not.toContain('hunter2');
  });

  test('takes the URL without them', () => {
    expect(() => make('https://store.example.com/me@push')).not.toThrow();
  });
});

describe.each([
  ['PrometheusAdapter', (headers: { readonly [name: string]: string }) => adapter({ headers })],
  ['PrometheusServer: tracing', (headers: { readonly [name: string]: string }) => (
    new PrometheusServer(newChart(), 'prometheus', { tracing: { endpoint: 'collector:4317', headers } })
  )],
  ['BlackboxModule.grpc', (metadata: { readonly [name: string]: string }) => BlackboxModule.grpc('health', { metadata })],
] as const)('headers of %s', (_, make) => {
  test('that hold a secret are refused, without its value', () => {
    const message = messageOf(() => make({ Authorization: 'Bearer hunter2' }));
    expect(message).toMatch(/header 'Authorization' would show its secret in the configuration; /);
    expect(message).not.toContain('hunter2');
  });

  test('have names of headers', () => {
    expect(messageOf(() => make({ 'a b': 'x' }))).toContain("'a b' is not a header name");
  });

  test('are taken', () => {
    expect(() => make({ 'X-Scope-OrgID': 'shop' })).not.toThrow();
  });
});
