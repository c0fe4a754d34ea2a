import { isJsonMap, JsonMap } from './json';
import { isPlaceholder, namesSecret, scalarsIn, secretsOfUser, ShownSecret, textSecret, urlSentence } from './secret-texts';
import { SettingSchema } from './settings';
import { Setting, settingOf } from './upstream';

/** Settings with keys of a user's own that are sent to a server, and may let one in; others, such as labels and details, inform. */
const SENT = ['payload', 'endpoint_params', 'params', 'headers', 'metadata'];

/** A mapping of a type, and its place. */
interface Place {
  readonly type: string;
  readonly at: string;
}

/**
 * Secrets in a mapping of a type that a manifest would show, at any depth: those that the program calls so, those that have such a name among keys
 * of a user's own, and URLs with one. Settings that the program does not know are read as a user's own.
 */
export function secretsIn(data: JsonMap, type: string, schema: SettingSchema): ShownSecret[] {
  return inMapping(data, { type, at: '' }, schema);
}

function inMapping(data: JsonMap, { type, at }: Place, schema: SettingSchema): ShownSecret[] {
  return Object.entries(data).flatMap(([key, value]) => {
    const setting = settingOf(schema.types, type, key);
    const place = at === '' ? key : `${at}.${key}`;
    if (value === undefined || value === null) {
      return [];
    }
    if (setting === undefined) {
      return secretsOfUser(value, place, key, isSecretIn(schema));
    }
    return setting.holds === 'secret' && !schema.harmless?.includes(`${type}.${key}`)
      ? known(value, { type, at: place }, key, schema)
      : inSetting(value, setting, place, key, schema);
  });
}

/** A setting that the program calls a secret. */
function known(value: unknown, { type, at }: Place, key: string, { types, harmlessTexts = [], templated }: SettingSchema): ShownSecret[] {
  const file = [`${key}_file`, key === 'secrets' ? 'files' : ''].find((name) => settingOf(types, type, name) !== undefined);
  const isPublic = (text: string) => text === '' || harmlessTexts.includes(text) || (templated === true && isPlaceholder(text));
  return scalarsIn(value, at).filter(({ text }) => !isPublic(text)).map(({ path }) => ({ path, says: 'holds a secret', file }));
}

function inSetting(value: unknown, setting: Setting, at: string, key: string, schema: SettingSchema): ShownSecret[] {
  const { holds = '' } = setting;
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, i) => inSetting(item, setting, `${at}[${i}]`, key, schema));
  }
  if (!isJsonMap(value)) {
    const says = typeof value !== 'string' ? undefined : key === 'body' ? textSecret(value) : urlSentence(value);
    return says === undefined ? [] : [{ path: at, says }];
  }
  if (Object.hasOwn(schema.types, holds)) {
    return setting.map === true
      ? Object.entries(value).flatMap(([name, item]) => (isJsonMap(item) ? inMapping(item, { type: holds, at: `${at}.${name}` }, schema) : []))
      : inMapping(value, { type: holds, at }, schema);
  }
  return secretsOfUser(value, at, key, SENT.includes(key) ? namesSecret : () => false);
}

/** Names of settings that the program calls secrets wherever it has them. */
const SECRET_SETTINGS = new WeakMap<SettingSchema, ReadonlySet<string>>();

function secretSettings(schema: SettingSchema): ReadonlySet<string> {
  const settings = Object.values(schema.types).flatMap((type) => Object.entries(type));
  const others = new Set(settings.filter(([, { holds }]) => holds !== 'secret').map(([name]) => name));
  return new Set(settings.map(([name]) => name).filter((name) => !others.has(name)));
}

/** Whether a setting that the program does not know, as of a later version, is a secret by its name. */
function isSecretIn(schema: SettingSchema): (name: string) => boolean {
  const names = SECRET_SETTINGS.get(schema) ?? secretSettings(schema);
  SECRET_SETTINGS.set(schema, names);
  return (name) => names.has(name) || namesSecret(name);
}
