import { checkKubernetesLabel } from '../checks';

/** Labels of objects that are no workload's, besides those of the app. */
export const OBJECT_LABELS = { 'app.kubernetes.io/part-of': 'monitoring', 'app.kubernetes.io/managed-by': 'cdk8s' };

/** Labels or annotations. */
export interface Keyed {
  readonly [name: string]: string;
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Throws when a label or an annotation is given another value than one that is fixed. */
export function checkFixed(where: string, prop: string, given: Keyed = {}, fixed: Keyed = {}): void {
  const taken = Object.keys(fixed).find((name) => name in given && given[name] !== fixed[name]);
  if (taken !== undefined) {
    throw new Error(`${where}: '${prop}' sets '${taken}' to '${given[taken]}', which has to be '${fixed[taken]}'; leave it out`);
  }
}

/** Throws when one of the labels is none that Kubernetes accepts, or has another value than one that is fixed. */
export function checkLabels(where: string, prop: string, given: Keyed = {}, fixed: Keyed = {}): void {
  checkObjectLabels(`${where}: ${prop}`, given);
  checkFixed(where, prop, given, fixed);
}

/** Throws unless each can be a label of an object. */
export function checkObjectLabels(where: string, labels: Keyed): void {
  Object.entries(labels).forEach(([key, value]) => {
    checkKubernetesLabel(key, where);
    if (!LABEL_VALUE.test(value)) {
      throw new Error(`${where}: '${value}' of '${key}' is not the value of a Kubernetes label; use at most 63 letters, digits, '-', '_' and '.', a letter or digit first and last`);
    }
  });
}

/** Throws when the key of an annotation is none that Kubernetes accepts, or one has another value than one that is fixed. */
export function checkAnnotations(where: string, prop: string, given: Keyed = {}, fixed: Keyed = {}): void {
  Object.keys(given).forEach((key) => checkKubernetesLabel(key, `${where}: ${prop}`, 'an annotation'));
  checkFixed(where, prop, given, fixed);
}
