import { ApiObject } from 'cdk8s';
import { IServiceAccount, k8s, SubjectConfiguration } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { apiObject } from './api-object';
import { CoreResource } from './core-resource';
import { KIND } from './kinds';

/** A service account whose token is mounted only into Pods that ask for it. */
export class OwnServiceAccount extends CoreResource implements IServiceAccount {
  /** The object; of this name in each class of cdk8s-plus-27. */
  protected readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, metadata: k8s.ObjectMeta) {
    super(scope, id, KIND.ServiceAccount.GVK, 'serviceaccounts');
    this.apiObject = apiObject(this, 'Resource', KIND.ServiceAccount, { metadata, automountServiceAccountToken: false });
  }

  public get name(): string {
    return this.apiObject.name;
  }

  public toSubjectConfiguration(): SubjectConfiguration {
    return { kind: this.kind, name: this.name, apiGroup: this.apiGroup, namespace: this.apiObject.metadata.namespace };
  }
}
