import { Duration } from 'cdk8s';
import { SecretKey } from '../../../kubernetes/secret-key';
import { checkLimit } from '../../../checks';
import { checkOneOf, defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
import { checkNoSecretsOfUser } from '../inline-secrets';
import { checkTemplatedUrl } from '../template';
import { goDuration } from '../../../units';
import { Leaf, toWire } from '../../../wire/data';

/**
 * A webhook: Alertmanager posts the alerts as JSON.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export interface WebhookProps extends HttpNotifierProps {
  /**
   * URL to post to, http or https. A template is allowed (needs Alertmanager v0.31).
   * @default - `urlFrom`
   */
  readonly url?: string;

  /**
   * URL to post to, where it is a secret. Needs Alertmanager v0.28.
   * @default - `url`
   */
  readonly urlFrom?: SecretKey;

  /**
   * Maximum number of alerts in one message; further ones are dropped. 0 for all.
   * @default 0
   */
  readonly maxAlerts?: number;

  /**
   * Time after which a request is given up. Needs Alertmanager v0.28.
   * @default - as long as the group interval
   */
  readonly timeout?: Duration;

  /**
   * JSON to post instead of Alertmanager's own format; texts in it are templates. Throws on a secret in it.
   * Needs Alertmanager v0.32.
   * @default - Alertmanager's own format
   */
  readonly payload?: { readonly [key: string]: unknown };
}

/** Throws unless there is one URL, and it is http(s), and on secrets that the configuration would show. */
export function webhook(props: WebhookProps): IntegrationDefinition {
  const where = 'Integration.webhook';
  checkOneOf(where, { url: props.url, urlFrom: props.urlFrom }, 'the URL to post to');
  checkTemplatedUrl(props.url, `${where}: url`);
  checkLimit(props.maxAlerts, `${where}: maxAlerts`);
  checkNoSecretsOfUser(props.payload, `${where}: payload`, "give it by 'authorization' or 'secretHeaders' of 'httpConfig'");
  return defineHttp(where, props, {
    kind: 'webhook_configs',
    settings: {
      url: Leaf.secret(props.urlFrom) ?? props.url,
      maxAlerts: props.maxAlerts,
      timeout: goDuration(props.timeout),
      payload: toWire(props.payload, `${where}: payload`),
    },
  });
}
