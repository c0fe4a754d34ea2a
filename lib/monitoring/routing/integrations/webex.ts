import { SecretKey } from '../../../kubernetes/secret-key';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { checkNotEmpty } from '../../../checks';
import { Authorization } from '../../http/authorization';

/**
 * A message in Webex. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#webex_config
 */
export interface WebexProps extends HttpNotifierProps {
  /** Id of the room. */
  readonly roomId: string;

  /** Token of the bot; it is sent as the requests' authorization. */
  readonly botToken: SecretKey;

  /**
   * URL of the API.
   * @default - Webex's, or that of the global settings
   */
  readonly apiUrl?: string;

  /**
   * Text.
   * @default - the alerts with annotations and labels
   */
  readonly message?: string;
}

/** Throws on an empty room and on a second authorization. */
export function webex(props: WebexProps): IntegrationDefinition {
  const where = 'Integration.webex';
  checkNotEmpty(props.roomId, `${where}: 'roomId'`, 'name the room');
  checkTemplatedUrl(props.apiUrl, `${where}: apiUrl`);
  if (props.httpConfig?.authorization !== undefined) {
    throw new Error(`${where}: got 'botToken' and 'httpConfig.authorization'; keep the token, it is sent as authorization`);
  }
  const httpConfig = { ...props.httpConfig, authorization: Authorization.bearer(props.botToken) };
  return defineHttp(where, { ...props, httpConfig }, {
    kind: 'webex_configs',
    settings: { roomId: props.roomId, apiUrl: props.apiUrl, message: props.message },
  });
}
