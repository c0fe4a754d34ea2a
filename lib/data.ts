/** A part of a configuration, before it is written. */
export type Data = Readonly<Record<string, unknown>>;

/** Drops what is undefined, so that it does not stand as null in the configuration. */
export function defined(data: Data): Data {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(data)) {
    if (data[key] !== undefined) {
      kept[key] = data[key];
    }
  }
  return kept;
}

/** An array, or undefined for an empty one. */
export function some<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}
