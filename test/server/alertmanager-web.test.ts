import { Chart, Size } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { checkConfigWithFiles, Synthesized } from './support';
import { AlertmanagerServer, AlertmanagerServerProps, AlertRouting, BasicAuth, DataStorage, Integration, PrometheusServer, Receiver, SecretKey, TlsClient, TlsServer, WebConfig } from '../../lib';
import { newChart } from '../charts';
import { find, Manifest } from '../manifests';

/** An Alertmanager with a web configuration, and a Prometheus that sends to it. */
class Pair {
  public readonly alertmanager: AlertmanagerServer;
  public readonly synthesized: Synthesized;
  public readonly template: Manifest;
  public readonly pod: Manifest;

  constructor(web: (secret: ISecret) => WebConfig, props: (chart: Chart) => AlertmanagerServerProps = () => ({})) {
    const chart = newChart();
    this.alertmanager = new AlertmanagerServer(chart, 'alertmanager', { ...props(chart), web: web(Secret.fromSecretName(chart, 'web', 'am-web')) });
    new PrometheusServer(chart, 'prometheus').sendAlertsTo(this.alertmanager);
    this.synthesized = new Synthesized(chart);
    this.template = find(this.synthesized.objects, 'StatefulSet', 'alertmanager').spec.template;
    this.pod = this.template.spec;
  }

  /** Files of the ConfigMap. */
  public get files(): { readonly [file: string]: string } {
    return find(this.synthesized.objects, 'ConfigMap', 'alertmanager-config').data;
  }
}

const TLS = { ca_file: '/etc/prometheus/secrets/am-web/ca.crt', server_name: 'alertmanager.monitoring.svc' };

describe('a web server with a certificate', () => {
  const pair = new Pair((secret) => WebConfig.tls(TlsServer.fromSecret(secret)));
  const [container, reloader] = pair.pod.containers;

  test('reads it from its Secret, and a placeholder until that exists', () => {
    expect(container.args).toContain('--web.config.file=/etc/alertmanager/config/web.yml');
    expect(parse(pair.files['web.yml'])).toEqual({
      tls_server_config: { cert_file: '/etc/alertmanager/secrets/am-web/tls.crt', key_file: '/etc/alertmanager/secrets/am-web/tls.key' },
    });
    expect(pair.pod.volumes.find(({ name }: Manifest) => name === 'secret-0').projected.sources).toEqual([
      { configMap: { name: 'alertmanager-placeholders', items: [{ key: 'certificate.pem', path: 'tls.crt' }, { key: 'private-key.pem', path: 'tls.key' }] } },
      { secret: { name: 'am-web', optional: true } },
    ]);
  });

  test('is probed and reloaded by TLS', () => {
    expect([container.startupProbe, container.readinessProbe, container.livenessProbe].map(({ httpGet }: Manifest) => httpGet.scheme))
      .toEqual(['HTTPS', 'HTTPS', 'HTTPS']);
    expect(reloader.args).toContain('--reload-url=https://127.0.0.1:9093/-/reload');
  });

  test('gets alerts and is scraped by TLS, by the authority of its certificate', () => {
    expect(pair.alertmanager).toMatchObject({ scheme: 'https', url: 'https://alertmanager.monitoring.svc:9093' });
    const { configuration } = pair.synthesized;
    expect(configuration.alerting.alertmanagers).toMatchObject([{ scheme: 'https', tls_config: TLS }]);
    const { web, 'reloader-web': ofReloader } = pair.synthesized.scrape('alertmanager');
    expect(web).toMatchObject({ scheme: 'https', tls_config: TLS });
    expect(ofReloader.scheme).toBeUndefined();
    checkConfigWithFiles(pair.synthesized);
  });
});

