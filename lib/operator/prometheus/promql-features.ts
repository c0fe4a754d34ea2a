import { IConstruct } from 'constructs';

/** Features of Prometheus by which it knows more PromQL, and what the admission webhook calls them. */
export const PROMQL_OPTIONS: ReadonlyMap<string, string> = new Map([
  ['promql-experimental-functions', 'experimental-functions'],
  ['promql-duration-expr', 'duration-expression-parsing'],
  ['promql-extended-range-selectors', 'extended-range-selectors'],
  ['promql-binop-fill-modifiers', 'binop-fill-modifiers'],
]);

/** The features of all Prometheuses of an app, by the root of its constructs. */
const inApp = new WeakMap<IConstruct, Set<string>>();

/** Adds a note on the features of a Prometheus that the operator has to know. */
export function noteFeatures(prometheus: IConstruct, features: readonly string[]): void {
  inApp.set(prometheus.node.root, new Set([...inApp.get(prometheus.node.root) ?? [], ...features]));
}

/** What a Prometheus of the app knows, as options of the webhook. The operator judges the rules of each once more by its own features. */
export function promqlOptions(webhook: IConstruct): string[] {
  const features = inApp.get(webhook.node.root);
  return [...PROMQL_OPTIONS].filter(([feature]) => features?.has(feature)).map(([, option]) => option);
}
