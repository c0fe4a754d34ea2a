/** Props of an L1 class of `imports/`, with the values of its enums and without the classes around its quantities. */
export type Plain<T> =
  T extends string ? `${T}`
    : T extends { readonly value: number | string } ? { readonly value: number | string }
      : T extends ReadonlyArray<infer Item> ? ReadonlyArray<Plain<Item>>
        : T extends object ? { readonly [Key in keyof T]: Plain<T[Key]> }
          : T;

/** A specification whose field names and values have been checked, as the L1 class that writes it wants it. */
export function typed<T>(plain: Plain<T>): T {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- an enum's value is the enum at run time
  return plain as T;
}
