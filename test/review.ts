import { parse, stringify } from 'yaml';
import { identity, inPlain, Loose, Manifest } from './manifests';
import { CATALOGUES } from './rules/catalogues';
import { withUsedRecords } from '../lib/monitoring/rules/used-records';

function text(value: unknown, sortMapEntries: boolean = false): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries });
}

const indentOf = (line: string): number => line.search(/\S|$/);

/** The longest common subsequence of lines, as pairs of their indices. */
function common(a: readonly string[], b: readonly string[]): Array<[number, number]> {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start++;
  }
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end++;
  }
  const [endOfA, endOfB] = [a.length - end, b.length - end];
  const lengths = Array.from({ length: endOfA - start + 1 }, () => new Uint32Array(endOfB - start + 1));
  const length = (i: number, j: number) => lengths[i - start][j - start];
  for (let i = endOfA - 1; i >= start; i--) {
    for (let j = endOfB - 1; j >= start; j--) {
      lengths[i - start][j - start] = a[i] === b[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const pairs = Array.from({ length: start }, (_, i): [number, number] => [i, i]);
  for (let i = start, j = start; i < endOfA && j < endOfB;) {
    if (a[i] === b[j]) {
      pairs.push([i++, j++]);
    } else if (length(i + 1, j) >= length(i, j + 1)) {
      i++;
    } else {
      j++;
    }
  }
  return [...pairs, ...Array.from({ length: end }, (_, i): [number, number] => [endOfA + i, endOfB + i])];
}

/** The keys under which a line of YAML is, as lines. */
function pathTo(lines: readonly string[], at: number): string[] {
  const path: string[] = [];
  let indent = indentOf(lines[at] ?? '');
  for (let i = at - 1; i >= 0 && indent > 0; i--) {
    if (indentOf(lines[i]) < indent) {
      indent = indentOf(lines[i]);
      path.unshift(lines[i].trim());
    }
  }
  return path;
}

/** Lines that are gone; of many, which stand in the other text, the first and their number. */
function removed(lines: readonly string[]): string[] {
  return lines.length > 3 ? [`- ${lines[0]}`, `- … ${lines.length - 1} more lines`] : lines.map((line) => `- ${line}`);
}

/** In what a text of YAML differs from another, as a patch whose hunks say where they are by their keys. */
export function difference(before: string, after: string): string[] {
  const [a, b] = [before, after].map((one) => one.replace(/\n$/, '').split('\n'));
  const pairs = [[-1, -1], ...common(a, b), [a.length, b.length]];
  return pairs.slice(1).flatMap(([i, j], n) => {
    const [k, l] = [pairs[n][0] + 1, pairs[n][1] + 1];
    const changed = [...removed(a.slice(k, i)), ...b.slice(l, j).map((line) => `+ ${line}`)];
    const path = j > l ? pathTo(b, l) : pathTo(a, k);
    // The line before tells apart where a patch of like items goes.
    const preceding = l > 0 ? [`  ${b[l - 1]}`] : [];
    return changed.length === 0 ? [] : [`@@ ${path.join(' > ')}`, ...preceding, ...changed];
  });
}

/** The rules of a ConfigMap of rule files or of a PrometheusRule; undefined of all else. */
function groupsIn({ kind, metadata, data = {}, spec }: Manifest): Loose[] | undefined {
  if (kind === 'PrometheusRule') {
    return spec.groups;
  }
  return kind === 'ConfigMap' && metadata.name.includes('-rules-') ? Object.values<string>(data).flatMap((file) => parse(file).groups) : undefined;
}

/** Rules of all components, with the recording rules that an app has by default. */
const CATALOGUED: readonly Loose[] = withUsedRecords(Object.values(CATALOGUES)).flatMap((rules) => rules._toData().groups);

function reviewGroup(group: Loose, reviewed: readonly Loose[]): string[] {
  const known = reviewed.find(({ name }) => name === group.name);
  // The order of keys says nothing, and differs by backend.
  const differing = known === undefined ? [text(group, true).trimEnd()] : difference(text(known, true), text(group, true));
  return [heading(`--- rules ${group.name}`, known, differing), ...differing];
}

function heading(title: string, known: unknown, differing: readonly string[]): string {
  return known === undefined ? title : `${title}: reviewed${differing.length === 0 ? '' : ', but for'}`;
}

/** Whether an object is the ConfigMap of a dashboard, whose JSON test/dashboards reviews. */
export function holdsDashboard({ kind, metadata }: Manifest): boolean {
  return kind === 'ConfigMap' && metadata.name.includes('-dashboard-');
}

/** What of an object is reviewed elsewhere does not stand here again: rules, dashboards, and the schemas of definitions. */
function shown(object: Manifest): object {
  if (object.kind === 'CustomResourceDefinition') {
    return { ...object, spec: undefined };
  }
  if (holdsDashboard(object)) {
    return { ...object, data: Object.keys(object.data ?? {}) };
  }
  const groups = groupsIn(object);
  if (groups === undefined) {
    return inPlain(object);
  }
  return object.kind === 'PrometheusRule' ? { ...object, spec: undefined } : { ...object, data: Object.keys(object.data ?? {}) };
}

/**
 * All that an app writes, for a snapshot: of an object that a reviewed app has too only the difference, and of rules only what neither
 * such an app nor test/rules has. So each line stands in one snapshot, and a change is seen once, where it is made.
 */
export function reviewOf(objects: readonly Manifest[], reviewed: readonly Manifest[] = []): string {
  const groups = objects.some(groupsIn) ? [...reviewed.flatMap((object) => groupsIn(object) ?? []), ...CATALOGUED] : [];
  return objects.flatMap((object) => {
    const known = reviewed.find((one) => identity(one) === identity(object));
    const differing = known === undefined ? [text(shown(object)).trimEnd()] : difference(text(shown(known)), text(shown(object)));
    return [heading(`=== ${identity(object)}`, known, differing), ...differing, ...(groupsIn(object) ?? []).flatMap((group) => reviewGroup(group, groups))];
  }).join('\n');
}

/** The first namespace that an app makes, which is its own. */
function namespaceOf(objects: readonly Manifest[]): string {
  return objects.find(({ kind }) => kind === 'Namespace')?.metadata.name ?? '';
}

/** Objects as if they were in the namespace of others that are reviewed, so that they can be compared. */
export function inNamespaceOf(reviewed: readonly Manifest[], objects: readonly Manifest[]): Manifest[] {
  const [own, other] = [namespaceOf(objects), namespaceOf(reviewed)];
  if (reviewed.length === 0 || own === other) {
    return [...objects];
  }
  const written = JSON.stringify(objects);
  // Else one that speaks of the wrong namespace would look right.
  expect(written).not.toContain(other);
  return JSON.parse(written.replaceAll(own, other));
}
