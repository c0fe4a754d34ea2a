/** The labels by which a workload's Pods are selected; they never change, so there is no version among them. */
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
