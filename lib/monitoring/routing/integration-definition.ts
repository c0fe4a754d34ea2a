import { checkTemplate } from './template';
import { DataMap, showPath, visitLeaves } from './data';
import { renderHttpConfig } from './notification-http-config';
import { HttpNotifierProps, NotifierProps } from './notifier-props';
import { SecretKey } from '../../kubernetes/secret-key';

/** A setting that an integration must have, of its own or from the global settings. */
export interface Need {
  /** Keys of the integration, one of which is enough. */
  readonly settings: readonly string[];
  /** Keys of the global settings, one of which is enough. */
  readonly globals: readonly string[];
  /** What to give, in the words of the API. */
  readonly wayOut: string;
}

/** An integration as data: what the typed props of each kind come down to. */
export interface IntegrationDefinition {
  /** The list of the receiver that it is an item of, `slack_configs`. */
  readonly kind: string;
  /** Its settings, with a SecretKey in the place of each file. */
  readonly settings: DataMap;
  /** What it must have from somewhere. */
  readonly needs?: readonly Need[];
  /** Files that may be read when Alertmanager starts, besides those of TLS. */
  readonly readAtStart?: readonly SecretKey[];
  /** Variables of Alertmanager's environment that name files. */
  readonly environment?: { readonly [name: string]: SecretKey };
}

/** The definition of an integration, its templates checked and `send_resolved` first. */
export function define(where: string, props: NotifierProps, definition: IntegrationDefinition): IntegrationDefinition {
  visitLeaves(definition.settings, (leaf, path) => {
    if (typeof leaf === 'string') {
      checkTemplate(leaf, `${where}: ${showPath(path)}`);
    }
  });
  return { ...definition, settings: { send_resolved: props.sendResolved, ...definition.settings } };
}

/** As `define`, for an integration that speaks HTTP. */
export function defineHttp(where: string, props: HttpNotifierProps, definition: IntegrationDefinition): IntegrationDefinition {
  const http = renderHttpConfig(props.httpConfig, `${where}: httpConfig`);
  return define(where, props, { ...definition, settings: { ...definition.settings, ...(http && { http_config: http }) } });
}

/** Throws unless exactly one of the named props is given. */
export function checkOneOf(where: string, props: { readonly [name: string]: unknown }, what: string): void {
  const names = Object.keys(props);
  const given = names.filter((name) => props[name] !== undefined);
  if (given.length !== 1) {
    const list = `${names.slice(0, -1).map((name) => `'${name}'`).join(', ')} or '${names[names.length - 1]}'`;
    const got = given.length === 0 ? 'none' : given.map((name) => `'${name}'`).join(' and ');
    throw new Error(`${where}: got ${got} of ${list}; give one of them, ${what}`);
  }
}
