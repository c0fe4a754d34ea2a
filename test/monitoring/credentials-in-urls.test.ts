import { secretNamed } from './scrape/secrets';
import { AlertmanagerServer, OAuth2, PrometheusServer, RemoteWrite, ScrapeEndpoint, SecretKey } from '../../lib';
import { newChart } from '../charts';

const URLS = ['https://me:hunter2@store.example.com/push', 'https://hunter2@store.example.com', 'http://:hunter2@store.example.com:8080'];

const PLACES: ReadonlyArray<readonly [string, (url: string) => unknown]> = [
  ['RemoteWrite: url', (url) => new RemoteWrite({ url })],
  ['RemoteWrite: proxyUrl', (url) => new RemoteWrite({ url: 'https://store.example.com', proxyUrl: url })],
  ['ScrapeEndpoint: proxyUrl', (url) => new ScrapeEndpoint({ proxyUrl: url })],
  ['OAuth2: tokenUrl', (url) => new OAuth2({ clientId: 'me', clientSecret: SecretKey.of(secretNamed('oauth'), 'client-secret'), tokenUrl: url })],
  ['PrometheusServer: externalUrl', (url) => new PrometheusServer(newChart(), 'prometheus', { externalUrl: url })],
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
