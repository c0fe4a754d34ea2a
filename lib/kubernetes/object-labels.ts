import { checkKubernetesLabel } from '../checks';

/** Labels of objects that are no workload's, besides those of the app. */
export const OBJECT_LABELS = { 'app.kubernetes.io/part-of': 'monitoring', 'app.kubernetes.io/managed-by': 'cdk8s' };

const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * Throws unless each can be a label of an object.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function checkObjectLabels(where: string, labels: { readonly [label: string]: string }): void {
  Object.entries(labels).forEach(([key, value]) => {
    checkKubernetesLabel(key, where);
    if (!VALUE.test(value)) {
      throw new Error(`${where}: '${value}' of '${key}' is not the value of a Kubernetes label; use at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or a digit`);
    }
  });
}
