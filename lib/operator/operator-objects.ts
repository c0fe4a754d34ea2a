import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';

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
