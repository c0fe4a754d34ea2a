import { alertmanagerSchema } from './alertmanager-schema';
import { CONFIG_SPELLING, SECRETS_DIRECTORY } from './config-files';
import { checkNoSecrets } from './inline-secrets';
import { checkNothingLacks } from './lacking-settings';
import { RoutingStructure } from './raw-structure';
import { SecretKey } from '../../kubernetes/secret-key';
import { checkSettings } from '../../settings';
import { asProgramReads } from '../../settings-text';
import { didYouMean } from '../../text';
import { isMap, Leaf, Plain, PlainMap, showPath, spell, toWire, Verbatim, visitTexts, Wire, WireMap } from '../../wire/data';
import { parseYaml } from '../../yaml';

const WHERE = 'AlertRouting.raw';

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

/** The text as data, each value as Alertmanager reads it. */
function parsed(text: string): Plain {
  const [document, written] = [parseYaml(text, { merge: true }), parseYaml(text, { merge: true, schema: 'failsafe' })];
  if (document.errors.length > 0) {
    throw new Error(`${WHERE}: the text is not YAML, ${document.errors[0].message.split('\n')[0].replace(/:$/, '')}; correct it there`);
  }
  const content = asProgramReads({ data: document.toJS(), written: written.toJS() }, 'Root', alertmanagerSchema().types);
  return spell({ text: toWire(content, WHERE) }, CONFIG_SPELLING).text;
}

/** The text in the wire form, once it is sure that Alertmanager accepts it; throws at the first fault. */
export function parseRaw(text: string, secrets: readonly SecretKey[]): WireMap {
  const document = new RoutingStructure(WHERE).check(parsed(text));
  const wayOut = `name a file '${SECRETS_DIRECTORY}/<secret>/<key>' by the setting that ends in '_file', and give its SecretKey in 'secrets'`;
  checkNoSecrets(document, 'Root', WHERE, wayOut);
  checkSettings(document, 'Root', alertmanagerSchema(), WHERE);
  checkNothingLacks(WHERE, document);
  checkFiles(document, secrets.map((secret) => secret._file('alertmanager')));
  const mounted = new Map(secrets.map((secret) => [secret._file('alertmanager'), Leaf.secret(secret)] as const));
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, withLeaves(value, mounted)]));
}
