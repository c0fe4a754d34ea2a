import { receiverTls } from './receiver-client';
import { isTemplated } from './template';
import { SecretKey } from '../../kubernetes/secret-key';
import { checkHostPort, checkNotEmpty } from '../../checks';
import { Leaf, WireMap } from '../../wire/data';
import { TlsClient } from '../http/tls-client';

/**
 * Mail server and sender.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#email_config
 */
export interface SmtpSettings {
  /**
   * The server as `host:port`; 587 speaks STARTTLS, 465 TLS from the start.
   * @default - the global settings
   */
  readonly smarthost?: string;

  /**
   * Sender address.
   * @default - the global settings
   */
  readonly from?: string;

  /**
   * Host name in the greeting of the server.
   * @default localhost
   */
  readonly hello?: string;

  /**
   * User name for the server.
   * @default - no authentication
   */
  readonly authUsername?: string;

  /**
   * Password for the server (LOGIN and PLAIN).
   * @default - none
   */
  readonly authPassword?: SecretKey;

  /**
   * Secret for the server (CRAM-MD5). Needs Alertmanager v0.31.
   * @default - none
   */
  readonly authSecret?: SecretKey;

  /**
   * Identity for the server (PLAIN).
   * @default - the user name
   */
  readonly authIdentity?: string;

  /**
   * Reject unencrypted connections.
   * @default true
   */
  readonly requireTls?: boolean;

  /**
   * TLS from the start (true) or STARTTLS (false). Needs Alertmanager v0.31.
   * @default - TLS from the start on port 465
   */
  readonly forceImplicitTls?: boolean;

  /**
   * TLS settings for the server, without the cluster's certificate authority. In the global settings it needs Alertmanager v0.28.
   * @default - verified by the system's authorities
   */
  readonly tls?: TlsClient;
}

/** The settings of an email, keys as in `email_configs`; throws on an invalid server or sender. */
export function renderSmtp(smtp: SmtpSettings | undefined, where: string): WireMap {
  if (smtp === undefined) {
    return {};
  }
  if (smtp.smarthost !== undefined) {
    checkHostPort(smtp.smarthost, `${where}: smarthost`);
  }
  if (smtp.from !== undefined) {
    checkNotEmpty(smtp.from, `${where}: 'from'`, "name the address, as 'alerts@example.org'");
    if (!isTemplated(smtp.from) && !smtp.from.includes('@')) {
      throw new Error(`${where}: from: '${smtp.from}' is not a mail address; write it as 'alerts@example.org'`);
    }
  }
  if ((smtp.authPassword ?? smtp.authSecret) !== undefined && smtp.authUsername === undefined) {
    throw new Error(`${where}: got '${smtp.authPassword === undefined ? 'authSecret' : 'authPassword'}' without a user, and would not log in; name the user by 'authUsername'`);
  }
  return {
    from: smtp.from,
    smarthost: smtp.smarthost,
    hello: smtp.hello,
    authUsername: smtp.authUsername,
    authPassword: Leaf.secret(smtp.authPassword),
    authSecret: Leaf.secret(smtp.authSecret),
    authIdentity: smtp.authIdentity,
    requireTls: smtp.requireTls,
    forceImplicitTls: smtp.forceImplicitTls,
    tlsConfig: receiverTls(smtp.tls, `${where}: tls`),
  };
}
