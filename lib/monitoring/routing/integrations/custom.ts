import { SecretKey } from '../../../kubernetes/secret-key';
import { DataMap, isMap, toDataMap } from '../data';
import { checkNoSecrets } from '../inline-secrets';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';

/** An integration that this library does not know, in Alertmanager's own words. */
export interface CustomProps extends HttpNotifierProps {
  /**
   * Its settings, keys as in Alertmanager's configuration. A credential in them throws.
   * @default - none
   */
  readonly settings?: { readonly [key: string]: unknown };

  /**
   * Settings that name a file with a secret, `token_file` for example; one inside another is written with dots, `sigv4.token_file`.
   * @default - none
   */
  readonly secretFiles?: { readonly [key: string]: SecretKey };
}

/** `settings` with `file` at the dotted path; throws where something else is there already. */
function withFile(settings: DataMap, path: readonly string[], file: SecretKey, where: string): DataMap {
  const [key, ...rest] = path;
  const before = settings[key];
  if (rest.length === 0 ? before !== undefined : before !== undefined && !isMap(before)) {
    throw new Error(`${where}: '${key}' stands in 'settings' and in 'secretFiles'; keep the latter`);
  }
  return { ...settings, [key]: rest.length === 0 ? file : withFile(isMap(before) ? before : {}, rest, file, where) };
}

/** Throws on a kind that is no list of a receiver, on values that are no data, on credentials in the settings. */
export function custom(kind: string, props: CustomProps): IntegrationDefinition {
  if (!/^[a-z][a-z0-9]*_configs$/.test(kind)) {
    const said = kind.replace(/_configs?$/, '').toLowerCase().replace(/[^a-z0-9]/g, '');
    const instead = `${said === '' ? 'rocketchat' : said}_configs`;
    throw new Error(`custom integration: '${kind}' is not the name of a receiver's list; write it as Alertmanager does, '${instead}'`);
  }
  let settings = toDataMap(props.settings ?? {}, `${kind}: settings`);
  checkNoSecrets(settings, `${kind}: settings`, "name a file in 'secretFiles'", kind);
  for (const [path, file] of Object.entries(props.secretFiles ?? {})) {
    settings = withFile(settings, path.split('.'), file, kind);
  }
  if (props.httpConfig !== undefined && settings.http_config !== undefined) {
    throw new Error(`${kind}: 'http_config' stands in 'settings' and in 'httpConfig'; keep the latter`);
  }
  return defineHttp(kind, props, { kind, settings, readAtStart: Object.values(props.secretFiles ?? {}) });
}