describe('a web server that asks for a password', () => {
  const web = (secret: ISecret) => WebConfig.fromSecret(SecretKey.of(secret, 'web.yml'), {
    tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }), basicAuth: new BasicAuth({ username: 'prometheus', password: SecretKey.of(secret, 'password') }),
  });
  const pair = new Pair(web);
  const checksum = ({ template }: Pair) => template.metadata.annotations?.['checksum/config'];

  test('reads its whole configuration from the Secret', () => {
    expect(pair.pod.containers[0].args).toContain('--web.config.file=/etc/alertmanager/secrets/am-web/web.yml');
    expect(Object.keys(pair.files)).toEqual(['alertmanager.yaml']);
  });

  test('has no reloader, which would need the password, and rolls its Pods when the configuration changes', () => {
    expect(pair.pod.containers.map(({ name }: Manifest) => name)).toEqual(['alertmanager']);
    expect(find(pair.synthesized.objects, 'Service', 'alertmanager-peers').spec.ports).toBeUndefined();
    const receiver = Receiver.of('hook', Integration.webhook({ url: 'http://hook.example.com' }));
    expect(checksum(new Pair(web, () => ({ routing: new AlertRouting({ receiver }) })))).not.toBe(checksum(pair));
    expect(checksum(new Pair(web, () => ({ routing: new AlertRouting({ templates: { 'a.tmpl': '{{ define "a" }}b{{ end }}' } }) })))).not.toBe(checksum(pair));
    expect(checksum(new Pair(web))).toBe(checksum(pair));
    expect(checksum(new Pair((secret) => WebConfig.tls(TlsServer.fromSecret(secret))))).toBeUndefined();
  });

  test('is probed at its port, since the kubelet has no password', () => {
    const [{ startupProbe, readinessProbe, livenessProbe }] = pair.pod.containers;
    [startupProbe, readinessProbe, livenessProbe].forEach((probe) => expect([probe.tcpSocket, probe.httpGet]).toEqual([{ port: 'web' }, undefined]));
  });

  test('gets alerts and is scraped with the password, and nothing is asked of a reloader', () => {
    const basicAuth = { username: 'prometheus', password_file: '/etc/prometheus/secrets/am-web/password' };
    expect(pair.synthesized.configuration.alerting.alertmanagers).toMatchObject([{ scheme: 'https', tls_config: TLS, basic_auth: basicAuth }]);
    const scraped = pair.synthesized.scrape('alertmanager');
    expect(Object.keys(scraped)).toEqual(['web']);
    expect(scraped.web).toMatchObject({ scheme: 'https', tls_config: TLS, basic_auth: basicAuth });
    expect(JSON.stringify(pair.synthesized.objects)).not.toContain('alertmanager-config-reloader');
    checkConfigWithFiles(pair.synthesized);
  });
});

describe('what a restart for each change costs', () => {
  const password = (secret: ISecret) => WebConfig.fromSecret(SecretKey.of(secret, 'web.yml'), {
    basicAuth: new BasicAuth({ username: 'prometheus', password: SecretKey.of(secret, 'password') }),
  });
  const notes = (web: (secret: ISecret) => WebConfig, props: (chart: Chart) => AlertmanagerServerProps) => (
    new Pair(web, props).alertmanager.node.metadata.map(({ data }) => String(data))
  );
  const claim = { storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1) }) };

  test('is said of silences in an emptyDir', () => {
    expect(notes(password, () => ({}))).toEqual([expect.stringContaining('an emptyDir loses its silences')]);
    expect(notes(password, () => ({ replicas: 2 }))).toEqual([]);
    expect(notes(password, () => claim)).toEqual([]);
    expect(notes((secret) => WebConfig.tls(TlsServer.fromSecret(secret)), () => ({}))).toEqual([]);
  });

  test('is said of a configuration that is made elsewhere', () => {
    const configuration = (chart: Chart) => SecretKey.of(Secret.fromSecretName(chart, 'sealed', 'sealed'), 'alertmanager.yaml');
    expect(notes(password, (chart) => ({ ...claim, configuration: configuration(chart) })))
      .toEqual([expect.stringContaining("nothing reloads the configuration in Secret 'sealed'")]);
  });
});

test('a web configuration without a password is reloaded', () => {
  const { pod } = new Pair((secret) => WebConfig.fromSecret(SecretKey.of(secret, 'web.yml')));
  expect(pod.containers.map(({ name }: Manifest) => name)).toEqual(['alertmanager', 'config-reloader']);
  expect(pod.containers[1].args).toContain('--reload-url=http://127.0.0.1:9093/-/reload');
});
