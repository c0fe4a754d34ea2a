import { checkTemplate } from './template';
import { HttpNotifierProps, NotifierProps } from './notifier-props';
import { receiverClient } from './receiver-client';
import { SecretKey } from '../../kubernetes/secret-key';
import { showPath, visitTexts, WireMap } from '../../wire/data';

/** An integration as data, which the typed props of each kind become. */
export interface IntegrationDefinition {
  /** The list of the receiver that it is an item of, `slack_configs`. */
  readonly kind: string;
  /** Its settings in the wire form. */
  readonly settings: WireMap;
  /** Files that may be read when Alertmanager loads its configuration, besides those of TLS. */
  readonly readAtStart?: readonly SecretKey[];
  /** Whether its settings have the keys of Alertmanager's configuration, which a user has written. */
  readonly untyped?: true;
  /** Variables of Alertmanager's environment that name files. */
  readonly environment?: { readonly [name: string]: SecretKey };
}

/** The definition of an integration, its templates checked and `send_resolved` first. */
export function define(where: string, props: NotifierProps, definition: IntegrationDefinition): IntegrationDefinition {
  visitTexts(definition.settings, (text, path) => checkTemplate(text, `${where}: ${showPath(path)}`));
  return { ...definition, settings: { sendResolved: props.sendResolved, ...definition.settings } };
}

/** As `define`, for an integration that uses HTTP. */
export function defineHttp(where: string, props: HttpNotifierProps, definition: IntegrationDefinition): IntegrationDefinition {
  const httpConfig = receiverClient(props.httpConfig, `${where}: httpConfig`);
  return define(where, props, { ...definition, settings: { ...definition.settings, ...(httpConfig && { httpConfig }) } });
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
