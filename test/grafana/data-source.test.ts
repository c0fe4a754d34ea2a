import { Chart, Duration } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import { keyOf, Made, PEM } from './grafana-support';
import {
  Authorization, BasicAuth, ConfigMapKey, DataSource, DataSourceProps, ExistingAlertmanager, ExistingPrometheus, HttpConfig, OAuth2,
  PrometheusDataSourceOptions, PrometheusServer, TlsClient, TlsVersion,
} from '../../lib';
import { inChart } from '../charts';

/** A data source as it is provisioned, and the Pods that read its Secrets. */
function made(source: (chart: Chart) => DataSource) {
  const grafana = new Made((chart) => ({ dataSources: [source(chart)] }));
  return { grafana, source: grafana.dataSources[1] };
}

const withHttp = (http: (chart: Chart) => HttpConfig) => made((chart) => DataSource.of({ name: 'Store', type: 'prometheus', url: 'https://store', http: http(chart) }));

test('takes all its props', () => {
  const props = (chart: Chart): Required<DataSourceProps> => ({
    name: 'My logs', type: 'loki', uid: 'logs', url: 'http://loki.logs.svc:3100', isDefault: true, jsonData: { maxLines: 500 },
    secureJsonData: { token: keyOf(chart, 'loki', 'token') }, http: { headers: { 'X-Scope-OrgID': 'a' } },
  });
  expect(made((chart) => DataSource.of(props(chart))).source).toEqual({
    name: 'My logs', uid: 'logs', type: 'loki', access: 'proxy', url: 'http://loki.logs.svc:3100', isDefault: true, editable: false,
    jsonData: { maxLines: 500, httpHeaderName1: 'X-Scope-OrgID' },
    secureJsonData: { httpHeaderValue1: 'a', token: '$__file{/etc/grafana/secrets/loki/token}' },
  });
});

test('a uid follows from the name', () => {
  expect(DataSource.of({ name: 'My Logs (old)', type: 'loki' }).uid).toBe('my-logs-old');
});

test('a Prometheus has its scrape interval, its password and its certificate', () => {
  const options = (): Required<Omit<PrometheusDataSourceOptions, 'http' | 'secureJsonData'>> => ({
    name: 'Other', uid: 'other', isDefault: false, scrapeInterval: Duration.minutes(5), jsonData: { cacheLevel: 'Medium' },
  });
  const { source } = made((chart) => DataSource.prometheus(new ExistingPrometheus(chart, 'existing', {
    service: {
      namespace: 'monitoring', tls: TlsClient.clusterCa({ serverName: 'prometheus' }), basicAuth: new BasicAuth({ username: 'a$b', password: keyOf(chart, 'web') }),
    },
  }), options()));
  expect(source).toEqual({
    name: 'Other', uid: 'other', type: 'prometheus', access: 'proxy', url: 'https://prometheus-operated.monitoring.svc:9090', isDefault: false, editable: false,
    basicAuth: true, basicAuthUser: 'a$$b',
    jsonData: { httpMethod: 'POST', prometheusType: 'Prometheus', timeInterval: '5m', cacheLevel: 'Medium', tlsAuthWithCACert: true, serverName: 'prometheus' },
    secureJsonData: {
      basicAuthPassword: '$__file{/etc/grafana/secrets/web/password}', tlsCACert: '$__file{/etc/grafana/configmaps/kube-root-ca.crt/ca.crt}',
    },
  });
});

test.each<[string, (chart: Chart) => ExistingPrometheus | PrometheusServer]>([
  ['45s', (chart) => new PrometheusServer(chart, 'other', { scrapeInterval: Duration.seconds(45) })],
  ['30s', (chart) => new ExistingPrometheus(chart, 'other', { service: { namespace: 'monitoring' } })],
  ['1m', (chart) => new ExistingPrometheus(chart, 'other', { scrapeInterval: Duration.minutes(1), service: { namespace: 'monitoring' } })],
])('a scrape interval of %s is timeInterval', (timeInterval, prometheus) => {
  expect(made((chart) => DataSource.prometheus(prometheus(chart), { name: 'O', uid: 'o' })).source.jsonData.timeInterval).toBe(timeInterval);
});

test('an Alertmanager is shown, and gets no alerts of Grafana', () => {
  const alertmanager = new ExistingAlertmanager({ namespace: 'other', serviceName: 'am', pathPrefix: '/am' });
  expect(made(() => DataSource.alertmanager(alertmanager)).source).toEqual({
    name: 'Alertmanager', uid: 'alertmanager', type: 'alertmanager', access: 'proxy', url: 'http://am.other.svc:9093/am', isDefault: false, editable: false,
    jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
  });
});

