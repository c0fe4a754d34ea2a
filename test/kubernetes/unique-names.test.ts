import { Chart, Testing } from 'cdk8s';
import { ConfigMap, k8s, Secret } from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import {
  AlertmanagerConfig, AlertmanagerServer, AlertRouting, BasicAuth, ConfigMapKey, ExistingPrometheus, Integration, MonitoringNamespace,
  NodeExporterDaemonSet, OperatedAlertmanager, OperatedPrometheus, PrometheusServer, Receiver, ScrapeEndpoint, ScrapeJob, SecretKey, TlsClient,
} from '../../lib';

function problems(fill: (chart: Chart) => void): string[] {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'ops' });
  fill(chart);
  return chart.node.root.node.findAll().flatMap(({ node }) => node.validate());
}

test('two objects of one name would be one', () => {
  expect(problems((chart) => ['a', 'b'].forEach((id) => new MonitoringNamespace(chart, id, { name: 'ops' })))).toEqual([
    "test/b/Resource: there is a Namespace 'ops' already, made by 'test/a/Resource'; give one of the two another 'name' or 'namespace'",
  ]);
});

test('an object of a user is seen too', () => {
  expect(problems((chart) => {
    new ConfigMap(chart, 'mine', { metadata: { name: 'prometheus-config' } });
    new PrometheusServer(chart, 'prometheus');
  })).toEqual([expect.stringContaining("there is a ConfigMap 'prometheus-config' already, made by 'test/mine/Resource'")]);
});

test('kinds and namespaces keep names apart', () => {
  expect(problems((chart) => {
    new PrometheusServer(chart, 'one', { name: 'prometheus', namespace: 'a' });
    new PrometheusServer(chart, 'two', { name: 'prometheus', namespace: 'b' });
    new NodeExporterDaemonSet(chart, 'prometheus', { namespace: 'c' });
  })).toEqual([]);
});

describe('a Secret or a ConfigMap of others', () => {
  const key = (chart: Chart, name: string) => SecretKey.of(Secret.fromSecretName(chart, 'theirs', name), 'password');
  const job = (password: SecretKey) => ScrapeJob.fromService({
    name: 'shop', labels: { app: 'shop' }, endpoints: [new ScrapeEndpoint({ port: 'http', basicAuth: new BasicAuth({ username: 'me', password }) })],
  });

  test.each<[string, string, (chart: Chart) => void]>([
    ['alertmanager-config', 'alertmanager/Configuration', (chart) => {
      const url = key(chart, 'alertmanager-config');
      new OperatedAlertmanager(chart, 'alertmanager', { routing: new AlertRouting({ receiver: Receiver.of('team', Integration.webhook({ urlFrom: url })) }) });
    }],
    ['shop-clients', 'prometheus/Credentials/Resource', (chart) => {
      new ExistingPrometheus(chart, 'prometheus', { name: 'shop' }).addScrapeJob(job(key(chart, 'shop-clients')));
    }],
    ['prometheus-clients', 'prometheus/Credentials/Resource', (chart) => {
      new OperatedPrometheus(chart, 'prometheus').addScrapeJob(job(key(chart, 'prometheus-clients')));
    }],
    ['routing-clients', 'routing/Credentials/Resource', (chart) => {
      const receiver = Receiver.of('team', Integration.webhook({
        url: 'https://team.example.com', httpConfig: { basicAuth: new BasicAuth({ username: 'me', password: key(chart, 'routing-clients') }) },
      }));
      new AlertmanagerConfig(chart, 'routing', { name: 'routing', routing: new AlertRouting({ receiver }) });
    }],
  ])('is not overwritten: %s', (name, by, fill) => {
    expect(problems(fill)).toEqual([
      expect.stringContaining(`Secret '${name}' is made elsewhere, and 'test/${by}' of the same name would overwrite it; rename one of the two, that of the app by the prop 'name'`),
    ]);
  });

  test.each([['prometheus-config', 'Configuration'], ['prometheus-placeholders', 'Secrets/Placeholders']])('is not overwritten: ConfigMap %s', (name, by) => {
    expect(problems((chart) => {
      const ca = ConfigMapKey.of(ConfigMap.fromConfigMapName(chart, 'theirs', name), 'ca.crt');
      const endpoints = [new ScrapeEndpoint({ port: 'http', tls: TlsClient.configMapCa(ca) })];
      new PrometheusServer(chart, 'prometheus').addScrapeJob(ScrapeJob.fromService({ name: 'shop', labels: { app: 'shop' }, endpoints }));
    })).toEqual([
      `test/prometheus: ConfigMap '${name}' is made elsewhere, and 'test/prometheus/${by}' of the same name would overwrite it; rename one of the two, that of the app by the prop 'name'`,
    ]);
  });

  test('is not overwritten: the ConfigMap of an Alertmanager', () => {
    expect(problems((chart) => {
      const ca = ConfigMapKey.of(ConfigMap.fromConfigMapName(chart, 'theirs', 'alertmanager-config'), 'ca.crt');
      const receiver = Receiver.of('team', Integration.webhook({ url: 'https://team.example.com', httpConfig: { tls: TlsClient.configMapCa(ca) } }));
      new AlertmanagerServer(chart, 'alertmanager', { routing: new AlertRouting({ receiver }) });
    })).toEqual([
      expect.stringContaining("ConfigMap 'alertmanager-config' is made elsewhere, and 'test/alertmanager/Configuration' of the same name would overwrite it"),
    ]);
  });

  test('is not overwritten from another chart', () => {
    expect(problems((chart) => {
      new OperatedAlertmanager(new Chart(chart.node.root, 'other', { namespace: 'ops' }), 'alertmanager');
      new PrometheusServer(chart, 'prometheus').addScrapeJob(job(key(chart, 'alertmanager-config')));
    })).toEqual([expect.stringContaining("test/prometheus: Secret 'alertmanager-config' is made elsewhere, and 'other/alertmanager/Configuration'")]);
  });

  test('may have the name of another kind, or of another namespace', () => {
    expect(problems((chart) => {
      new OperatedAlertmanager(chart, 'alertmanager', { namespace: 'else' });
      new PrometheusServer(chart, 'prometheus').addScrapeJob(job(key(chart, 'alertmanager-config')));
      new PrometheusServer(chart, 'second').addScrapeJob(job(SecretKey.of(Secret.fromSecretName(chart, 'config', 'prometheus-config'), 'password')));
    })).toEqual([]);
  });

  test('may be a Secret of the name of the ConfigMap beside it', () => {
    expect(problems((chart) => new AlertmanagerServer(chart, 'alertmanager', { configuration: key(chart, 'alertmanager-config') }))).toEqual([]);
  });

  test.each<[string, (chart: Chart) => SecretKey]>([
    ['given', (chart) => SecretKey.of(new Secret(chart, 'own', { metadata: { name: 'web' }, stringData: { password: 'x' } }), 'password')],
    ['given, of another cdk8s-plus', (chart) => SecretKey.of(new plus34.Secret(chart, 'own', { metadata: { name: 'web' } }), 'password')],
    ['named', (chart) => {
      new k8s.KubeSecret(chart, 'own', { metadata: { name: 'web' } });
      return key(chart, 'web');
    }],
  ])('is none where the user makes it in the app and it is %s', (_, make) => {
    expect(problems((chart) => new PrometheusServer(chart, 'prometheus').addScrapeJob(job(make(chart))))).toEqual([]);
  });
});
