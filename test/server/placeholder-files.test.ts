import { createPrivateKey, X509Certificate } from 'node:crypto';
import { Secret } from 'cdk8s-plus-27';
import { synthesize, Synthesized } from './support';
import { BasicAuth, ExistingAlertmanager, OAuth2, RemoteWrite, ScrapeEndpoint, ScrapeJob, SecretKey, TlsClient } from '../../lib';
import { PlaceholderFile, PLACEHOLDERS } from '../../lib/backend/placeholder-files';
import { secretNamed } from '../monitoring/scrape/secrets';
import { find, Manifest, ofKind } from '../manifests';

const tls = TlsClient.fromSecret(secretNamed('store'), { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' });

function volume({ pod }: Synthesized): Manifest {
  return pod.volumes.find(({ name }: Manifest) => name === 'secret-0');
}

test('they are a certificate with its key, and an authority that signed neither', () => {
  const [authority, certificate] = [PlaceholderFile.AUTHORITY, PlaceholderFile.CERTIFICATE].map((file) => new X509Certificate(PLACEHOLDERS[file]));
  expect(certificate.checkPrivateKey(createPrivateKey(PLACEHOLDERS[PlaceholderFile.PRIVATE_KEY]))).toBe(true);
  expect(authority.ca).toBe(true);
  expect(certificate.verify(authority.publicKey)).toBe(false);
  expect(authority.checkPrivateKey(createPrivateKey(PLACEHOLDERS[PlaceholderFile.PRIVATE_KEY]))).toBe(false);
  [authority, certificate].forEach(({ validTo }) => expect(new Date(validTo).getFullYear()).toBeGreaterThan(2100));
});

const { [PlaceholderFile.TEXT]: _text, ...FILES_OF_TLS } = PLACEHOLDERS;

test.each<[string, Synthesized]>([
  ['targets, which would be missing instead of down', synthesize({}, (prometheus) => prometheus.addScrapeJob(
    ScrapeJob.fromStaticTargets({ name: 'etcd', targets: ['a:1'], endpoints: [new ScrapeEndpoint({ name: 'x', tls })] }),
  ))],
  ['a remote store', synthesize({ remoteWrites: [new RemoteWrite({ url: 'https://store', tls })] })],
  ['an Alertmanager', synthesize({}, (prometheus) => prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'a', serviceName: 'b', tls })))],
])('are used for the certificates towards %s, until the Secret is there', (_, synthesized) => {
  expect(volume(synthesized)).toEqual({
    name: 'secret-0',
    projected: {
      defaultMode: 0o440,
      sources: [
        { configMap: { name: 'prometheus-placeholders', items: [
          { key: 'authority.pem', path: 'ca.crt' }, { key: 'certificate.pem', path: 'tls.crt' }, { key: 'private-key.pem', path: 'tls.key' },
        ] } },
        { secret: { name: 'store', optional: true } },
      ],
    },
  });
  expect(find(synthesized.objects, 'ConfigMap', 'prometheus-placeholders').data).toEqual(FILES_OF_TLS);
});

test('are used for the authority towards the issuer of a remote store\'s tokens', () => {
  const oauth2 = new OAuth2({ clientId: 'a', clientSecret: SecretKey.of(secretNamed('oauth'), 'client-secret'), tokenUrl: 'https://issuer', tls: TlsClient.fromSecret(secretNamed('store'), { ca: 'ca.crt' }) });
  const { pod, objects } = synthesize({ remoteWrites: [new RemoteWrite({ url: 'https://store', oauth2 })] });
  expect(JSON.stringify(pod.volumes)).toContain('prometheus-placeholders');
  // no private key where nothing reads one
  expect(find(objects, 'ConfigMap', 'prometheus-placeholders').data).toEqual({ [PlaceholderFile.AUTHORITY]: PLACEHOLDERS[PlaceholderFile.AUTHORITY] });
});

test('are not made for passwords and tokens, which are read when they are sent', () => {
  const synthesized = synthesize({}, (prometheus, chart) => {
    const basicAuth = new BasicAuth({ username: 'a', password: SecretKey.of(Secret.fromSecretName(chart, 'etcd', 'etcd-password'), 'password') });
    prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'etcd', targets: ['a:1'], endpoints: [new ScrapeEndpoint({ name: 'x', basicAuth })] }));
  });
  expect(volume(synthesized)).toEqual({ name: 'secret-0', secret: { secretName: 'etcd-password', optional: true, defaultMode: 0o440 } });
  expect(ofKind(synthesized.objects, 'ConfigMap').length).toBe(1);
});
