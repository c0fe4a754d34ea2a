import { createPrivateKey, X509Certificate } from 'node:crypto';
import { App, Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AlertmanagerServer, AlertRouting, ExistingAlertmanager, NotificationAuthorization, PrometheusServer, Receiver, RemoteWrite, ScrapeEndpoint,
  ScrapeJob, SecretKey, TlsClient,
} from '../../lib';
import { StandIn, STAND_INS } from '../../lib/server/stand-ins';

function chartOf(): Chart {
  return new Chart(new App(), 'chart', { namespace: 'kube-ops' });
}

function volumesOf(chart: Chart, kind: string): Array<{ name: string; secret?: object; projected?: { sources: object[] } }> {
  return Testing.synth(chart).find((object) => object.kind === kind).spec.template.spec.volumes;
}

const KEYS = { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' };
const ITEMS = [
  { key: 'authority.pem', path: 'ca.crt' }, { key: 'certificate.pem', path: 'tls.crt' }, { key: 'private-key.pem', path: 'tls.key' },
];

test('the authority is one, and its key is not the one that is there', () => {
  const authority = new X509Certificate(STAND_INS[StandIn.AUTHORITY]);
  expect(authority.ca).toBe(true);
  expect(authority.checkPrivateKey(createPrivateKey(STAND_INS[StandIn.PRIVATE_KEY]))).toBe(false);
});

test('the certificate goes with its key', () => {
  expect(new X509Certificate(STAND_INS[StandIn.CERTIFICATE]).checkPrivateKey(createPrivateKey(STAND_INS[StandIn.PRIVATE_KEY]))).toBe(true);
});

test.each([
  ['a remote store', (prometheus: PrometheusServer, tls: TlsClient) => { prometheus.remoteWrite(new RemoteWrite({ url: 'https://store/write', tls })); }],
  ['an Alertmanager', (prometheus: PrometheusServer, tls: TlsClient) => {
    prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'kube-ops', serviceName: 'alertmanager', tls }));
  }],
])('Prometheus starts without the certificates of %s', (_, use) => {
  const chart = chartOf();
  use(new PrometheusServer(chart, 'prometheus'), TlsClient.fromSecret(Secret.fromSecretName(chart, 'certs', 'certs'), KEYS));
  expect(volumesOf(chart, 'Deployment').find(({ name }) => name === 'secret-0')).toEqual({
    name: 'secret-0',
    projected: {
      defaultMode: 0o440,
      sources: [{ configMap: { name: 'prometheus-stand-ins', items: ITEMS } }, { secret: { name: 'certs', optional: true } }],
    },
  });
  expect(Testing.synth(chart).find(({ metadata }) => metadata.name === 'prometheus-stand-ins').data).toEqual({ ...STAND_INS });
});

test('nothing stands in for what only a scrape job needs', () => {
  const chart = chartOf();
  const tls = TlsClient.fromSecret(Secret.fromSecretName(chart, 'certs', 'certs'), KEYS);
  new PrometheusServer(chart, 'prometheus').addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'a', targets: ['a:1'], endpoints: [new ScrapeEndpoint({ tls })] }));
  expect(volumesOf(chart, 'Deployment').find(({ name }) => name === 'secret-0')).toEqual({
    name: 'secret-0', secret: { secretName: 'certs', optional: true, defaultMode: 0o440 },
  });
  expect(Testing.synth(chart).map(({ metadata }) => metadata.name)).not.toContain('prometheus-stand-ins');
});

test('Alertmanager starts without the certificates of a receiver, and nothing stands in for passwords', () => {
  const chart = chartOf();
  const secret = Secret.fromSecretName(chart, 'certs', 'certs');
  const receiver = Receiver.webhook('hook', {
    url: 'https://hook.example.com/',
    httpConfig: {
      tls: { ca: SecretKey.of(secret, 'ca.crt'), certificate: SecretKey.of(secret, 'tls.crt'), privateKey: SecretKey.of(secret, 'tls.key') },
      authorization: NotificationAuthorization.bearer(SecretKey.of(Secret.fromSecretName(chart, 'token', 'token'), 'token')),
    },
  });
  new AlertmanagerServer(chart, 'alertmanager', { routing: new AlertRouting({ receiver }) });
  const volumes = volumesOf(chart, 'StatefulSet');
  expect(volumes.find((volume) => JSON.stringify(volume).includes('"certs"'))?.projected?.sources[0]).toEqual({
    configMap: { name: 'alertmanager-stand-ins', items: ITEMS },
  });
  expect(volumes.find((volume) => JSON.stringify(volume).includes('"token"'))?.secret).toEqual({ secretName: 'token', optional: true, defaultMode: 0o440 });
});
