import { ISecret, Secret } from 'cdk8s-plus-27';
import { Synthesized } from './support';
import {
  AlertmanagerServer, AlertRouting, BasicAuth, PrometheusServer, Integration, Receiver, SecretKey, TlsClient, TlsServer, WebConfig,
} from '../../lib';
import { PlaceholderFile, PLACEHOLDERS } from '../../lib/backend/placeholder-files';
import { manifests, newChart } from '../charts';
import { find, Manifest, ofKind } from '../manifests';

const { [PlaceholderFile.TEXT]: TEXT, ...FILES_OF_TLS } = PLACEHOLDERS;

/** By file its placeholder, in each Secret of a Pod. */
function placeholders(pod: Manifest): { [secret: string]: { [file: string]: string } } {
  const sources = pod.volumes.filter(({ name }: Manifest) => /^secret-\d+$/.test(name)).map(({ secret, projected }: Manifest) => {
    const [configMap, own] = projected === undefined ? [undefined, { name: secret.secretName, optional: secret.optional }]
      : [projected.sources[0].configMap, projected.sources[1].secret];
    expect(own.optional).toBe(true);
    return [own.name, Object.fromEntries((configMap?.items ?? []).map(({ key, path }: Manifest) => [path, key]))];
  });
  return Object.fromEntries(sources);
}

describe('of Prometheus\'s web server', () => {
  function served(make: (secret: ReturnType<typeof Secret.fromSecretName>) => WebConfig): Synthesized {
    const chart = newChart();
    new PrometheusServer(chart, 'prometheus', { web: make(Secret.fromSecretName(chart, 'web', 'web')) });
    return new Synthesized(chart);
  }

  test('are used for the certificate and its key, and for the authority that it is scraped by', () => {
    const { pod, objects } = served((secret) => WebConfig.tls(TlsServer.fromSecret(secret)));
    expect(placeholders(pod)).toEqual({ web: { 'ca.crt': 'authority.pem', 'tls.crt': 'certificate.pem', 'tls.key': 'private-key.pem' } });
    expect(find(objects, 'ConfigMap', 'prometheus-placeholders').data).toEqual(FILES_OF_TLS);
  });

  test('lie under the names that the caller chose', () => {
    const server = (secret: ISecret) => new TlsServer({ certificate: SecretKey.of(secret, 'server.pem'), privateKey: SecretKey.of(secret, 'server.key'), ca: SecretKey.of(secret, 'ca.pem') });
    expect(placeholders(served((secret) => WebConfig.tls(server(secret))).pod)).toEqual({
      web: { 'ca.pem': 'authority.pem', 'server.pem': 'certificate.pem', 'server.key': 'private-key.pem' },
    });
  });

  test('are not made for a whole configuration, of which nobody knows what it says', () => {
    const { pod, objects } = served((secret) => WebConfig.fromSecret(SecretKey.of(secret, 'web.yml'), { tls: TlsClient.clusterCa(), basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }) }));
    expect(placeholders(pod)).toEqual({ web: {} });
    expect(ofKind(objects, 'ConfigMap').filter(({ metadata }) => metadata.name.endsWith('-placeholders'))).toEqual([]);
  });
});

describe('of receivers', () => {
  function told(make: (key: (name: string) => SecretKey) => Receiver): Manifest[] {
    const chart = newChart();
    const secret = Secret.fromSecretName(chart, 'duty', 'duty');
    new AlertmanagerServer(chart, 'alertmanager', { routing: new AlertRouting({ receiver: make((name) => SecretKey.of(secret, name)) }) });
    return manifests(chart);
  }

  const podOf = (objects: Manifest[]): Manifest => find(objects, 'StatefulSet', 'alertmanager').spec.template.spec;

  test('are used for the files of TLS', () => {
    const tls = (key: (name: string) => SecretKey) => TlsClient.secretCa(key('ca.crt'), { certificate: key('tls.crt'), privateKey: key('tls.key') });
    const objects = told((key) => Receiver.of('duty', Integration.webhook({ url: 'https://duty.example.com', httpConfig: { tls: tls(key) } })));
    expect(placeholders(podOf(objects))).toEqual({ duty: { 'ca.crt': 'authority.pem', 'tls.crt': 'certificate.pem', 'tls.key': 'private-key.pem' } });
    expect(find(objects, 'ConfigMap', 'alertmanager-placeholders').data).toEqual(FILES_OF_TLS);
  });

  test('are used for every file of a custom one, of which nobody knows when it is read', () => {
    const objects = told((key) => Receiver.of('duty', Integration.custom('rocketchat_configs', { secretFiles: { token_file: key('token'), token_id_file: key('id') } })));
    expect(placeholders(podOf(objects))).toEqual({ duty: { token: 'text', id: 'text' } });
    expect(find(objects, 'ConfigMap', 'alertmanager-placeholders').data).toEqual({ text: TEXT });
  });

  test('are not made where a missing file only fails a notification', () => {
    const objects = told((key) => Receiver.of('duty', Integration.slack({ channel: '#duty', apiUrl: key('url') })));
    expect(placeholders(podOf(objects))).toEqual({ duty: {} });
    expect(ofKind(objects, 'ConfigMap').map(({ metadata }) => metadata.name)).toEqual(['alertmanager-config']);
  });
});
