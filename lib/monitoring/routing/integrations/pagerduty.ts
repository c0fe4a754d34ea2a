import { Duration } from 'cdk8s';
import { SecretKey } from '../../../kubernetes/secret-key';
import { checkOneOf, defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { didYouMean, quoteList } from '../../../text';
import { goDuration } from '../../../units';
import { Leaf, verbatim } from '../../../wire/data';

/** A link in a PagerDuty incident. */
export interface PagerDutyLink {
  /** URL of the link, a template. */
  readonly href: string;

  /**
   * Text of the link.
   * @default - the URL
   */
  readonly text?: string;
}

/** An image in a PagerDuty incident. */
export interface PagerDutyImage {
  /** URL of the image, a template. */
  readonly src: string;

  /**
   * Alternative text.
   * @default - none
   */
  readonly alt?: string;

  /**
   * URL that the image links to.
   * @default - none
   */
  readonly href?: string;
}

/**
 * An incident in PagerDuty. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#pagerduty_config
 */
export interface PagerDutyProps extends HttpNotifierProps {
  /**
   * Integration key of the Events API v2.
   * @default - `serviceKey`
   */
  readonly routingKey?: SecretKey;

  /**
   * Integration key of the older API ("Prometheus").
   * @default - `routingKey`
   */
  readonly serviceKey?: SecretKey;

  /**
   * URL of the API.
   * @default - PagerDuty's, or that of the global settings
   */
  readonly url?: string;

  /**
   * Name of the reporting client.
   * @default - Alertmanager
   */
  readonly client?: string;

  /**
   * URL that the client's name links to.
   * @default - the alerts in Alertmanager
   */
  readonly clientUrl?: string;

  /**
   * Summary of the incident.
   * @default - status, number and common labels of the alerts
   */
  readonly description?: string;

  /**
   * `critical`, `error`, `warning` or `info`.
   * @default - error
   */
  readonly severity?: string;

  /**
   * Affected system.
   * @default - the client
   */
  readonly source?: string;

  /**
   * Class of the event.
   * @default - none
   */
  readonly eventClass?: string;

  /**
   * Component at fault.
   * @default - none
   */
  readonly component?: string;

  /**
   * Group of components that it belongs to.
   * @default - none
   */
  readonly group?: string;

  /**
   * Details by name, besides Alertmanager's own.
   * @default - firing, resolved, num_firing, num_resolved
   */
  readonly details?: { readonly [name: string]: string };

  /**
   * Links.
   * @default - none
   */
  readonly links?: PagerDutyLink[];

  /**
   * Images.
   * @default - none
   */
  readonly images?: PagerDutyImage[];

  /**
   * Time after which a request is given up. Needs Alertmanager v0.30.
   * @default - as long as the group interval
   */
  readonly timeout?: Duration;
}

/** @see https://developer.pagerduty.com/docs/events-api-v2-overview */
const SEVERITIES = ['critical', 'error', 'warning', 'info'];

/** Throws unless there is exactly one key, on an unknown severity, and on invalid URLs. */
export function pagerDuty(props: PagerDutyProps): IntegrationDefinition {
  const where = 'pagerduty';
  checkOneOf(where, { routingKey: props.routingKey, serviceKey: props.serviceKey }, 'the key of the integration');
  if (props.severity !== undefined && !props.severity.includes('{{') && !SEVERITIES.includes(props.severity)) {
    throw new Error(`${where}: severity: '${props.severity}' is not one of PagerDuty's, which rejects the event${didYouMean(props.severity, SEVERITIES) || ';'} use ${quoteList(SEVERITIES)}, or a template of one`);
  }
  checkTemplatedUrl(props.url, `${where}: url`);
  checkTemplatedUrl(props.clientUrl, `${where}: clientUrl`);
  props.links?.forEach((link) => checkTemplatedUrl(link.href, `${where}: href of a link`));
  props.images?.forEach((image) => checkTemplatedUrl(image.src, `${where}: src of an image`));
  return defineHttp(where, props, {
    kind: 'pagerduty_configs',
    settings: {
      routingKey: Leaf.secret(props.routingKey),
      serviceKey: Leaf.secret(props.serviceKey),
      url: props.url,
      client: props.client,
      clientUrl: props.clientUrl,
      description: props.description,
      severity: props.severity,
      source: props.source,
      class: props.eventClass,
      component: props.component,
      group: props.group,
      details: verbatim({ ...props.details }),
      links: props.links?.map((link) => ({ href: link.href, text: link.text })),
      images: props.images?.map((image) => ({ src: image.src, alt: image.alt, href: image.href })),
      timeout: goDuration(props.timeout),
    },
  });
}
