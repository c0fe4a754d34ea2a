import { LabelExpression } from './label-expression';
import { Manifest } from './manifest';

/** Labels of an object and conditions on them, all of which have to hold. */
export interface LabelSelection {
  readonly labels: { readonly [label: string]: string };
  readonly expressions?: readonly LabelExpression[];
}

/** The selection of everything. */
export const NO_SELECTION: LabelSelection = { labels: {} };

/** The selection that a selector of a manifest makes. Throws, with `where`, when an operator in it does not exist. */
export function labelSelection(where: string, selector: Manifest): LabelSelection {
  return { labels: selector.at('matchLabels').textEntries, expressions: LabelExpression._ofManifest(where, selector.at('matchExpressions')) };
}

/** Whether everything is selected. */
export function selectsAll({ labels, expressions = [] }: LabelSelection): boolean {
  return Object.keys(labels).length === 0 && expressions.length === 0;
}
