import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { Synthesized } from './support';
import { BasicAuth, PrometheusServer, SecretKey, TlsClient, WebClientProps, WebConfig } from '../../lib';
import { newChart } from '../charts';
import { find } from '../manifests';

type Keys = Pick<WebClientProps, 'tls'>;

/** How Prometheus meets itself, and how promtool does, where a whole web configuration is in a Secret. */
function met(makeTls: (secret: ReturnType<typeof Secret.fromSecretName>) => TlsClient | undefined): { scraped: Keys['tls'] | object; probed: object } {
  const chart = newChart({ namespace: 'ops' });
  const secret = Secret.fromSecretName(chart, 'web', 'web');
  const web = WebConfig.fromSecret(SecretKey.of(secret, 'web.yml'), { tls: makeTls(secret), basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }) });
  new PrometheusServer(chart, 'prometheus', { name: 'prom', web });
  const synthesized = new Synthesized(chart, 'prom');
  const probe = parse(find(synthesized.objects, 'ConfigMap', 'prom-config').data['probe.yml']);
  return { scraped: synthesized.scrape('prometheus').web.tls_config, probed: probe.tls_config };
}

test('a web configuration in a Secret is met by the name of the Service', () => {
  const expected = { ca_file: '/etc/prometheus/secrets/web/ca.crt', server_name: 'prom.ops.svc' };
  expect(met((secret) => TlsClient.fromSecret(secret, { ca: 'ca.crt' }))).toEqual({ scraped: expected, probed: expected });
});

test('the name that the caller gives comes first', () => {
  const expected = { server_name: 'metrics.example.com' };
  expect(met((secret) => TlsClient.fromSecret(secret, { ca: 'ca.crt', serverName: 'metrics.example.com' }))).toMatchObject({ scraped: expected, probed: expected });
});

test('who is not verified needs no name', () => {
  const expected = { insecure_skip_verify: true };
  expect(met(() => TlsClient.insecureSkipVerify())).toEqual({ scraped: expected, probed: expected });
});

test('plain HTTP has none', () => {
  expect(met(() => undefined)).toEqual({ scraped: undefined, probed: undefined });
});
