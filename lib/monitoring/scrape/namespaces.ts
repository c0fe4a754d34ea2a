import { InNamespaces, Labels } from './discovery';
import { checkNamespace } from '../../checks';
import { LabelExpression, LabelOperator } from '../../kubernetes/label-expression';
import { NO_SELECTION, selectsAll } from '../../kubernetes/label-selection';

/** The label in which every namespace has its name. */
const NAME = 'kubernetes.io/metadata.name';

/** The props of a job that choose namespaces. */
export interface NamespaceChoice {
  readonly namespaces?: readonly string[];
  readonly namespaceLabels?: Labels;
  readonly namespaceExpressions?: readonly LabelExpression[];
}

/** The namespaces named, or undefined for all; throws when an empty list is given. */
export function namespacesOf(where: string, namespaces?: readonly string[]): readonly string[] | undefined {
  if (namespaces !== undefined && namespaces.length === 0) {
    throw new Error(`${where}: namespaces is empty, so nothing would be found; leave it out for all namespaces`);
  }
  namespaces?.forEach((name) => checkNamespace(name, where));
  return namespaces === undefined ? undefined : [...namespaces];
}

/**
 * The namespaces that props choose, and what else has selected them. Conditions on the label that holds a namespace's name become names: they are
 * found without reading the labels of namespaces. Throws when none can be left.
 */
export function inNamespaces(where: string, choice: NamespaceChoice, selected: InNamespaces = {}): InNamespaces {
  if (choice.namespaceLabels === undefined && choice.namespaceExpressions === undefined && Object.keys(selected).length === 0) {
    return { namespaces: namespacesOf(where, choice.namespaces) };
  }
  const { labels: selectedLabels, expressions: selectedExpressions = [] } = selected.namespaceSelection ?? NO_SELECTION;
  const labels = bothLabels(`${where}: namespaceLabels`, selectedLabels, choice.namespaceLabels);
  const conditions = [
    ...Object.entries(labels).filter(([label]) => label === NAME).map(([, name]) => LabelExpression.in(NAME, name)),
    ...selectedExpressions,
    ...choice.namespaceExpressions ?? [],
  ];
  const byName = conditions.filter(({ key }) => key === NAME);
  byName.flatMap(({ values }) => values).forEach((name) => checkNamespace(name, where));
  const given = [namespacesOf(where, choice.namespaces), selected.namespaces].filter((names) => names !== undefined);
  const [first, ...others] = [...given, ...byName.filter(({ operator }) => operator === LabelOperator.IN).map(({ values }) => values)];
  const meets = (name: string) => byName.every((condition) => condition._matches({ [NAME]: name }));
  const left: readonly string[] | undefined = first?.filter((name) => others.every((list) => list.includes(name)) && meets(name));
  if (left?.length === 0 || byName.some(({ operator }) => operator === LabelOperator.DOES_NOT_EXIST)) {
    throw new Error(`${where}: 'namespaces', 'namespaceLabels' and 'namespaceExpressions' leave no namespace; each has to hold`);
  }
  const except = left === undefined ? byName.filter(({ operator }) => operator === LabelOperator.NOT_IN).flatMap(({ values }) => values) : [];
  const selection = {
    labels: Object.fromEntries(Object.entries(labels).filter(([label]) => label !== NAME)),
    expressions: conditions.filter(({ key }) => key !== NAME),
  };
  return {
    namespaces: left,
    ...(except.length === 0 ? {} : { exceptNamespaces: except }),
    ...(selectsAll(selection) ? {} : { namespaceSelection: selection }),
  };
}

/** Labels of two selections that both have to hold. Throws when they ask for two values of one label. */
export function bothLabels(where: string, some: Labels, others: Labels = {}): Labels {
  Object.entries(others).forEach(([label, value]) => {
    if (Object.hasOwn(some, label) && some[label] !== value) {
      throw new Error(`${where}: ${label}=${value} is asked for, and ${label}=${some[label]} is selected already; leave one of them out`);
    }
  });
  return { ...some, ...others };
}
