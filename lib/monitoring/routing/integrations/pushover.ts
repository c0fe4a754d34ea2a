import { Duration } from 'cdk8s';
import { SecretKey } from '../../../kubernetes/secret-key';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl, isTemplated } from '../template';
import { goDuration } from '../../../units';
import { Leaf } from '../../../wire/data';

/**
 * A message by Pushover. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#pushover_config
 */
export interface PushoverProps extends HttpNotifierProps {
  /** Key of the user or group. */
  readonly userKey: SecretKey;

  /** Token of the application. */
  readonly token: SecretKey;

  /**
   * Heading.
   * @default - status, number and common labels of the alerts
   */
  readonly title?: string;

  /**
   * Text.
   * @default - the alerts with annotations and labels
   */
  readonly message?: string;

  /**
   * URL in the message.
   * @default - the alerts in Alertmanager
   */
  readonly url?: string;

  /**
   * Title of the URL.
   * @default - the URL
   */
  readonly urlTitle?: string;

  /**
   * Device to send to.
   * @default - all of the user
   */
  readonly device?: string;

  /**
   * Sound.
   * @default - the user's
   */
  readonly sound?: string;

  /**
   * Priority, from -2 (silent) to 2 (emergency).
   * @default - 2 when firing, 0 when resolved
   */
  readonly priority?: string;

  /**
   * Interval at which an emergency is repeated until it is acknowledged, at least 30 seconds.
   * @default Duration.minutes(1)
   */
  readonly retry?: Duration;

  /**
   * Time for which an emergency is repeated, at most 3 hours.
   * @default Duration.hours(1)
   */
  readonly expire?: Duration;

  /**
   * Lifetime of the message.
   * @default - until the user removes it
   */
  readonly ttl?: Duration;

  /**
   * Read the text as HTML.
   * @default false
   */
  readonly html?: boolean;

  /**
   * Show the text in a monospaced font. Needs Alertmanager v0.29.
   * @default false
   */
  readonly monospace?: boolean;
}

/** Throws on durations that Pushover rejects, on an unknown priority, on HTML in a fixed-width font. */
export function pushover(props: PushoverProps): IntegrationDefinition {
  const where = 'Integration.pushover';
  checkTemplatedUrl(props.url, `${where}: url`);
  if (props.html === true && props.monospace === true) {
    throw new Error(`${where}: got 'html' and 'monospace'; keep one of them`);
  }
  if (props.priority !== undefined && !isTemplated(props.priority) && !/^(?:-[12]|[012])$/.test(props.priority)) {
    throw new Error(`${where}: priority: '${props.priority}' is not a priority; write '-2' to '2', or a template that yields one`);
  }
  if (props.retry !== undefined && props.retry.toMilliseconds() < 30_000) {
    throw new Error(`${where}: 'retry' is ${goDuration(props.retry)}, which Pushover rejects; give 30s or more`);
  }
  if (props.expire !== undefined && props.expire.toMilliseconds() > 10_800_000) {
    throw new Error(`${where}: 'expire' is ${goDuration(props.expire)}, which Pushover rejects; give 3h or less`);
  }
  return defineHttp(where, props, {
    kind: 'pushover_configs',
    settings: {
      userKey: Leaf.secret(props.userKey),
      token: Leaf.secret(props.token),
      title: props.title,
      message: props.message,
      url: props.url,
      urlTitle: props.urlTitle,
      device: props.device,
      sound: props.sound,
      priority: props.priority,
      retry: goDuration(props.retry),
      expire: goDuration(props.expire),
      ttl: goDuration(props.ttl),
      html: props.html,
      monospace: props.monospace,
    },
  });
}
