import { EnvValue, EnvValueFromSecretOptions, IApiResource, ISecret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from './kinds';

/** A Secret that something else makes, as `Secret.fromSecretName` of cdk8s-plus-27 refers to it, without reading all of that library. */
export class NamedSecret extends Construct implements ISecret {
  /** The reference of a scope to a Secret, the same each time. */
  public static in(scope: Construct, name: string): NamedSecret {
    const id = `Secret-${name}`;
    const known = scope.node.tryFindChild(id);
    return known instanceof NamedSecret ? known : new NamedSecret(scope, id, name);
  }

  public readonly apiVersion = KIND.Secret.GVK.apiVersion;
  public readonly kind = KIND.Secret.GVK.kind;
  public readonly apiGroup = '';
  public readonly resourceType = 'secrets';

  private constructor(scope: Construct, id: string, public readonly name: string) {
    super(scope, id);
  }

  public get resourceName(): string {
    return this.name;
  }

  public envValue(key: string, options?: EnvValueFromSecretOptions): EnvValue {
    return EnvValue.fromSecretValue({ secret: this, key }, options);
  }

  public asApiResource(): IApiResource | undefined {
    return this;
  }

  public asNonApiResource(): string | undefined {
    return undefined;
  }
}
