import { CONFIG_SPELLING, SECRETS_DIRECTORY } from './config-files';
import { checkNoSecrets } from './inline-secrets';
import { checkMatchers, checkRequired, checkRouteMatchers, checkSettings } from './known-settings';
import { ALERTMANAGER_SETTINGS } from '../../generated/alertmanager';
import { SecretKey } from '../../kubernetes/secret-key';
import { didYouMean, quoteList } from '../../text';
import { isMap, Leaf, mapsOf, Plain, PlainMap, showPath, spell, toWire, Verbatim, visitTexts, Wire, WireMap } from '../../wire/data';
import { parseYaml } from '../../yaml';

const WHERE = 'AlertRouting.raw';

const TOP_LEVEL = Object.keys(ALERTMANAGER_SETTINGS.Root);

const ROUTE = Object.keys(ALERTMANAGER_SETTINGS.Route);

function mapping(data: Plain | undefined, where: string): PlainMap {
  if (!isMap(data)) {
    throw new Error(`${WHERE}: ${where} is not a mapping; write it as 'key: value'`);
  }
  return data;
}

function list(data: Plain | undefined, where: string): readonly Plain[] {
  if (data === undefined || data === null) {
    return [];
  }
  if (!Array.isArray(data)) {
    throw new Error(`${WHERE}: ${where} is not a list; begin each item with '-'`);
  }
  return data.map((item: Plain) => item);
}

function checkKeys(map: PlainMap, known: readonly string[], where: string): void {
  const unknown = Object.keys(map).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new Error(`${WHERE}: ${where} has an unknown key '${unknown}'${didYouMean(unknown, known)}; Alertmanager knows ${quoteList(known)}`);
  }
}

/** The names of a list of named things, each once. */
function namesOf(items: Plain | undefined, what: string): string[] {
  const names = list(items, `${what}s`).map((item, i) => {
    const { name } = mapping(item, `${what} ${i + 1}`);
    if (typeof name !== 'string' || name === '') {
      throw new Error(`${WHERE}: ${what} ${i + 1} has no name; give it one`);
    }
    return name;
  });
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new Error(`${WHERE}: two ${what}s are called '${twice}'; rename one`);
  }
  return names;
}

function checkKnown(value: Plain | undefined, known: readonly string[], problem: string): void {
  const name = typeof value === 'string' ? value : JSON.stringify(value);
  if (!known.includes(name)) {
    throw new Error(`${WHERE}: ${problem} '${name}'${didYouMean(name, known)}; there are ${quoteList(known)}`);
  }
}

/** Checks a route and those inside; gives the receivers that they name. */
function checkRoute(data: Plain | undefined, where: string, receivers: readonly string[], intervals: readonly string[]): string[] {
  const route = mapping(data, where);
  checkKeys(route, ROUTE, where);
  const { receiver } = route;
  if (receiver !== undefined && receiver !== null) {
    checkKnown(receiver, receivers, `${where} names an unknown receiver`);
  }
  for (const key of ['mute_time_intervals', 'active_time_intervals']) {
    for (const interval of list(route[key], `${where}.${key}`)) {
      checkKnown(interval, intervals, `${where} names an unknown time interval`);
    }
  }
  for (const key of ['group_interval', 'repeat_interval']) {
    const value = route[key];
    if (value === 0 || (typeof value === 'string' && /^(?:0[a-z]*)+$/.test(value))) {
      throw new Error(`${WHERE}: ${where}.${key} is zero, which Alertmanager refuses; give a minute or more`);
    }
  }
  return [
    ...(typeof receiver === 'string' ? [receiver] : []),
    ...list(route.routes, `${where}.routes`).flatMap((inner, i) => checkRoute(inner, `${where}.routes[${i}]`, receivers, intervals)),
  ];
}

function checkRoot(data: Plain | undefined): void {
  if (data === undefined || data === null) {
    throw new Error(`${WHERE}: there is no 'route'; give a root route with a receiver`);
  }
  const root = mapping(data, 'route');
  if (typeof root.receiver !== 'string' || root.receiver === '') {
    throw new Error(`${WHERE}: the root route has no receiver; name the default receiver`);
  }
  for (const key of ['matchers', 'match', 'match_re', 'mute_time_intervals', 'active_time_intervals']) {
    const value = root[key];
    if (value !== undefined && value !== null && Object.keys(value).length > 0) {
      throw new Error(`${WHERE}: the root route has '${key}', but it matches all alerts at all times; put it on a child route`);
    }
  }
  if (root.continue === true) {
    throw new Error(`${WHERE}: the root route has 'continue', but no route follows it; remove it`);
  }
}

