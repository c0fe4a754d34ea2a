import { Duration } from 'cdk8s';
import { SecretKey } from '../../../kubernetes/secret-key';
import { checkOneOf, defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
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
   * The URL, where it is a secret itself. Needs Alertmanager v0.28.
   * @default - `url`
   */
  readonly urlFrom?: SecretKey;

  /**
   * The most alerts to send in one message; more are cut off. Zero is all.
   * @default 0
   */
  readonly maxAlerts?: number;

  /**
   * How long to wait for the answer. Needs Alertmanager v0.28.
   * @default - as long as the group interval
   */
  readonly timeout?: Duration;

  /**
   * What to post instead of Alertmanager's own format; texts in it are templates. Needs Alertmanager v0.32.
   * @default - Alertmanager's own format
   */
  readonly payload?: { readonly [key: string]: unknown };
}

/** Throws unless there is one URL, and it is http(s). */
export function webhook(props: WebhookProps): IntegrationDefinition {
  const where = 'webhook';
  checkOneOf(where, { url: props.url, urlFrom: props.urlFrom }, 'the URL to post to');
  checkTemplatedUrl(props.url, `${where}: url`);
  if (props.maxAlerts !== undefined && (!Number.isInteger(props.maxAlerts) || props.maxAlerts < 0)) {
    throw new Error(`${where}: maxAlerts is ${props.maxAlerts}; give a whole number, 0 for all`);
  }
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
