import { Construct } from 'constructs';
import { nameOf, namespaceOf } from './names';
import { ObjectOptions } from './workload-options';

/** Names and labels of the objects of a workload. */
export interface WorkloadIdentity {
  /** Path of the construct, for messages. */
  readonly where: string;
  readonly name: string;
  readonly namespace: string;
  /** Labels of the objects. */
  readonly labels: { [label: string]: string };
  /** Labels that select the Pods. */
  readonly selector: { [label: string]: string };
}

/** Labels that select a workload's Pods. They never change, so the version is not among them. */
export function selectorLabels(program: string, name: string): { [label: string]: string } {
  return { 'app.kubernetes.io/name': program, 'app.kubernetes.io/instance': name };
}

/**
 * The recommended labels of a workload's objects.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function recommendedLabels(program: string, name: string, component: string): { [label: string]: string } {
  return {
    ...selectorLabels(program, name),
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/part-of': 'monitoring',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}

/** Names and labels of a construct's objects, by its props and its id. */
export function identityOf(construct: Construct, options: ObjectOptions, program: string, component: string): WorkloadIdentity {
  const name = nameOf(construct.node.scope ?? construct, construct.node.id, options.name);
  return {
    where: construct.node.path,
    name,
    namespace: namespaceOf(construct, options.namespace),
    labels: recommendedLabels(program, name, component),
    selector: selectorLabels(program, name),
  };
}

/** Metadata of an object with the workload's own name, or with a name that is made of it. */
export function metadataOf({ name, namespace, labels }: WorkloadIdentity, suffix: string = '') {
  return { name: `${name}${suffix}`, namespace, labels };
}
