import { ALERTMANAGER_SETTINGS as SETTINGS } from '../../generated/alertmanager';
import { isJsonMap, JsonMap, jsonMaps } from '../../json';
import { checkRegex } from '../../regex';
import { didYouMean, quoteList } from '../../text';
import { settingOf } from '../../upstream';

/** Settings of which an integration needs one, as Alertmanager checks them when it loads its configuration. */
const REQUIRED: { readonly [kind: string]: ReadonlyArray<readonly string[]> } = {
  webhook_configs: [['url', 'url_file']],
  email_configs: [['to']],
  pagerduty_configs: [['routing_key', 'routing_key_file', 'service_key', 'service_key_file']],
  pushover_configs: [['user_key', 'user_key_file'], ['token', 'token_file']],
  victorops_configs: [['routing_key']],
  telegram_configs: [['chat_id', 'chat_id_file']],
  discord_configs: [['webhook_url', 'webhook_url_file']],
  msteams_configs: [['webhook_url', 'webhook_url_file']],
  msteamsv2_configs: [['webhook_url', 'webhook_url_file']],
  webex_configs: [['room_id']],
};

/** The type of the items in a list of a receiver; undefined where the list is unknown. */
export function typeOfIntegration(kind: string): string | undefined {
  return settingOf(SETTINGS, settingOf(SETTINGS, 'Root', 'receivers')?.holds ?? '', kind)?.holds;
}

/** Throws on a key that Alertmanager does not know, at any depth: it would refuse the whole configuration. */
export function checkSettings(data: JsonMap, type: string, where: string, at: string = ''): void {
  const known = Object.hasOwn(SETTINGS, type) ? Object.keys(SETTINGS[type]) : [];
  Object.entries(data).forEach(([key, value]) => {
    const setting = settingOf(SETTINGS, type, key);
    const path = at === '' ? key : `${at}.${key}`;
    if (setting === undefined) {
      throw new Error(`${where}: ${at === '' ? '' : `'${at}' has `}an unknown key '${key}'${didYouMean(key, known) || ';'} Alertmanager knows ${quoteList(known)}`);
    }
    const { holds, map } = setting;
    if (holds !== undefined && Object.hasOwn(SETTINGS, holds)) {
      below(value, path, map === true).forEach(([inner, place]) => checkSettings(inner, holds, where, place));
    }
  });
}

/** The mappings in a value that holds one, a list or, under keys of the user, a mapping of them; each with its path. */
function below(value: unknown, path: string, isKeyed: boolean): Array<readonly [JsonMap, string]> {
  if (Array.isArray(value)) {
    return jsonMaps(value).map((item, i) => [item, `${path}[${i}]`]);
  }
  if (!isJsonMap(value)) {
    return [];
  }
  return isKeyed ? Object.entries(value).flatMap(([key, item]) => below(item, `${path}.${key}`, false)) : [[value, path]];
}

/** Throws when an integration of a receiver lacks a setting without which Alertmanager does not load its configuration. */
export function checkRequired(receivers: unknown, where: string): void {
  jsonMaps(receivers).forEach((receiver, i) => Object.entries(receiver).forEach(([kind, items]) => {
    const required = Object.hasOwn(REQUIRED, kind) ? REQUIRED[kind] : [];
    const lacking = (item: JsonMap) => required.filter((names) => !names.some((name) => item[name] !== undefined && item[name] !== null));
    jsonMaps(items).forEach((item, at) => lacking(item).forEach((names) => {
      throw new Error(`${where}: receivers[${i}].${kind}[${at}] has no '${names[0]}', which Alertmanager needs; give ${names.map((name) => `'${name}'`).join(' or ')}`);
    }));
  }));
}

/** Throws when the regular expression of a matcher is none, in a route with those below it. */
export function checkRouteMatchers(route: unknown, where: string, at: string = 'route'): void {
  if (isJsonMap(route)) {
    checkMatchers(route.matchers, `${where}: ${at}.matchers`);
    jsonMaps(route.routes).forEach((inner, i) => checkRouteMatchers(inner, where, `${at}.routes[${i}]`));
  }
}

/** Throws when the regular expression of one of the matchers is none. */
export function checkMatchers(matchers: unknown, where: string): void {
  const texts = Array.isArray(matchers) ? matchers : [];
  texts.forEach((text: unknown) => {
    const [, value] = /^[^=!~]+[=!]~\s*(.*?)\s*$/s.exec(typeof text === 'string' ? text.replace(/^\{|\}$/g, '') : '') ?? [];
    // Several in one text are told apart by commas outside of quotes, which is left to Alertmanager.
    if (value !== undefined && !/,\s*\w+\s*[=!]/.test(value)) {
      checkRegex(value.replace(/^"(.*)"$/s, '$1').replace(/\\(["\\])/g, '$1'), where);
    }
  });
}
