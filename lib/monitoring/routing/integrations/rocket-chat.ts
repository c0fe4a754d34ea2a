import { SecretKey } from '../../../kubernetes/secret-key';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { IntegrationNeed, needOfSecret } from '../integration-need';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { Leaf } from '../../../wire/data';

/** Field of a Rocket.Chat message. */
export interface RocketChatField {
  /** Heading. */
  readonly title: string;

  /** Text. */
  readonly value: string;

  /**
   * Show it beside the next field.
   * @default - that of the message
   */
  readonly short?: boolean;
}

/** Button of a Rocket.Chat message. */
export interface RocketChatAction {
  /** Text of the button. */
  readonly text: string;

  /**
   * URL that it opens.
   * @default - it sends `message`
   */
  readonly url?: string;

  /**
   * Message that it sends.
   * @default - it opens `url`
   */
  readonly message?: string;
}

/**
 * A message in Rocket.Chat. Needs Alertmanager v0.28. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#rocketchat_config
 */
export interface RocketChatProps extends HttpNotifierProps {
  /**
   * URL of the server.
   * @default - https://open.rocket.chat/, or that of the global settings
   */
  readonly apiUrl?: string;

  /**
   * Personal access token.
   * @default - that of the global settings
   */
  readonly token?: SecretKey;

  /**
   * Id of the user to whom the token belongs.
   * @default - that of the global settings
   */
  readonly tokenId?: SecretKey;

  /**
   * Channel as `#alerts`, or `@user`.
   * @default - the user's own
   */
  readonly channel?: string;

  /**
   * Colour of the edge.
   * @default - red while alerts fire, green otherwise
   */
  readonly color?: string;

  /**
   * Heading.
   * @default - status, number and common labels of the alerts
   */
  readonly title?: string;

  /**
   * URL behind the heading.
   * @default - the alerts in Alertmanager
   */
  readonly titleLink?: string;

  /**
   * Text of the attachment.
   * @default - the alerts with annotations and labels
   */
  readonly text?: string;

  /**
   * Text above the attachment. Needs Alertmanager v0.35.
   * @default - none
   */
  readonly messageText?: string;

  /**
   * Fields of the attachment.
   * @default - none
   */
  readonly fields?: RocketChatField[];

  /**
   * Show fields beside each other.
   * @default false
   */
  readonly shortFields?: boolean;

  /**
   * Emoji in the place of the sender's picture.
   * @default - none
   */
  readonly emoji?: string;

  /**
   * URL of the sender's picture.
   * @default - none
   */
  readonly iconUrl?: string;

  /**
   * URL of a picture.
   * @default - none
   */
  readonly imageUrl?: string;

  /**
   * URL of a small picture.
   * @default - none
   */
  readonly thumbUrl?: string;

  /**
   * Make links of the names of channels and users.
   * @default false
   */
  readonly linkNames?: boolean;

  /**
   * Buttons.
   * @default - none
   */
  readonly actions?: RocketChatAction[];
}

function action(where: string, { text, url, message }: RocketChatAction) {
  checkTemplatedUrl(url, `${where}: url`);
  if (url === undefined && message === undefined) {
    throw new Error(`${where}: neither 'url' nor 'message' is given, so the button '${text}' does nothing; give one of them`);
  }
  return { type: 'button', text, url, msg: message };
}

/** What it must have, of its own or from the global settings. */
export const ROCKET_CHAT_NEEDS: readonly IntegrationNeed[] = [
  needOfSecret("'token'", "'rocketChatToken'", ['token'], ['rocketchat_token']),
  needOfSecret("'tokenId'", "'rocketChatTokenId'", ['token_id'], ['rocketchat_token_id']),
];

/** Throws on invalid URLs, and on a button that does nothing. */
export function rocketChat(props: RocketChatProps): IntegrationDefinition {
  const where = 'Integration.rocketChat';
  const { apiUrl, titleLink, iconUrl, imageUrl, thumbUrl, token, tokenId } = props;
  Object.entries({ apiUrl, titleLink, iconUrl, imageUrl, thumbUrl }).forEach(([name, url]) => checkTemplatedUrl(url, `${where}: ${name}`));
  return defineHttp(where, props, {
    kind: 'rocketchat_configs',
    readAtStart: [token, tokenId].flatMap((key) => key ?? []),
    settings: {
      apiUrl,
      token: Leaf.secret(token),
      tokenId: Leaf.secret(tokenId),
      channel: props.channel,
      color: props.color,
      title: props.title,
      titleLink,
      text: props.text,
      messageText: props.messageText,
      fields: props.fields?.map(({ title, value, short }) => ({ title, value, short })),
      shortFields: props.shortFields,
      emoji: props.emoji,
      iconUrl,
      imageUrl,
      thumbUrl,
      linkNames: props.linkNames,
      actions: props.actions?.map((one, i) => action(`${where}: actions[${i}]`, one)),
    },
  });
}