test('the first data source is the default, unless one is to be or it is not to be', () => {
  const defaults = (...flags: Array<boolean | undefined>) => new Made(() => ({
    dataSources: flags.map((isDefault, i) => DataSource.of({ name: `${i}`, type: 'loki', isDefault })),
  })).dataSources.map(({ isDefault }) => isDefault);
  expect(defaults(undefined)).toEqual([true, false]);
  expect(defaults(undefined, true)).toEqual([false, false, true]);
  expect(defaults(false)).toEqual([true, false]);
});

describe('reaches a server', () => {
  test('with an authority and a client certificate of Secrets', () => {
    const { source, grafana } = withHttp((chart) => ({
      tls: TlsClient.secretCa(keyOf(chart, 'ca', 'ca.crt'), { certificate: keyOf(chart, 'client', 'tls.crt'), privateKey: keyOf(chart, 'same', 'tls.key') }),
    }));
    expect(source).toMatchObject({
      jsonData: { tlsAuthWithCACert: true, tlsAuth: true },
      secureJsonData: {
        tlsCACert: '$__file{/etc/grafana/secrets/ca/ca.crt}', tlsClientCert: '$__file{/etc/grafana/secrets/client/tls.crt}',
        tlsClientKey: '$__file{/etc/grafana/secrets/same/tls.key}',
      },
    });
    expect(grafana.mounts['/etc/grafana/secrets/ca']).toEqual({ name: 'file-1', secret: { secretName: 'ca', defaultMode: 0o440 } });
  });

  test('with an authority of a ConfigMap', () => {
    const { source, grafana } = withHttp((chart) => ({ tls: TlsClient.configMapCa(ConfigMapKey.of(ConfigMap.fromConfigMapName(chart, 'ca', 'bundle'), 'ca.pem')) }));
    expect(source.secureJsonData).toEqual({ tlsCACert: '$__file{/etc/grafana/configmaps/bundle/ca.pem}' });
    expect(grafana.mounts['/etc/grafana/configmaps/bundle']).toMatchObject({ configMap: { name: 'bundle' } });
  });

  test('with an authority that is a text', () => {
    const { source, grafana } = withHttp(() => ({ tls: TlsClient.pemCa(PEM) }));
    expect(source.secureJsonData).toEqual({ tlsCACert: '$__file{/etc/grafana/config/store-ca.crt}' });
    expect(grafana.files['store-ca.crt']).toBe(PEM);
    expect(grafana.mounts['/etc/grafana/config'].configMap.items).toContainEqual({ key: 'store-ca.crt', path: 'store-ca.crt' });
  });

  test('whoever it is', () => {
    expect(withHttp(() => ({ tls: TlsClient.insecureSkipVerify() })).source).toMatchObject({ jsonData: { tlsSkipVerify: true } });
  });

  test('with headers, of which none is seen in Grafana', () => {
    const { source } = withHttp((chart) => ({
      authorization: Authorization.bearer(keyOf(chart, 'token', 'token')), headers: { 'X-A': '$5' }, secretHeaders: { 'X-B': keyOf(chart, 'b', 'b') },
    }));
    expect(source.jsonData).toEqual({ httpHeaderName1: 'Authorization', httpHeaderName2: 'X-A', httpHeaderName3: 'X-B' });
    expect(source.secureJsonData).toEqual({
      httpHeaderValue1: 'Bearer $__file{/etc/grafana/secrets/token/token}', httpHeaderValue2: '$$5', httpHeaderValue3: '$__file{/etc/grafana/secrets/b/b}',
    });
  });
});

test('settings of a type are texts as they stand', () => {
  const jsonData = { derivedFields: [{ name: 'trace', url: '${__value.raw}' }], tls: { deep: 'a$b' }, n: 1, none: null };
  expect(made(() => DataSource.of({ name: 'Logs', type: 'loki', jsonData })).source.jsonData).toEqual({
    derivedFields: [{ name: 'trace', url: '$${__value.raw}' }], tls: { deep: 'a$$b' }, n: 1, none: null,
  });
});

test.each(['grafana-testdata-datasource', 'yesoreyeram-infinity-datasource', 'newthing'])('a plugin %s may be in the image', (type) => {
  expect(DataSource.of({ name: 'x', type }).type).toBe(type);
});

