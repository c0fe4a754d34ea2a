/** Part of a query in which a variable stands. */
export type Place = 'text' | 'range' | 'bare';

/** A variable of Grafana in a query. */
export interface Reference {
  readonly name: string;
  readonly place: Place;
  /** Position of its first character, and of the character after its last. */
  readonly from: number;
  readonly to: number;
}

/** `$name`, `[[name]]`, `[[name:format]]`, `${name}`, `${name.field}`, `${name:format}`. */
const SPELLINGS = /\$(\w+)|\[\[(\w+)(?::\w+)?\]\]|\$\{(\w+)(?:\.[^:}]+)?(?::[^}]+)?\}/y;

/**
 * Variables of Grafana in a query, in their order. What Grafana leaves as it is, such as the `$1` of `label_replace`, is none.
 * @see https://grafana.com/docs/grafana/latest/visualizations/dashboards/variables/variable-syntax/
 */
export function referencesIn(query: string): Reference[] {
  const found: Reference[] = [];
  let quote = '';
  let depth = 0;
  for (let i = 0; i < query.length; i++) {
    SPELLINGS.lastIndex = i;
    const match = SPELLINGS.exec(query);
    const name = match?.slice(1).find((group) => group !== undefined);
    if (name !== undefined && !/^\d/.test(name)) {
      found.push({ name, place: quote !== '' ? 'text' : depth > 0 ? 'range' : 'bare', from: i, to: SPELLINGS.lastIndex });
      i = SPELLINGS.lastIndex - 1;
      continue;
    }
    const char = query[i];
    if (quote !== '') {
      // Nothing is escaped between backticks.
      i += char === '\\' && quote !== '`' ? 1 : 0;
      quote = char === quote ? '' : quote;
    } else if (char === '"' || char === "'" || char === '`') {
      quote = char;
    } else if (char === '[') {
      depth += 1;
    } else if (char === ']') {
      depth -= 1;
    }
  }
  return found;
}

/** The query with each variable replaced. */
export function withReplaced(query: string, replacement: (reference: Reference) => string): string {
  let end = 0;
  const parts = referencesIn(query).flatMap((reference) => {
    const before = query.slice(end, reference.from);
    end = reference.to;
    return [before, replacement(reference)];
  });
  return [...parts, query.slice(end)].join('');
}
