import { IServiceAccount, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

interface AccountMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
}

/** The service account that is given, else one of its own that hands no token to Pods that do not ask for it. */
export function serviceAccountOf(scope: Construct, given: IServiceAccount | undefined, metadata: AccountMetadata): IServiceAccount {
  return given ?? new ServiceAccount(scope, 'ServiceAccount', { metadata, automountToken: false });
}
