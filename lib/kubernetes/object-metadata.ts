/** Labels of objects that are no workload's, besides those of the app. */
export const OBJECT_LABELS = { 'app.kubernetes.io/part-of': 'monitoring', 'app.kubernetes.io/managed-by': 'cdk8s' };

/** Labels or annotations. */
export interface Keyed {
  readonly [name: string]: string;
}

/** Throws when a label or an annotation is given another value than one that is fixed. */
export function checkFixed(where: string, prop: string, given: Keyed = {}, fixed: Keyed = {}): void {
  const taken = Object.keys(fixed).find((name) => name in given && given[name] !== fixed[name]);
  if (taken !== undefined) {
    throw new Error(`${where}: '${prop}' sets '${taken}' to '${given[taken]}', which has to be '${fixed[taken]}'; leave it out`);
  }
}
