/** Selectors of a kind of resources, and of the namespaces in which they are looked for. */
export interface Selectors {
  readonly selector: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
}

/** A label selector of Kubernetes. */
export interface LabelSelector {
  readonly matchLabels?: { readonly [label: string]: string };
  readonly matchExpressions?: ReadonlyArray<{ readonly key: string; readonly operator: string; readonly values?: readonly string[] }>;
}
