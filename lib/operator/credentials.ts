import { createHash } from 'node:crypto';
import { Construct } from 'constructs';
import { KIND } from '../kubernetes/kinds';
import { withoutVariables } from './variable-checks';
import { requireOwnSecret } from '../kubernetes/own-namespace';
import { apiObject, lazily } from '../kubernetes/api-object';
import { ConfigMapKey, SecretKey } from '../kubernetes';

/** A key of a Secret or a ConfigMap as custom resources name it. */
export interface KeyReference {
  readonly name: string;
  readonly key: string;
}

/** Name, namespace and labels of the Secret. */
export interface CredentialsProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
}

/** References to Secrets and ConfigMaps in the namespace of a resource, which the operator reads for it. */
export class Credentials extends Construct {
  private readonly texts: string[] = [];

  constructor(scope: Construct, id: string, private readonly props: CredentialsProps) {
    super(scope, id);
  }

  /** A reference to a key. Throws when the app makes the Secret in another namespace. */
  public key(key: SecretKey): KeyReference {
    requireOwnSecret(`${this.node.scope?.node.path}`, key.secret, this.props.namespace);
    return { name: key.secret.name, key: key.key };
  }

  /** A reference to a key of a ConfigMap. Throws when the app makes the ConfigMap in another namespace. */
  public configMapKey({ configMap, key }: ConfigMapKey): KeyReference {
    requireOwnSecret(`${this.node.scope?.node.path}`, configMap, this.props.namespace);
    return { name: configMap.name, key };
  }

  /** A reference to a text that is no secret, such as a user name, which the operator nevertheless reads from a Secret. */
  public text(text: string): KeyReference {
    const { namespace, labels } = this.props;
    const name = `${this.props.name}-clients`;
    withoutVariables(`${this.node.scope?.node.path}`, text);
    if (this.texts.length === 0) {
      apiObject(this, 'Resource', KIND.Secret, {
        metadata: { name, namespace, labels },
        type: 'Opaque',
        stringData: lazily(() => Object.fromEntries(this.texts.map((one) => [keyOf(one), one]))),
      });
    }
    if (!this.texts.includes(text)) {
      this.texts.push(text);
    }
    return { name, key: keyOf(text) };
  }
}

/** A key that stays when others come before it, so that no client ever reads what is another's. */
function keyOf(text: string): string {
  return `client-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}