/** Keys of the wire form that are not the setting's without `_file`. */
const LEAF_KEYS: { readonly [setting: string]: string } = { key_file: 'keySecret' };

/** The settings with a leaf in the place of each file that is mounted, under the key of its value. */
function withLeaves(data: Plain, mounted: ReadonlyMap<string, Leaf>): Wire {
  if (Array.isArray(data)) {
    return data.map((item) => (typeof item === 'string' ? mounted.get(item) ?? item : withLeaves(item, mounted)));
  }
  if (!isMap(data)) {
    return data;
  }
  return new Verbatim(Object.fromEntries(Object.entries(data).map(([key, value]) => {
    const leaf = typeof value === 'string' && key.endsWith('_file') ? mounted.get(value) : undefined;
    return leaf === undefined ? [key, withLeaves(value, mounted)] : [LEAF_KEYS[key] ?? key.replace(/_file$/, ''), leaf];
  })));
}

function checkFiles(document: PlainMap, mounted: readonly string[]): void {
  visitTexts(document, (text, path) => {
    if (text.startsWith(`${SECRETS_DIRECTORY}/`) && !mounted.includes(text)) {
      throw new Error(`${WHERE}: '${showPath(path)}' names the file '${text}', which is not mounted${didYouMean(text, mounted)}; `
        + "give its SecretKey in 'secrets'");
    }
  });
}

/** The text in the wire form, once it is sure that Alertmanager accepts its structure; throws at the first fault. */
export function parseRaw(text: string, secrets: readonly SecretKey[]): WireMap {
  const parsed = parseYaml(text, { merge: true });
  if (parsed.errors.length > 0) {
    throw new Error(`${WHERE}: the text is not YAML: ${parsed.errors[0].message.split('\n')[0].replace(/:$/, '')}`);
  }
  const content: unknown = parsed.toJS();
  const document = mapping(spell({ text: toWire(content, WHERE) }, CONFIG_SPELLING).text, 'the text');
  checkKeys(document, TOP_LEVEL, 'the text');
  checkRoot(document.route);
  const receivers = namesOf(document.receivers, 'receiver');
  const intervals = [...namesOf(document.time_intervals, 'time interval'), ...namesOf(document.mute_time_intervals, 'time interval')];
  const reached = checkRoute(document.route, 'route', receivers, intervals);
  const unreached = receivers.find((name) => !reached.includes(name));
  if (unreached !== undefined) {
    throw new Error(`${WHERE}: no route reaches receiver '${unreached}', so it is never notified; name it in a route, or remove it`);
  }
  mapsOf(document.receivers).forEach((receiver, i) => {
    const unknown = Object.keys(receiver).find((key) => key !== 'name' && key !== 'labels' && !/^[a-z][a-z0-9]*_configs$/.test(key));
    if (unknown !== undefined) {
      throw new Error(`${WHERE}: receiver '${receivers[i]}' has an unknown key '${unknown}'; the lists of a receiver end in '_configs'`);
    }
  });
  const wayOut = `name a file '${SECRETS_DIRECTORY}/<secret>/<key>' by the setting that ends in '_file', and give its SecretKey in 'secrets'`;
  checkNoSecrets(document, WHERE, wayOut);
  checkSettings(document, 'Root', WHERE);
  checkRequired(document.receivers, WHERE);
  checkRouteMatchers(document.route, WHERE);
  mapsOf(document.inhibit_rules).forEach((rule, i) => ['source_matchers', 'target_matchers'].forEach((key) => {
    checkMatchers(rule[key], `${WHERE}: inhibit_rules[${i}].${key}`);
  }));
  checkFiles(document, secrets.map((secret) => secret._file('alertmanager')));
  const mounted = new Map(secrets.map((secret) => [secret._file('alertmanager'), Leaf.secret(secret)] as const));
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, withLeaves(value, mounted)]));
}
