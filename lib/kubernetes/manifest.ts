/** A manifest, or a part of one, whose shape is known only when it is read. */
export class Manifest {
  constructor(private readonly data: unknown) {}

  /** The part at a path; one without a value where the path leads nowhere. */
  public at(...path: string[]): Manifest {
    return new Manifest(path.reduce<unknown>((data, key) => (isObject(data) ? data[key] : undefined), this.data));
  }

  /** Whether there is a value. */
  public get exists(): boolean {
    return this.data !== undefined && this.data !== null;
  }

  /** The value, if it is text. */
  public get text(): string | undefined {
    return typeof this.data === 'string' ? this.data : undefined;
  }

  /** The value, if it is a number. */
  public get number(): number | undefined {
    return typeof this.data === 'number' ? this.data : undefined;
  }

  /** The keys of the entries. */
  public get keys(): string[] {
    return isObject(this.data) ? Object.keys(this.data) : [];
  }

  /** The items; none if the value is no list. */
  public get items(): Manifest[] {
    return Array.isArray(this.data) ? this.data.map((item) => new Manifest(item)) : [];
  }

  /** The texts among the items. */
  public get texts(): string[] {
    return this.items.flatMap(({ text }) => text ?? []);
  }

  /** The entries whose values are texts, such as labels. */
  public get textEntries(): { [key: string]: string } {
    const entries = isObject(this.data) ? Object.entries(this.data) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }
}

function isObject(data: unknown): data is { readonly [key: string]: unknown } {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
