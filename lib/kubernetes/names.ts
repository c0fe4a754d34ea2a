import { createHash } from 'node:crypto';
import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { requireUniqueNames } from './unique-names';
import { checkNamespace } from '../checks';

/** Throws unless `name` can name a Service and with it every other object. */
export function checkName(name: string, where: string): string {
  // Of a StatefulSet's name a label of its Pods is made that has 11 characters more, and a label has at most 63.
  if (!/^[a-z]([-a-z0-9]{0,50}[a-z0-9])?$/.test(name)) {
    throw new Error(`${where}: '${name}' cannot name a Kubernetes object; use at most 52 lower-case letters, digits and dashes, beginning with a letter, by the prop 'name'`);
  }
  return name;
}

/** A part of the name of an object: `integrations/Größe` as `integrations-grosse`; of a text without a Latin letter or a digit a hash. */
export function namePart(text: string): string {
  const spelled = text.replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return spelled === '' ? createHash('sha256').update(text).digest('hex').slice(0, 8) : spelled;
}

/** The name of a construct's objects: the prop, else the construct's id. That no other object has it is checked at synth. */
export function nameOf(scope: IConstruct, id: string, name?: string): string {
  requireUniqueNames(scope);
  return checkName(name ?? id, `${scope.node.path === '' ? '' : `${scope.node.path}/`}${id}`);
}

/**
 * The name of objects that the apps of several teams make in one namespace: the prop, else the chart's id before `suffix`, in lower case with dashes.
 * That no other object has it is checked at synth.
 */
export function nameInChart(scope: IConstruct, id: string, name?: string, suffix: string = ''): string {
  const derived = `${Chart.of(scope).node.id}${suffix}`;
  return nameOf(scope, id, name ?? (spelledAsName(derived) || derived));
}

/** `My App` as `my-app`, `2048` as `app-2048`. */
function spelledAsName(text: string): string {
  return text.toLowerCase().replace(/[^-a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').replace(/^(?=\d)/, 'app-');
}

/** The namespace of a construct's objects: the prop, else the chart's, else `default`. Throws when it is none. */
export function namespaceOf(scope: IConstruct, namespace?: string): string {
  const name = namespace ?? Chart.of(scope).namespace ?? 'default';
  checkNamespace(name, `${scope.node.path}: namespace${namespace === undefined ? ' of the chart' : ''}`);
  return name;
}
