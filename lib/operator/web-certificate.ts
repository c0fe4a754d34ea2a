import { k8s } from 'cdk8s-plus-27';
import { Credentials, KeyReference } from './credentials';
import { RELOADER_PORT } from '../backend/reloader-port';
import { numberOrText } from '../kubernetes/spelling';
import { WebConfig } from '../monitoring';

/** Certificate of a web server, as the operator's resources refer to it. */
export interface WebCertificate {
  readonly cert: { readonly secret: KeyReference };
  readonly keySecret: KeyReference;
}

const PROBE: k8s.Probe = { httpGet: { path: '/healthz', port: numberOrText(RELOADER_PORT), scheme: 'HTTPS' } };

/** The certificate, if there is one. Throws when the app makes its Secret in another namespace. */
export function webCertificate(web: WebConfig | undefined, credentials: Credentials): WebCertificate | undefined {
  const certificate = web?._certificate;
  return certificate === undefined
    ? undefined
    : { cert: { secret: credentials.key(certificate.certificate) }, keySecret: credentials.key(certificate.privateKey) };
}

/** Changes to the reloader beside a server: it shows the certificate too, which the operator does not tell its probes. */
export function reloaderPatches(certificate: WebCertificate | undefined): k8s.Container[] {
  return certificate === undefined ? [] : [{ name: 'config-reloader', livenessProbe: PROBE, readinessProbe: PROBE, startupProbe: PROBE }];
}
