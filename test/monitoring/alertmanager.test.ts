import { Authorization, BasicAuth, ExistingAlertmanager, ExistingAlertmanagerProps, PrometheusServerProps, Scheme, SecretKey, TlsClient } from '../../lib';
import { checkConfig, Synthesized, synthesize } from '../server/support';
import { secretNamed } from './scrape/secrets';

const secret = secretNamed('alerts');

function sending(props: Partial<ExistingAlertmanagerProps> = {}, server: PrometheusServerProps = {}): Synthesized {
  const synthesized = synthesize(server, (prometheus) => prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager', ...props })));
  checkConfig(synthesized.text);
  return synthesized;
}

test('has defaults', () => {
  expect(new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager' })).toMatchObject({
    portName: 'web', port: 9093, scheme: Scheme.HTTP, pathPrefix: '/', url: 'http://alertmanager.alerts.svc:9093',
  });
  expect(sending().configuration.alerting).toEqual({
    alertmanagers: [{
      api_version: 'v2',
      kubernetes_sd_configs: [{ role: 'endpointslice', namespaces: { names: ['alerts'] } }],
      relabel_configs: [{
        action: 'keep', source_labels: ['__meta_kubernetes_service_name', '__meta_kubernetes_endpointslice_port_name'], regex: 'alertmanager;web',
      }],
    }],
  });
});

test.each([['/', ''], ['/am', '/am'], ['/am/', '/am']])('with the path prefix %s the URL ends without a slash', (pathPrefix, path) => {
  const { url } = new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager', pathPrefix });
  expect(url).toBe(`http://alertmanager.alerts.svc:9093${path}`);
});

test('every prop', () => {
  const props: Required<Omit<ExistingAlertmanagerProps, 'authorization' | 'oauth2' | 'proxyFromEnvironment'>> = {
    namespace: 'ops', serviceName: 'am', portName: 'https', port: 443, scheme: Scheme.HTTPS, pathPrefix: '/am',
    tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }), basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }),
    proxyUrl: 'http://proxy:3128', noProxy: ['.svc'], headers: { 'X-Scope-OrgID': 'shop' }, secretHeaders: { 'X-Token': SecretKey.of(secret, 'token') },
    followRedirects: false, enableHttp2: false,
  };
  expect(new ExistingAlertmanager(props).url).toBe('https://am.ops.svc:443/am');
  const { configuration, pod } = sending(props);
  expect(configuration.alerting.alertmanagers[0]).toMatchObject({
    scheme: 'https',
    path_prefix: '/am',
    tls_config: { ca_file: '/etc/prometheus/secrets/alerts/ca.crt' },
    basic_auth: { username: 'me', password_file: '/etc/prometheus/secrets/alerts/password' },
    proxy_url: 'http://proxy:3128',
    no_proxy: '.svc',
    http_headers: { 'X-Scope-OrgID': { values: ['shop'] }, 'X-Token': { files: ['/etc/prometheus/secrets/alerts/token'] } },
    follow_redirects: false,
    enable_http2: false,
    relabel_configs: [{ regex: 'am;https' }],
  });
  expect(JSON.stringify(pod.volumes)).toContain('{"secret":{"name":"alerts","optional":true}}');
});

test('takes a token', () => {
  expect(sending({ authorization: Authorization.bearer(SecretKey.of(secret, 'token')) }).configuration.alerting.alertmanagers[0].authorization)
    .toEqual({ type: 'Bearer', credentials_file: '/etc/prometheus/secrets/alerts/token' });
});

test.each<[Partial<ExistingAlertmanagerProps>, string]>([
  [{ pathPrefix: 'am' }, "pathPrefix 'am' does not start with '/'"],
  [{ port: 0 }, 'port 0 is not a port number; use 1 to 65535'],
  [{ tls: TlsClient.clusterCa(), scheme: Scheme.HTTP }, "got tls with Scheme.HTTP; use Scheme.HTTPS or leave 'scheme' out"],
  [{ basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }), authorization: Authorization.serviceAccountToken() }, "got 'authorization' and 'basicAuth', and a request has one 'Authorization' header; keep one of them"],
])('refuses %#', (props, message) => {
  expect(() => new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager', ...props })).toThrow(`ExistingAlertmanager 'alerts/alertmanager': ${message}`);
});
