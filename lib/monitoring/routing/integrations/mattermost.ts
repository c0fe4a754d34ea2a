import { SecretKey } from '../../../kubernetes/secret-key';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { IntegrationNeed, needOfSecret } from '../integration-need';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl, isTemplated } from '../template';
import { checkNotEmpty } from '../../../checks';
import { Leaf } from '../../../wire/data';

/** Field of an attachment of a Mattermost message. */
export interface MattermostField {
  /** Heading. */
  readonly title: string;

  /** Text. */
  readonly value: string;

  /**
   * Show it beside the next field.
   * @default - Mattermost's own
   */
  readonly short?: boolean;
}

/**
 * Priority of a Mattermost message.
 * @see https://docs.mattermost.com/end-user-guide/collaborate/message-priority.html
 */
export interface MattermostPriority {
  /** `urgent`, `important` or `standard`; a template. */
  readonly priority: string;

  /**
   * Ask readers to acknowledge the message.
   * @default false
   */
  readonly requestedAck?: boolean;

  /**
   * Notify those who are mentioned every five minutes, if the message is urgent.
   * @default false
   */
  readonly persistentNotifications?: boolean;
}

/**
 * Card of a Mattermost message.
 * @see https://developers.mattermost.com/integrate/reference/message-attachments/
 */
export interface MattermostAttachment {
  /**
   * Colour of the edge, as `#ff0000`.
   * @default - for the message's own card, red while alerts fire and green otherwise
   */
  readonly color?: string;

  /**
   * Text above the card.
   * @default - none
   */
  readonly pretext?: string;

  /**
   * Name of the author.
   * @default - none
   */
  readonly authorName?: string;

  /**
   * URL behind the name of the author.
   * @default - none
   */
  readonly authorLink?: string;

  /**
   * URL of the author's picture.
   * @default - none
   */
  readonly authorIcon?: string;

  /**
   * Heading.
   * @default - for the message's own card, status, number and common labels of the alerts
   */
  readonly title?: string;

  /**
   * URL behind the heading.
   * @default - for the message's own card, the alerts in Alertmanager
   */
  readonly titleLink?: string;

  /**
   * Text.
   * @default - for the message's own card, the alerts with annotations and labels
   */
  readonly text?: string;

  /**
   * Fields.
   * @default - none
   */
  readonly fields?: MattermostField[];

  /**
   * URL of a small picture.
   * @default - none
   */
  readonly thumbUrl?: string;

  /**
   * URL of a picture.
   * @default - none
   */
  readonly imageUrl?: string;

  /**
   * Text below the card.
   * @default - none
   */
  readonly footer?: string;

  /**
   * URL of the picture beside the footer.
   * @default - none
   */
  readonly footerIcon?: string;

  /**
   * Text where cards are not shown.
   * @default - for the message's own card, the title
   */
  readonly fallback?: string;
}

/**
 * A message in Mattermost, with a card. Needs Alertmanager v0.30, for the settings of the card v0.32. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#mattermost_config
 */
export interface MattermostProps extends HttpNotifierProps, MattermostAttachment {
  /**
   * URL of the incoming webhook; it is a secret.
   * @default - that of the global settings
   */
  readonly webhookUrl?: SecretKey;

  /**
   * Channel, or `@user`.
   * @default - that of the webhook
   */
  readonly channel?: string;

  /**
   * Name of the sender.
   * @default Alertmanager
   */
  readonly username?: string;

  /**
   * URL of the sender's picture.
   * @default - the webhook's
   */
  readonly iconUrl?: string;

  /**
   * Emoji in the place of the sender's picture.
   * @default - none
   */
  readonly iconEmoji?: string;

  /**
   * Further cards.
   * @default - none
   */
  readonly attachments?: MattermostAttachment[];

  /**
   * Type of the post, which begins with `custom_`.
   * @default - none
   */
  readonly type?: string;

  /**
   * Text of the card in the sidebar.
   * @default - none
   */
  readonly card?: string;

  /**
   * Priority.
   * @default - standard
   */
  readonly priority?: MattermostPriority;
}

const PRIORITIES = ['urgent', 'important', 'standard'];

function attachment(where: string, props: MattermostAttachment) {
  const { color, pretext, authorName, authorLink, authorIcon, title, titleLink, text, fields, thumbUrl, imageUrl, footer, footerIcon } = props;
  const urls = { authorLink, authorIcon, titleLink, thumbUrl, imageUrl, footerIcon };
  Object.entries(urls).forEach(([name, url]) => checkTemplatedUrl(url, `${where}: ${name}`));
  fields?.forEach((field, i) => {
    checkNotEmpty(field.title, `${where}: 'fields[${i}].title'`, 'give the heading of the field');
    checkNotEmpty(field.value, `${where}: 'fields[${i}].value'`, 'give the text of the field');
  });
  return {
    color, pretext, authorName, authorLink, authorIcon, title, titleLink, text, thumbUrl, imageUrl, footer, footerIcon, fallback: props.fallback,
    fields: fields?.map(({ title: heading, value, short }) => ({ title: heading, value, short })),
  };
}

/** What it must have, of its own or from the global settings. */
export const MATTERMOST_NEEDS: readonly IntegrationNeed[] = [needOfSecret("'webhookUrl'", "'mattermostWebhookUrl'", ['webhook_url'], ['mattermost_webhook_url'])];

/** Throws on invalid URLs, on an empty field, and on an unknown priority. */
export function mattermost(props: MattermostProps): IntegrationDefinition {
  const where = 'Integration.mattermost';
  const { priority } = props;
  checkTemplatedUrl(props.iconUrl, `${where}: iconUrl`);
  if (priority !== undefined && !isTemplated(priority.priority) && !PRIORITIES.includes(priority.priority.toLowerCase())) {
    throw new Error(`${where}: priority: '${priority.priority}' is not a priority; write 'urgent', 'important' or 'standard', or a template that yields one`);
  }
  return defineHttp(where, props, {
    kind: 'mattermost_configs',
    settings: {
      webhookUrl: Leaf.secret(props.webhookUrl),
      channel: props.channel,
      username: props.username,
      iconUrl: props.iconUrl,
      iconEmoji: props.iconEmoji,
      ...attachment(where, props),
      attachments: props.attachments?.map((one, i) => attachment(`${where}: attachments[${i}]`, one)),
      type: props.type,
      props: props.card === undefined ? undefined : { card: props.card },
      priority: priority && { ...priority },
    },
  });
}
