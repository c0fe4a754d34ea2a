import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { k8s, Secret } from 'cdk8s-plus-27';
import { ApiServiceTls, TlsServer } from 'cdk8s-prometheus';

/** Content of a Secret as cert-manager writes it; the certificate signs itself. */
interface ApiCertificate {
  readonly 'tls.crt': string;
  readonly 'tls.key': string;
  readonly 'ca.crt': string;
}

/** A certificate for Services of a namespace, made by openssl; it is what an authority of somebody's own would give. */
function apiCertificate(namespace: string, services: readonly string[]): ApiCertificate {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'api-certificate-'));
  try {
    const names = services.map((service) => `DNS:${service}.${namespace}.svc`).join();
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=metrics APIs of the tests',
      '-addext', `subjectAltName=${names}`, '-keyout', 'tls.key', '-out', 'tls.crt',
    ], { cwd: dir, stdio: 'pipe' });
    const read = (file: string) => fs.readFileSync(path.join(dir, file), 'utf8');
    return { 'tls.crt': read('tls.crt'), 'tls.key': read('tls.key'), 'ca.crt': read('tls.crt') };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** TLS of servers of metrics APIs in a namespace, by such a certificate in a Secret. */
export function apiServiceTls(chart: Chart, namespace: string, services: readonly string[]): ApiServiceTls {
  const certificate = apiCertificate(namespace, services);
  new k8s.KubeSecret(chart, 'api-tls', { metadata: { name: 'api-tls', namespace }, stringData: { ...certificate } });
  return ApiServiceTls.fromSecret(TlsServer.fromSecret(Secret.fromSecretName(chart, 'api-certificate', 'api-tls')), certificate['ca.crt']);
}
