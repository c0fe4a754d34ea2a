import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';

/** Objects that the operator makes of a resource. */
export interface OperatorMade {
  readonly namespace: string;
  /** Names by kind. */
  readonly objects: { readonly [kind: string]: readonly string[] };
}

/** What the chart of a resource has of the names that the operator gives to what it makes of the resource, and would overwrite. */
export function operatorClashes(scope: Construct, { namespace, objects }: OperatorMade): string[] {
  return Chart.of(scope).node.findAll()
    .filter((construct) => construct instanceof ApiObject)
    .filter(({ kind, name, metadata }) => objects[kind]?.includes(name) && (metadata.namespace ?? 'default') === namespace)
    .map((object) => (
      `the operator makes a ${object.kind} '${object.name}' of it, and '${object.node.path}' is one of that name already; give one of the two another 'name'`
    ));
}
