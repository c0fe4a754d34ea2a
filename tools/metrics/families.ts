/** A metric family as a program exposes it: name, type in lower case, labels of its own. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
}

/** Families of one name as one, with all of their labels, by name. */
export function merged(families: readonly Family[]): Family[] {
  const byName = new Map<string, Family>();
  for (const { name, type, labels } of families) {
    byName.set(name, { name, type, labels: [...new Set([...byName.get(name)?.labels ?? [], ...labels])].sort() });
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Families of a text in the exposition format; those without a series have no labels. */
export function exposed(text: string): Family[] {
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name, type]) => [name, type]));
  const familyOf = (series: string): string => {
    const base = series.replace(/_(bucket|count|sum)$/, '');
    return types.has(series) || !types.has(base) ? series : base;
  };
  const found = [...text.matchAll(/^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+/gm)].map(([, series, braces = '']): Family => {
    const labels = [...braces.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(([, label]) => label);
    return { name: familyOf(series), type: types.get(familyOf(series)) ?? 'untyped', labels: labels.filter((label) => label !== 'le' && label !== 'quantile') };
  });
  return merged([...[...types].map(([name, type]) => ({ name, type, labels: [] })), ...found]);
}

/** A line for each family: name, type, labels. */
export function written(families: readonly Family[]): string {
  return merged(families).map(({ name, type, labels }) => [name, type, ...labels].join(' ')).join('\n');
}
