/** A port that a Service or a container declares. */
export interface DeclaredPort {
  /** @default - none: a Service with one port and a container need not name it */
  readonly name?: string;
  /**
   * Number on the target.
   * @default - that of the container's port `target`, whichever it is
   */
  readonly number?: number;
  /** Name of the container's port that a port of a Service leads to. */
  readonly target?: string;
}

/** As messages show it: `metrics (9090)`. */
export function showPort({ name, number, target }: DeclaredPort): string {
  const where = number?.toString() ?? target ?? '';
  return name === undefined ? where : `${name} (${where})`;
}
