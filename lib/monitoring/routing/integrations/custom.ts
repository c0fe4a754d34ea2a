import { isJsonMap, JsonMap } from '../../../json';
import { SecretKey } from '../../../kubernetes/secret-key';
import { Leaf, snakeCase, spell, toWireMap, Verbatim, Wire, WireMap } from '../../../wire/data';
import { CONFIG_SPELLING } from '../config-files';
import { checkNoSecrets } from '../inline-secrets';
import { alertmanagerSchema, typeOfIntegration } from '../alertmanager-schema';
import { checkSettings } from '../../../settings';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';

/** An integration without typed props, with the settings of Alertmanager's configuration. */
export interface CustomProps extends HttpNotifierProps {
  /**
   * Settings, with the keys of Alertmanager's configuration. Throws on a credential among them.
   * @default - none
   */
  readonly settings?: { readonly [key: string]: unknown };

  /**
   * Settings that name a file with a secret, such as `token_file`; a nested one is written with dots, `sigv4.token_file`.
   * @default - none
   */
  readonly secretFiles?: { readonly [key: string]: SecretKey };
}

/** `settings` with a leaf for the file at the dotted path; throws where there is a setting already. */
function withFile(settings: WireMap, path: readonly string[], file: SecretKey, where: string): WireMap {
  const [key, ...rest] = path;
  const before = settings[key];
  if (rest.length === 0 ? before !== undefined : before !== undefined && !(before instanceof Verbatim)) {
    throw new Error(`${where}: '${key}' is in 'settings' and in 'secretFiles'; keep the latter`);
  }
  if (rest.length === 0) {
    return { ...settings, [key.replace(/_file$/, '')]: Leaf.secret(file) };
  }
  const inner: Wire = new Verbatim(withFile(before instanceof Verbatim ? before.entries : {}, rest, file, where));
  return { ...settings, [key]: inner };
}

function checkKeys(kind: string, settings: WireMap, files: readonly string[]): void {
  const camel = Object.keys(settings).find((key) => snakeCase(key) !== key);
  if (camel !== undefined) {
    throw new Error(`${kind}: settings: '${camel}' is not a key of Alertmanager's configuration; write it as '${snakeCase(camel).replace(/^_/, '')}'`);
  }
  const other = files.find((path) => !path.endsWith('_file'));
  if (other !== undefined) {
    throw new Error(`${kind}: secretFiles: '${other}' does not name a file; Alertmanager's settings of files end in '_file'`);
  }
}

/** The settings as Alertmanager gets them, with the files of Secrets, and the client, that they do not hold themselves. */
function withFiles({ settings = {}, secretFiles = {} }: CustomProps): JsonMap {
  const files = Object.keys(secretFiles);
  const below = (inner: JsonMap, paths: readonly string[]): JsonMap => paths.reduce<JsonMap>((all, path) => {
    const [key, ...rest] = path.split('.');
    const before = all[key];
    return { ...all, [key]: rest.length === 0 ? '/file' : below(isJsonMap(before) ? before : {}, [rest.join('.')]) };
  }, inner);
  return below(settings, files);
}

/** Throws on a kind that is not a list of a receiver, on values that are not data, and on credentials in the settings. */
export function custom(kind: string, props: CustomProps): IntegrationDefinition {
  if (!/^[a-z][a-z0-9]*_configs$/.test(kind)) {
    const said = kind.replace(/_configs?$/, '').toLowerCase().replace(/[^a-z0-9]/g, '');
    const instead = `${said === '' ? 'rocketchat' : said}_configs`;
    throw new Error(`custom integration: '${kind}' is not the name of a receiver's list; write it as Alertmanager does, '${instead}'`);
  }
  let settings = toWireMap(props.settings ?? {}, `${kind}: settings`);
  checkKeys(kind, settings, Object.keys(props.secretFiles ?? {}));
  const type = typeOfIntegration(kind);
  if (type !== undefined) {
    checkSettings(withFiles(props), type, alertmanagerSchema(), `${kind}: settings`);
  }
  checkNoSecrets(spell(settings, CONFIG_SPELLING), `${kind}: settings`, "name a file in 'secretFiles'", kind);
  for (const [path, file] of Object.entries(props.secretFiles ?? {})) {
    settings = withFile(settings, path.split('.'), file, kind);
  }
  if (props.httpConfig !== undefined && settings.http_config !== undefined) {
    throw new Error(`${kind}: 'http_config' is in 'settings' and in 'httpConfig'; keep the latter`);
  }
  return defineHttp(kind, props, { kind, settings, untyped: true, readAtStart: Object.values(props.secretFiles ?? {}) });
}
