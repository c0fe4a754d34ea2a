import { parse } from 'yaml';
import {
  Authorization, BasicAuth, ExistingAlertmanager, ExistingAlertmanagerProps, MonitorSelection, OperatedPrometheus, OutsideAlertmanagerProps,
  PrometheusServerProps, Scheme, SecretKey, TlsClient,
} from '../../lib';
import { checkConfig, Synthesized, synthesize } from '../server/support';
import { Loose, ofKind, textsOf } from '../manifests';
import { specOf, synthesize as operated } from '../operator/operated';
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

describe('outside of the cluster', () => {
  const OUTSIDE: Required<Omit<OutsideAlertmanagerProps, 'authorization' | 'oauth2' | 'proxyFromEnvironment'>> = {
    host: 'alerts.example.com', port: 443, scheme: Scheme.HTTPS, pathPrefix: '/am',
    tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }), basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }),
    proxyUrl: 'http://proxy:3128', noProxy: ['.svc'], headers: { 'X-Scope-OrgID': 'shop' }, secretHeaders: { 'X-Token': SecretKey.of(secret, 'token') },
    followRedirects: false, enableHttp2: false,
  };
  const ENTRY = {
    api_version: 'v2',
    scheme: 'https',
    path_prefix: '/am',
    tls_config: { ca_file: '/etc/prometheus/secrets/alerts/ca.crt' },
    basic_auth: { username: 'me', password_file: '/etc/prometheus/secrets/alerts/password' },
    proxy_url: 'http://proxy:3128',
    no_proxy: '.svc',
    http_headers: { 'X-Scope-OrgID': { values: ['shop'] }, 'X-Token': { files: ['/etc/prometheus/secrets/alerts/token'] } },
    follow_redirects: false,
    enable_http2: false,
    static_configs: [{ targets: ['alerts.example.com:443'] }],
  };
  const plain = (props: OutsideAlertmanagerProps): Synthesized => {
    const synthesized = synthesize({}, (prometheus) => prometheus.sendAlertsTo(ExistingAlertmanager.outside(props)));
    checkConfig(synthesized.text);
    return synthesized;
  };
  const entriesOf = (objects: readonly Loose[]) => parse(ofKind(objects, 'Secret').map((made) => textsOf(made)['alertmanagers.yaml']).join());

  test.each<[OutsideAlertmanagerProps, string, string]>([
    [{ host: 'alerts.example.com' }, 'http://alerts.example.com:9093', 'alerts.example.com:9093'],
    [{ host: '192.0.2.7', pathPrefix: '/am/' }, 'http://192.0.2.7:9093/am', '192.0.2.7:9093'],
    [{ host: '2001:db8::7', port: 80 }, 'http://[2001:db8::7]:80', '[2001:db8::7]:80'],
    [{ host: 'am.example.com.', port: 443 }, 'https://am.example.com.:443', 'am.example.com.:443'],
    [{ host: 'a.example.com', scheme: Scheme.HTTP, port: 443 }, 'http://a.example.com:443', 'a.example.com:443'],
    [{ host: 'a.example.com', tls: TlsClient.systemCa(), port: 443 }, 'https://a.example.com:443', 'a.example.com:443'],
  ])('%j is reached at its address', (props, url, target) => {
    expect(ExistingAlertmanager.outside(props).url).toBe(url);
    expect(plain(props).configuration.alerting.alertmanagers[0].static_configs).toEqual([{ targets: [target] }]);
  });

  test('every prop, without an operator', () => {
    const { configuration, pod } = plain(OUTSIDE);
    expect(configuration.alerting.alertmanagers).toEqual([ENTRY]);
    expect(JSON.stringify(pod.volumes)).toContain('{"secret":{"name":"alerts","optional":true}}');
  });

  test('every prop, with one: as text, with the same files', () => {
    const fill = (prometheus: OperatedPrometheus) => prometheus.sendAlertsTo(ExistingAlertmanager.outside(OUTSIDE));
    const spec = specOf({}, fill);
    expect(spec.additionalAlertManagerConfigs).toEqual({ name: 'prometheus-alertmanagers', key: 'alertmanagers.yaml' });
    expect(spec.alerting).toBeUndefined();
    expect(entriesOf(operated({}, fill))).toEqual([ENTRY]);
    expect(spec.volumeMounts).toContainEqual({ name: 'secret-0', mountPath: '/etc/prometheus/secrets/alerts', readOnly: true });
    expect(JSON.stringify(spec.volumes)).toContain('{"secret":{"name":"alerts","optional":true}}');
  });

  test('beside one in the cluster', () => {
    const spec = specOf({}, (prometheus) => {
      prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager' }));
      prometheus.sendAlertsTo(ExistingAlertmanager.outside({ host: 'a.example.com' }));
    });
    expect(spec.alerting.alertmanagers).toHaveLength(1);
    expect(spec.additionalAlertManagerConfigs).toBeDefined();
    expect(spec.volumeMounts.map(({ name }: { name: string }) => name)).toEqual(['kube-api-access', 'secrets']);
  });

  test('no access follows, and no token is mounted', () => {
    const { objects, pod } = plain({ host: 'a.example.com' });
    expect(objects.filter(({ kind }) => ['Role', 'ClusterRole'].includes(kind))).toEqual([]);
    expect(JSON.stringify(pod.volumes)).not.toContain('serviceAccountToken');
    expect(JSON.stringify(plain({ host: 'a.example.com', tls: TlsClient.clusterCa() }).pod.volumes)).toContain('kube-root-ca.crt');
    const own = { selection: MonitorSelection.own() };
    expect(operated(own, (prometheus) => prometheus.sendAlertsTo(ExistingAlertmanager.outside({ host: 'a.example.com' })))
      .filter(({ kind }) => ['Role', 'ClusterRole'].includes(kind))).toEqual([]);
  });

  test('each is named once', () => {
    const send = (...hosts: string[]) => () => synthesize({}, (prometheus) => hosts.forEach((host) => {
      prometheus.sendAlertsTo(ExistingAlertmanager.outside({ host }));
    }));
    expect(send('a.example.com', 'b.example.com')).not.toThrow();
    expect(send('a.example.com', 'a.example.com')).toThrow("test/prometheus: alerts are sent to 'http://a.example.com:9093' already; name each Alertmanager once");
  });

  test.each<[OutsideAlertmanagerProps, string]>([
    [{ host: 'https://a.example.com' }, "ExistingAlertmanager.outside('https://a.example.com'): 'host' is more than a host name or an IP address; give the rest by 'scheme', 'port' and 'pathPrefix'"],
    [{ host: 'a.example.com:9093' }, "'host' is more than a host name"],
    [{ host: 'a.example.com/am' }, "'host' is more than a host name"],
    [{ host: '[fd00::1]' }, "ExistingAlertmanager.outside('[fd00::1]'): 'host' has brackets around an IPv6 address; leave them out, as in 'fd00::1'"],
    [{ host: 'a b' }, "ExistingAlertmanager.outside('a b'): 'a b:9093' is not host:port"],
    [{ host: '999.1.1.1' }, "ExistingAlertmanager.outside('999.1.1.1'): '999.1.1.1:9093' is neither a name nor an IPv4 address, whose four numbers are 0 to 255; write it as"],
    ...['localhost', '127.0.0.1', '127.1', '::1'].map((host): [OutsideAlertmanagerProps, string] => (
      [{ host }, `ExistingAlertmanager.outside('${host}'): 'host' is the Pod of Prometheus itself; name the host at which the cluster reaches the Alertmanager`]
    )),
    [{ host: 'a.example.com', pathPrefix: '/am/api/v2/alerts' }, "pathPrefix '/am/api/v2/alerts' ends in '/api/v2/alerts', and Prometheus adds '/api/v2/alerts' itself; write it as '/am'"],
    [{ host: 'a.example.com', pathPrefix: '/api/v2' }, "pathPrefix '/api/v2' ends in '/api/v2', and Prometheus adds '/api/v2/alerts' itself; write it as '/'"],
    [{ host: 'a.example.com', port: 0 }, "ExistingAlertmanager.outside('a.example.com'): port 0 is not a port number"],
    [{ host: 'a.example.com', pathPrefix: 'am' }, "pathPrefix: 'am' does not start with '/'; write it as '/am'"],
    [{ host: 'a.example.com', tls: TlsClient.systemCa(), scheme: Scheme.HTTP }, 'got tls with Scheme.HTTP'],
  ])('refuses %j', (props, message) => {
    expect(() => ExistingAlertmanager.outside(props)).toThrow(message);
  });

  test('refuses what the reloader of the operator takes for a variable', () => {
    expect(() => operated({}, (prometheus) => prometheus.sendAlertsTo(ExistingAlertmanager.outside({ host: 'a.example.com', pathPrefix: '/$(b)' }))))
      .toThrow("test/prometheus: Alertmanager 'http://a.example.com:9093/$(b)': '/$(b)' has '$(b)'");
  });
});

