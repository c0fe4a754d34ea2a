import { LINEAGE } from './generated/api-types';
import { KindName, KINDS, unwritten } from './text-kinds';
import { PROPS_BY_KIND } from './text-table';

/** Kinds of the keys of mappings, by the kind of their values. */
const KEY_KINDS: { readonly [kind: string]: KindName } = {
  labelValue: 'labelKey', annotationValue: 'annotationKey', labelText: 'labelName', headerValue: 'headerName',
};

let table: ReadonlyMap<string, KindName> | undefined;

function isKind(name: string): name is KindName {
  return name in KINDS;
}

/** Kinds by props, read when the first text is judged. */
function kinds(): ReadonlyMap<string, KindName> {
  table ??= new Map(Object.entries(PROPS_BY_KIND).flatMap(([kind, props]) => (
    isKind(kind) ? props.split(/\s+/).map((prop): [string, KindName] => [prop, kind]) : [])));
  return table;
}

const found = new Map<string, KindName | undefined>();

/** Kind of a text: `name` is its prop, and `owner` the struct or the method that has it. Undefined where none is named. */
export function kindOf(name: string, owner: string): KindName | undefined {
  const of = `${owner}.${name}`;
  if (!found.has(of)) {
    const bases = Object.hasOwn(LINEAGE, owner) ? LINEAGE[owner] : [];
    const declaring = [owner, ...bases].find((struct) => kinds().has(`${struct}.${name}`));
    found.set(of, kinds().get(declaring === undefined ? name : `${declaring}.${name}`));
  }
  return found.get(of);
}

/** Kinds that a program reads byte by byte, of which any character is right. */
const RAW: readonly KindName[] = ['bytes', 'joinedRegex', 'relabeledLabel'];

/** What is wrong with a text; `name` is its prop, and `owner` what declares that. */
export function textProblem(text: string, name: string, owner: string): string | undefined {
  const kind = kindOf(name, owner) ?? 'text';
  return KINDS[kind]?.(text) ?? (RAW.includes(kind) ? undefined : unwritten(text));
}

/** What is wrong with the key of a mapping. */
export function keyProblem(key: string, name: string, owner: string): string | undefined {
  const kind = kindOf(name, owner);
  const keyKind = kind === undefined ? undefined : KEY_KINDS[kind];
  return keyKind === undefined ? undefined : KINDS[keyKind]?.(key);
}
