import { EnvValue, EnvValueFromSecretOptions, ISecret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CoreResource } from './core-resource';
import { KIND } from './kinds';

/** A Secret that something else makes, as `Secret.fromSecretName` of cdk8s-plus-27 refers to it. */
export class NamedSecret extends CoreResource implements ISecret {
  /** The reference of a scope to a Secret, the same each time. */
  public static in(scope: Construct, name: string): NamedSecret {
    const id = `Secret-${name}`;
    const known = scope.node.tryFindChild(id);
    return known instanceof NamedSecret ? known : new NamedSecret(scope, id, name);
  }

  private constructor(scope: Construct, id: string, public readonly name: string) {
    super(scope, id, KIND.Secret.GVK, 'secrets');
  }

  public envValue(key: string, options?: EnvValueFromSecretOptions): EnvValue {
    return EnvValue.fromSecretValue({ secret: this, key }, options);
  }
}
