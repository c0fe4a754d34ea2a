import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** A certificate that signs itself, and so is its own authority. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes a certificate of a host in a folder, with its files `ca.crt` and `tls.key`. */
export function certificate(dir: string, host: string): Certificate {
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=store', '-addext', `subjectAltName=DNS:${host}`,
    '-keyout', 'tls.key', '-out', 'ca.crt',
  ], { cwd: dir, stdio: 'pipe' });
  const [cert, key] = ['ca.crt', 'tls.key'].map((file) => fs.readFileSync(path.join(dir, file), 'utf8'));
  return { cert, key };
}
