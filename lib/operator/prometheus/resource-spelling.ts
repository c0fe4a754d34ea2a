import { spell, Spelling, Verbatim, WireMap } from '../../wire/data';

/** Settings of the wire form as a custom resource has them. */
type InResource<T> =
  T extends Verbatim<infer Entries> ? Entries
    : T extends ReadonlyArray<infer Item> ? ReadonlyArray<InResource<Item>>
      : T extends object ? { readonly [Key in keyof T]: InResource<T[Key]> }
        : T;

const spelling: Spelling = {
  key: (key) => key,
  leaf: () => ({}),
  // The operator reads an empty expression as none, which matches everything instead of nothing.
  text: (key, text) => (key === 'regex' && text === '' ? '()' : text),
};

/** Settings, when a specification has a field for each. */
type Known<Spec, T> = T & { readonly [Key in Exclude<keyof T, keyof Spec>]: never };

/**
 * A speller of settings as fields of a specification. A setting that the specification has no field for does not compile: the L1 class that
 * writes it would drop it silently.
 */
export function fieldsOf<Spec>(): <T extends WireMap>(settings: Known<Spec, T>) => InResource<T>;
export function fieldsOf(): (settings: WireMap) => unknown {
  return (settings) => spell(settings, spelling);
}
