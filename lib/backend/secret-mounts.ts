import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { requireOwnSecret } from '../kubernetes/own-namespace';
import { StandIn, STAND_INS } from './stand-ins';
import { SecretKey } from '../kubernetes';
import { apiObject } from '../kubernetes/api-object';

export interface SecretMountsProps {
  readonly program: 'prometheus' | 'alertmanager';
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
}

/** The Secrets that a program reads, each mounted at one path. One that is missing keeps nothing from starting but what needs it. */
export class SecretMounts extends Construct {
  /** By the name of the Secret the files that something has to stand in for, with what. */
  private readonly secrets = new Map<string, Map<string, StandIn>>();

  constructor(scope: Construct, id: string, private readonly props: SecretMountsProps) {
    super(scope, id);
  }

  /**
   * Has a Secret mounted, with a file that stands in for the key as long as it is missing, where the program does not start without one.
   * Throws when the app makes the Secret in another namespace.
   */
  public add(key: SecretKey, standIn?: StandIn): void {
    const { secret } = key;
    requireOwnSecret(`${this.node.scope?.node.path}`, secret, this.props.namespace);
    const files = this.secrets.get(secret.name) ?? new Map<string, StandIn>();
    this.secrets.set(secret.name, files);
    if (standIn !== undefined) {
      this.standIns();
      files.set(key.key, standIn);
    }
  }

  /** Where the Secrets lie. */
  public get dirs(): string[] {
    return [...this.secrets.keys()].map((name) => `/etc/${this.props.program}/secrets/${name}`);
  }

  public get volumes(): k8s.Volume[] {
    return [...this.secrets].map(([secretName, files], i) => {
      const name = `secret-${i}`;
      if (files.size === 0) {
        return { name, secret: { secretName, optional: true, defaultMode: 0o440 } };
      }
      // Of two sources that bring one file, the later wins.
      const items = [...files].map(([file, standIn]) => ({ key: standIn, path: file }));
      const sources = [{ configMap: { name: this.standInsName, items } }, { secret: { name: secretName, optional: true } }];
      return { name, projected: { defaultMode: 0o440, sources } };
    });
  }

  public get mounts(): k8s.VolumeMount[] {
    return this.dirs.map((mountPath, i) => ({ name: `secret-${i}`, mountPath, readOnly: true }));
  }

  private get standInsName(): string {
    return `${this.props.name}-stand-ins`;
  }

  private standIns(): void {
    const { namespace, labels } = this.props;
    if (this.node.tryFindChild('StandIns') === undefined) {
      apiObject(this, 'StandIns', k8s.KubeConfigMap, { metadata: { name: this.standInsName, namespace, labels }, data: { ...STAND_INS } });
    }
  }
}
