import { k8s } from 'cdk8s-plus-27';
import { requireOwnSecret } from '../kubernetes/own-namespace';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { ThanosTls } from '../monitoring';

/** Folder of the certificate; a bucket's credentials may be in the same Secret, and are elsewhere. */
const TLS_DIR = '/etc/thanos/tls';
/** Volume of the certificate. */
export const TLS_VOLUME = 'thanos-tls';

/** Parts of a Pod by which a program of Thanos has a certificate. */
export class ThanosTlsMount {
  /** Files as the programs name them. */
  public readonly files: { readonly ca: string; readonly certificate: string; readonly privateKey: string };
  public readonly volumes: k8s.Volume[];
  public readonly mounts: k8s.VolumeMount[];

  /** Throws when the app makes the Secret in another namespace. */
  constructor({ where, namespace }: WorkloadIdentity, { _secret: secret, _files: files }: ThanosTls) {
    requireOwnSecret(`${where}: tls`, secret, namespace);
    const at = (file: string) => `${TLS_DIR}/${file}`;
    this.files = { ca: at(files.ca), certificate: at(files.certificate), privateKey: at(files.privateKey) };
    // A Pod without it still runs its other containers.
    this.volumes = [{ name: TLS_VOLUME, secret: { secretName: secret.name, optional: true, defaultMode: 0o440 } }];
    this.mounts = [{ name: TLS_VOLUME, mountPath: TLS_DIR, readOnly: true }];
  }

  /** Flags of a server of the StoreAPI. */
  public get serverFlags(): string[] {
    const { ca, certificate, privateKey } = this.files;
    return [`--grpc-server-tls-cert=${certificate}`, `--grpc-server-tls-key=${privateKey}`, `--grpc-server-tls-client-ca=${ca}`];
  }

  /** Settings of a client of a server with a certificate of this name, as Thanos Query has them. */
  public client(serverName: string | undefined) {
    const { ca, certificate, privateKey } = this.files;
    return { tls_config: { enabled: true, ca_file: ca, cert_file: certificate, key_file: privateKey }, server_name: serverName };
  }
}
