import { ApiObject } from 'cdk8s';
import { IApiResource, IServiceAccount, k8s, SubjectConfiguration } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { apiObject } from './api-object';
import { KIND } from './kinds';

/**
 * A service account whose token is mounted only into Pods that ask for it. It can be given wherever cdk8s-plus-27 takes one; the class there would
 * read all of that library.
 */
export class OwnServiceAccount extends Construct implements IServiceAccount {
  /** The object; of this name in each class of cdk8s-plus-27. */
  protected readonly apiObject: ApiObject;

  public readonly apiVersion = KIND.ServiceAccount.GVK.apiVersion;
  public readonly kind = KIND.ServiceAccount.GVK.kind;
  public readonly apiGroup = '';
  public readonly resourceType = 'serviceaccounts';

  constructor(scope: Construct, id: string, metadata: k8s.ObjectMeta) {
    super(scope, id);
    this.apiObject = apiObject(this, 'Resource', KIND.ServiceAccount, { metadata, automountServiceAccountToken: false });
  }

  public get name(): string {
    return this.apiObject.name;
  }

  public get resourceName(): string {
    return this.name;
  }

  public asApiResource(): IApiResource | undefined {
    return this;
  }

  public asNonApiResource(): string | undefined {
    return undefined;
  }

  public toSubjectConfiguration(): SubjectConfiguration {
    return { kind: this.kind, name: this.name, apiGroup: this.apiGroup, namespace: this.apiObject.metadata.namespace };
  }
}
