import { quoteList } from '../../text';

/** Part of a routing that routes refer to by name. */
export interface Definition {
  readonly name: string;
}

/** Throws unless the items of one name are one and the same; gives each once. */
export function oncePerName<T extends Definition>(items: readonly T[], what: string, render: (item: T) => string): T[] {
  const found = new Map<string, T>();
  for (const item of items) {
    const before = found.get(item.name);
    if (before === undefined) {
      found.set(item.name, item);
    } else if (before !== item && render(before) !== render(item)) {
      throw new Error(`AlertRouting: two different ${what}s are called '${item.name}'; rename one (there are ${quoteList([...found.keys()])})`);
    }
  }
  return [...found.values()];
}

/** Throws on an item that nothing uses. */
export function checkUsed(declared: readonly Definition[] = [], used: readonly Definition[], prop: string, problem: (name: string) => string): void {
  const names = used.map((item) => item.name);
  const idle = declared.find((item) => !names.includes(item.name));
  if (idle !== undefined) {
    const inUse = quoteList([...new Set(names)]);
    throw new Error(`AlertRouting: ${problem(idle.name)}; name it in a route, or leave it out of '${prop}' (in use are ${inUse})`);
  }
}
