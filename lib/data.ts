/** A part of a configuration, before it is written. */
export type Data = Readonly<Record<string, unknown>>;

/** Drops what is undefined, so that it does not stand as null in the configuration. */
export function defined(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}

/** An array, or undefined for an empty one. */
export function some<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}