test('headers may be settings of the type', () => {
  const { source } = made((chart) => DataSource.of({
    name: 'Logs', type: 'loki', jsonData: { httpHeaderName1: 'X-Key' }, secureJsonData: { httpHeaderValue1: keyOf(chart, 'key', 'key') },
  }));
  expect(source).toMatchObject({ jsonData: { httpHeaderName1: 'X-Key' }, secureJsonData: { httpHeaderValue1: '$__file{/etc/grafana/secrets/key/key}' } });
});

test.each<[string, (chart: Chart) => unknown]>([
  ["DataSource.of('x'): type is empty; name one such as 'loki'", () => DataSource.of({ name: 'x', type: '' })],
  ["DataSource.of('x'): 'Loki' is not the type of a data source, did you mean 'loki'?; write the id of its plugin, which is in lower case", () => DataSource.of({ name: 'x', type: 'Loki' })],
  ["DataSource.of('x'): 'prometeus' is not the type of a data source, did you mean 'prometheus'?", () => DataSource.of({ name: 'x', type: 'prometeus' })],
  ["DataSource.of('x'): jsonData: 'password' holds a secret, which the ConfigMap would show; give it by 'secureJsonData'", () => (
    DataSource.of({ name: 'x', type: 'postgres', jsonData: { password: 'a' } })
  )],
  ["DataSource.of('x'): jsonData: 'httpHeaderValue1' holds a secret, which the ConfigMap would show", () => (
    DataSource.of({ name: 'x', type: 'loki', jsonData: { httpHeaderName1: 'A', httpHeaderValue1: 'b' } })
  )],
  ["DataSource.of('x'): 'httpHeaderName1' is one of the settings that follow from the HTTP client; give all of them by 'http'", () => (
    DataSource.of({ name: 'x', type: 'loki', jsonData: { httpHeaderName1: 'A' }, http: { headers: { 'X-Scope-OrgID': 'a' } } })
  )],
  ["DataSource.of('x'): jsonData.timeInterval: got Duration; give text, numbers, booleans, lists and mappings", () => (
    DataSource.of({ name: 'x', type: 'prometheus', jsonData: { timeInterval: Duration.seconds(30) } })
  )],
  ["DataSource.prometheus('test/p'): jsonData.a[0].b: got Duration", (chart) => (
    DataSource.prometheus(new PrometheusServer(chart, 'p'), { jsonData: { a: [{ b: Duration.seconds(30) }] } })
  )],
  ["DataSource.prometheus('test/p'): scrapeInterval is zero; leave it out for that of the Prometheus", (chart) => (
    DataSource.prometheus(new PrometheusServer(chart, 'p'), { scrapeInterval: Duration.seconds(0) })
  )],
  ["DataSource.of(''): name is empty; name the data source", () => DataSource.of({ name: '', uid: 'x', type: 'loki' })],
  ["DataSource.of('!'): uid '' is not an identifier of Grafana; set 'uid' to at most 40 letters", () => DataSource.of({ name: '!', type: 'loki' })],
  ["DataSource.of('x'): 'loki:3100' is not an absolute http or https URL", () => DataSource.of({ name: 'x', type: 'loki', url: 'loki:3100' })],
  ["DataSource.of('x'): a data source has no setting for 'oauth2', 'proxyUrl' and 'tls.minVersion'; leave them out of 'http'", (chart) => DataSource.of({
    name: 'x', type: 'loki', http: {
      proxyUrl: 'http://proxy', tls: TlsClient.systemCa({ minVersion: TlsVersion.TLS_1_3 }),
      oauth2: new OAuth2({ clientId: 'a', clientSecret: keyOf(chart, 'b'), tokenUrl: 'https://c' }),
    },
  })],
  ["DataSource.of('x'): Grafana has no token of a service account; use Authorization.bearer() with a Secret by 'http'", () => (
    DataSource.of({ name: 'x', type: 'loki', http: { authorization: Authorization.serviceAccountToken() } })
  )],
  ["DataSource.of('x'): got 'authorization' and 'basicAuth', and a request has one 'Authorization' header; keep one of them", (chart) => DataSource.of({
    name: 'x', type: 'loki', http: { authorization: Authorization.bearer(keyOf(chart, 'a')), basicAuth: new BasicAuth({ username: 'a', password: keyOf(chart, 'b') }) },
  })],
  ["DataSource.of('x'): header 'X-Api-Key' would show its secret in the configuration", () => (
    DataSource.of({ name: 'x', type: 'loki', http: { headers: { 'X-Api-Key': 'a' } } })
  )],
])('%s', (message, make) => {
  expect(() => inChart(make)).toThrow(message);
});