test.each<[Partial<ExistingAlertmanagerProps>, string]>([
  [{ pathPrefix: 'am' }, "pathPrefix: 'am' does not start with '/'; write it as '/am'"],
  [{ pathPrefix: '/a b?x=1' }, "pathPrefix '/a b?x=1' is not a path; write it as '/alertmanager', without spaces, '?' and '#'"],
  [{ pathPrefix: '/a:b*' }, "pathPrefix: path '/a:b*' is not an absolute path such as '/prometheus'"],
  [{ pathPrefix: '/api/v2/alerts' }, "pathPrefix '/api/v2/alerts' ends in '/api/v2/alerts', and Prometheus adds '/api/v2/alerts' itself; write it as '/'"],
  [{ portName: 'web:9093' }, "portName: 'web:9093' is not a port name; use at most 63 lower-case letters, digits and '-', a number goes into 'port'"],
  [{ port: 0 }, 'port 0 is not a port number; use 1 to 65535'],
  [{ tls: TlsClient.clusterCa(), scheme: Scheme.HTTP }, "got tls with Scheme.HTTP; use Scheme.HTTPS or leave 'scheme' out"],
  [{ basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }), authorization: Authorization.serviceAccountToken() }, "got 'authorization' and 'basicAuth', and a request has one 'Authorization' header; keep one of them"],
])('refuses %#', (props, message) => {
  expect(() => new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager', ...props })).toThrow(`ExistingAlertmanager 'alerts/alertmanager': ${message}`);
});

test.each<[Partial<ExistingAlertmanagerProps>, string]>([
  [{ serviceName: 'alertmanager.alerts' }, "ExistingAlertmanager 'alerts/alertmanager.alerts': serviceName: 'alertmanager.alerts' is not the name of a Service; use at most 63 lower-case letters, digits and dashes, a letter first, and ExistingAlertmanager.outside() for one that has none"],
  [{ serviceName: 'http://am' }, "serviceName: 'http://am' is not the name of a Service"],
  [{ namespace: 'Alerts' }, "ExistingAlertmanager: namespace: 'Alerts' is not the name of a namespace"],
])('refuses names %#', (props, message) => {
  expect(() => new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager', ...props })).toThrow(message);
});
