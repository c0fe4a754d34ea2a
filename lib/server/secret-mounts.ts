import { k8s, Secret } from 'cdk8s-plus-27';
import { SecretKey } from '../kubernetes';

/** The Secrets that a program reads, each mounted at one path. */
export class SecretMounts {
  private readonly names: string[] = [];

  constructor(private readonly where: string, private readonly program: 'prometheus' | 'alertmanager', private readonly namespace: string) {}

  /** Has a Secret mounted. Throws when the app makes it in another namespace. */
  public add(key: SecretKey): void {
    const { secret } = key;
    if (secret instanceof Secret) {
      const namespace = secret.metadata.namespace ?? 'default';
      if (namespace !== this.namespace) {
        throw new Error(`${this.where}: Secret '${secret.name}' is made in namespace '${namespace}', and Pods mount only Secrets of their own, '${this.namespace}'; make it there`);
      }
    }
    if (!this.names.includes(secret.name)) {
      this.names.push(secret.name);
    }
  }

  /** Where the Secrets lie. */
  public get dirs(): string[] {
    return this.names.map((name) => `/etc/${this.program}/secrets/${name}`);
  }

  /** A Secret may come later than the Pod: the targets or receivers that need it wait, the rest does not. */
  public get volumes(): k8s.Volume[] {
    return this.names.map((name, i) => ({ name: `secret-${i}`, secret: { secretName: name, optional: true, defaultMode: 0o440 } }));
  }

  public get mounts(): k8s.VolumeMount[] {
    return this.dirs.map((mountPath, i) => ({ name: `secret-${i}`, mountPath, readOnly: true }));
  }
}
