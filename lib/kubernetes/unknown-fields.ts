import { ApiKind } from './api-object';
import { isJsonMap, JsonMap } from '../json';

/** The name of a field in a manifest, which differs from that of the prop in case at most: `volumeID` and `volumeId`. */
function fieldOf(spelled: JsonMap, prop: string): string {
  const known = (name: string) => spelled[name] !== undefined;
  return known(prop) ? prop : Object.keys(spelled).find((name) => known(name) && name.toLowerCase() === prop.toLowerCase()) ?? prop;
}

/** A value that no L1 class spells; a quantity, and a port, is `{ value }` once cdk8s has resolved it. */
function plain(given: unknown): unknown {
  if (Array.isArray(given)) {
    return given.map(plain);
  }
  if (!isJsonMap(given)) {
    return given;
  }
  const entries = Object.entries(given);
  return entries.length === 1 && 'value' in given && !isJsonMap(given.value) ? given.value : Object.fromEntries(entries.map(([name, value]) => [name, plain(value)]));
}

/** A manifest with the fields that the L1 class which spelled it does not know and so leaves out. */
function withUnknownFields(given: unknown, spelled: unknown): unknown {
  if (spelled === undefined) {
    return plain(given);
  }
  if (Array.isArray(given) && Array.isArray(spelled)) {
    const items: unknown[] = given.map((item, i) => withUnknownFields(item, spelled[i]));
    return items.every((item, i) => item === spelled[i]) ? spelled : items;
  }
  if (!isJsonMap(given) || !isJsonMap(spelled)) {
    return spelled;
  }
  // Nearly all objects have none, and are not copied.
  const unknown = Object.entries(given).flatMap(([prop, value]): Array<readonly [string, unknown]> => {
    const field = fieldOf(spelled, prop);
    const whole = withUnknownFields(value, spelled[field]);
    return whole === spelled[field] ? [] : [[field, whole]];
  });
  return unknown.length === 0 ? spelled : { ...spelled, ...Object.fromEntries(unknown) };
}

/**
 * The kind of an L1 class, with the fields that the class does not know: those of a Kubernetes that is newer than the definitions, such as the
 * `restartPolicy` of an init container.
 */
export function withAllFields<Props extends object>(kind: ApiKind<Props>): ApiKind<Props> {
  return { GVK: kind.GVK, manifest: (props) => withUnknownFields(props, kind.manifest(props)) };
}
