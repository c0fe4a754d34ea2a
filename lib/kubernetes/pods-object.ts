import { DeclaredPort } from './declared-port';
import { LabelSelection } from './label-selection';

/** Pods, read from whatever construct makes or selects them. */
export interface PodsObject extends LabelSelection {
  /** Names of the namespaces that they are in; undefined for all. */
  readonly namespaces?: readonly string[];
  /** Selection of the namespaces that they are in, besides their names. */
  readonly namespaceSelection: LabelSelection;
  /** The Pod template; undefined for Pods that are only selected. */
  readonly template?: PodTemplate;
}

/** Facts about the Pods of a workload. */
export interface PodTemplate {
  readonly labels: { readonly [label: string]: string };
  readonly ports: readonly DeclaredPort[];
}
