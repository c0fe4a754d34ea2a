import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ClaimRetention, DataStorage } from '../kubernetes';
import { note } from '../kubernetes/notes';

/** Objects that the operator makes of a resource. */
export interface OperatorObjects {
  readonly namespace: string;
  /** Names by kind. */
  readonly objects: { readonly [kind: string]: readonly string[] };
}

/** Objects of the chart that have a name which the operator gives to an object of its own, and so would be overwritten. */
export function operatorClashes(scope: Construct, { namespace, objects }: OperatorObjects): string[] {
  return Chart.of(scope).node.findAll()
    .filter((construct) => construct instanceof ApiObject)
    .filter(({ kind, name, metadata }) => objects[kind]?.includes(name) && (metadata.namespace ?? 'default') === namespace)
    .map((object) => (
      `${object.kind} '${object.name}' already exists, made by '${object.node.path}', and the operator makes one of that name of this; give one of the two another 'name'`
    ));
}

/** Says of claims that go with their StatefulSet that the operator makes StatefulSets anew. */
export function noteClaimLoss(scope: Construct, storage: DataStorage): void {
  if (storage._template?.whenDeleted === ClaimRetention.DELETE) {
    note(scope, 'the operator deletes a StatefulSet that refuses a change, such as another size of its claims, and makes it anew: with whenDeleted: '
      + 'ClaimRetention.DELETE the claims and their data go with it; leave it out to keep them');
  }
}
