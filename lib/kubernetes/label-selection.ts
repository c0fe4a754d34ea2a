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

/** Throws when the conditions on a label contradict each other, so that no object can meet them. */
export function checkSelection(where: string, { labels, expressions = [] }: LabelSelection): void {
  const conditions = [...Object.entries(labels).map(([label, value]) => LabelExpression.in(label, value)), ...expressions];
  new Set(expressions.map(({ key }) => key)).forEach((label) => {
    const ofLabel = conditions.filter(({ key }) => key === label);
    // No label has a space as its value, so it stands for all values that no condition names.
    const candidates = [{}, ...[' ', ...ofLabel.flatMap(({ values }) => values)].map((value) => ({ [label]: value }))];
    if (!candidates.some((candidate) => ofLabel.every((condition) => condition._matches(candidate)))) {
      throw new Error(`${where}: the conditions ${ofLabel.map((condition) => `'${condition._show()}'`).join(' and ')} can match nothing, because all have to hold; leave one of them out`);
    }
  });
}
