import { IConfigMap, ISecret, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from '../kubernetes/kinds';
import { requireOwnSecret } from '../kubernetes/own-namespace';
import { PlaceholderFile, PLACEHOLDERS } from './placeholder-files';
import { SecretKey } from '../kubernetes';
import { WebConfig } from '../monitoring';
import { apiObject, lazily } from '../kubernetes/api-object';
import { configMapDir, secretDir } from '../kubernetes/mount-paths';
import { visitLeaves, Wire } from '../wire/data';

/** Program that mounts the Secrets. */
export interface SecretMountsProps {
  readonly program: 'prometheus' | 'alertmanager';
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
}

/** A Secret or a ConfigMap with the placeholders that are used until its keys exist. */
interface Source {
  readonly kind: 'secret' | 'configMap';
  readonly name: string;
  readonly dir: string;
  readonly placeholders: Map<string, PlaceholderFile>;
}

/** Volume of the Secret that is always mounted. */
const STANDING_VOLUME = 'secrets';

/** Placeholder for the file that a setting names, where a program does not start without one. */
const PLACEHOLDER_OF: { readonly [setting: string]: PlaceholderFile } = {
  ca: PlaceholderFile.AUTHORITY, cert: PlaceholderFile.CERTIFICATE, keySecret: PlaceholderFile.PRIVATE_KEY,
};

/**
 * Secrets and ConfigMaps that a program reads, each mounted at one path on both backends. A program starts without those that are missing, and
 * only what needs one of them fails. The Secret `<name>-secrets` is mounted whether anything names it or not, so that its keys are there without a
 * restart once something does.
 */
export class SecretMounts extends Construct {
  private readonly sources = new Map<string, Source>();
  /** The Secret that is always mounted. */
  private readonly standing: Source;

  constructor(scope: Construct, id: string, private readonly props: SecretMountsProps) {
    super(scope, id);
    const name = `${props.name}-secrets`;
    this.standing = { kind: 'secret', name, dir: secretDir(props.program, name), placeholders: new Map() };
  }

  /** Mounts a Secret; a placeholder, if one is named, is read until the key exists. Throws when the app makes the Secret in another namespace. */
  public add(key: SecretKey, placeholder?: PlaceholderFile): void {
    const { secret } = key;
    this.mount('secret', secret, secretDir(this.props.program, secret.name), key.key, placeholder);
  }

  /** Mounts a Secret for whatever may read it. Throws when the app makes the Secret in another namespace. */
  public addSecret(secret: ISecret): void {
    this.mount('secret', secret, secretDir(this.props.program, secret.name));
  }

  /** Mounts what a web server reads. It would not start without certificate and key, which have placeholders; a password has none. */
  public addWeb(web: WebConfig | undefined): void {
    [...web?._secretKeys ?? [], web?._basicAuth?.password].forEach((key) => key !== undefined && this.add(key));
    if (web?._certificate !== undefined) {
      this.add(web._certificate.certificate, PlaceholderFile.CERTIFICATE);
      this.add(web._certificate.privateKey, PlaceholderFile.PRIVATE_KEY);
    }
  }

  /**
   * Mounts what some settings name. The files of TLS are read when the configuration is loaded, and without one the program would not start, or a
   * scrape job would have no targets instead of targets that are down: for these a placeholder is read until the key exists. Throws when the app
   * makes a Secret or a ConfigMap in another namespace.
   */
  public addFilesOf(settings: Wire): void {
    visitLeaves(settings, ({ key: secretKey, configMapKey }, setting) => {
      if (secretKey !== undefined) {
        this.add(secretKey, PLACEHOLDER_OF[setting]);
      }
      if (configMapKey !== undefined) {
        const { configMap, key } = configMapKey;
        this.mount('configMap', configMap, configMapDir(this.props.program, configMap.name), key, PLACEHOLDER_OF[setting]);
      }
    });
  }

  /** Folders of the Secrets and ConfigMaps. */
  public get dirs(): string[] {
    return this.all.map(({ dir }) => dir);
  }

  public get volumes(): k8s.Volume[] {
    // Without items, so that it is the same whichever keys are in use.
    const ofStanding = [{ configMap: { name: this.placeholdersName, optional: true } }, { secret: { name: this.standing.name, optional: true } }];
    const volumes = [...this.sources.values()].map(({ kind, name: source, placeholders }, i) => {
      const name = `secret-${i}`;
      if (placeholders.size === 0) {
        return { name, ...(kind === 'secret'
          ? { secret: { secretName: source, optional: true, defaultMode: 0o440 } }
          : { configMap: { name: source, optional: true, defaultMode: 0o440 } }) };
      }
      // Of two sources with the same file, the later wins.
      const items = [...placeholders].map(([file, placeholder]) => ({ key: placeholder, path: file }));
      const sources = [{ configMap: { name: this.placeholdersName, items } }, { [kind]: { name: source, optional: true } }];
      return { name, projected: { defaultMode: 0o440, sources } };
    });
    return [...volumes, { name: STANDING_VOLUME, projected: { defaultMode: 0o440, sources: ofStanding } }];
  }

  public get mounts(): k8s.VolumeMount[] {
    const mounts = [...this.sources.keys()].map((mountPath, i) => ({ name: `secret-${i}`, mountPath, readOnly: true }));
    return [...mounts, { name: STANDING_VOLUME, mountPath: this.standing.dir, readOnly: true }];
  }

  private get all(): Source[] {
    return [...this.sources.values(), this.standing];
  }

  private get placeholdersName(): string {
    return `${this.props.name}-placeholders`;
  }

  private mount(kind: Source['kind'], object: ISecret | IConfigMap, dir: string, key: string = '', placeholder?: PlaceholderFile): void {
    requireOwnSecret(`${this.node.scope?.node.path}`, object, this.props.namespace);
    const source = this.all.find((known) => known.dir === dir) ?? { kind, name: object.name, dir, placeholders: new Map<string, PlaceholderFile>() };
    if (source !== this.standing) {
      this.sources.set(dir, source);
    }
    if (placeholder !== undefined) {
      this.makePlaceholders();
      source.placeholders.set(key, placeholder);
    }
  }

  private makePlaceholders(): void {
    const { namespace, labels } = this.props;
    if (this.node.tryFindChild('Placeholders') === undefined) {
      const metadata = { name: this.placeholdersName, namespace, labels };
      apiObject(this, 'Placeholders', KIND.ConfigMap, { metadata, data: lazily(() => this.usedPlaceholders()) });
    }
  }

  private usedPlaceholders(): { [file: string]: string } {
    const used = new Set<string>([...this.sources.values()].flatMap(({ placeholders }) => [...placeholders.values()]));
    // The Secret that is always mounted has them by the names of its keys.
    const byKey: [string, string][] = [...this.standing.placeholders].map(([key, placeholder]) => [key, PLACEHOLDERS[placeholder]]);
    return Object.fromEntries([...Object.entries(PLACEHOLDERS).filter(([file]) => used.has(file)), ...byKey]);
  }
}
