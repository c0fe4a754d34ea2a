import { Duration } from 'cdk8s';
import { renderActions, SlackAction } from './slack-action';
import { SecretKey } from '../../../kubernetes/secret-key';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { IntegrationNeed, needOfSecret } from '../integration-need';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { checkNotEmpty } from '../../../checks';
import { goDuration } from '../../../units';
import { Leaf } from '../../../wire/data';
import { Authorization } from '../../http/authorization';

/** A field of a Slack message: a heading and a text. */
export interface SlackField {
  /** The heading, a template. */
  readonly title: string;

  /** The text, a template. */
  readonly value: string;

  /**
   * Show the field beside another.
   * @default - `shortFields` of the message
   */
  readonly short?: boolean;
}

/**
 * A message in Slack, sent by an incoming webhook or by an app. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#slack_config
 */
export interface SlackProps extends HttpNotifierProps {
  /** Channel or user, `#alerts` or `@user`. Current incoming webhooks always post to the channel that they were made for. */
  readonly channel: string;

  /**
   * URL of the incoming webhook; it is a secret.
   * @default - `appToken`, or either from the global settings
   */
  readonly apiUrl?: SecretKey;

  /**
   * Token of an app that may write to the channel. Needs Alertmanager v0.30.
   * @default - `apiUrl`, or either from the global settings
   */
  readonly appToken?: SecretKey;

  /**
   * Update the previous message instead of sending another. Goes with `appToken`. Needs Alertmanager v0.32.
   * @default false
   */
  readonly updateMessage?: boolean;

  /**
   * Name of the sender.
   * @default - Alertmanager
   */
  readonly username?: string;

  /**
   * Colour beside the message: `good`, `warning`, `danger` or `#rrggbb`.
   * @default - danger, and good when resolved
   */
  readonly color?: string;

  /**
   * Heading.
   * @default - status, number and common labels of the alerts
   */
  readonly title?: string;

  /**
   * URL that the heading links to.
   * @default - the alerts in Alertmanager
   */
  readonly titleLink?: string;

  /**
   * Text above the attachment.
   * @default - none
   */
  readonly pretext?: string;

  /**
   * Text of the attachment.
   * @default - none
   */
  readonly text?: string;

  /**
   * Text of the message itself. Needs Alertmanager v0.31.
   * @default - none
   */
  readonly messageText?: string;

  /**
   * Fields of the attachment.
   * @default - none
   */
  readonly fields?: SlackField[];

  /**
   * Show fields beside each other.
   * @default false
   */
  readonly shortFields?: boolean;

  /**
   * Buttons.
   * @default - none
   */
  readonly actions?: SlackAction[];

  /**
   * Text below the attachment.
   * @default - none
   */
  readonly footer?: string;

  /**
   * Text where attachments are not shown.
   * @default - the title and its link
   */
  readonly fallback?: string;

  /**
   * Name by which an app recognises the message.
   * @default - none
   */
  readonly callbackId?: string;

  /**
   * Emoji as icon of the sender, `:fire:`.
   * @default - none
   */
  readonly iconEmoji?: string;

  /**
   * URL of an icon of the sender.
   * @default - none
   */
  readonly iconUrl?: string;

  /**
   * URL of an image in the message.
   * @default - none
   */
  readonly imageUrl?: string;

  /**
   * URL of a small image in the message.
   * @default - none
   */
  readonly thumbUrl?: string;

  /**
   * Link channel and user names.
   * @default false
   */
  readonly linkNames?: boolean;

  /**
   * Parts that are written in Slack's markup.
   * @default - fallback, pretext and text
   */
  readonly mrkdwnIn?: string[];

  /**
   * Time after which a request is given up. Needs Alertmanager v0.30.
   * @default - as long as the group interval
   */
  readonly timeout?: Duration;
}

/** URL at which apps post messages; Alertmanager accepts `update_message` with this URL only. */
const POST_MESSAGE = 'https://slack.com/api/chat.postMessage';

/** What it must have, of its own or from the global settings. */
export const SLACK_NEEDS: readonly IntegrationNeed[] = [
  needOfSecret("'apiUrl' or 'appToken'", "'slackApiUrl' or 'slackAppToken'", ['api_url', 'app_token'], ['slack_api_url', 'slack_app_token']),
];

/** Throws on an empty channel, on both ways of sending at once, on an update without a token. */
export function slack(props: SlackProps): IntegrationDefinition {
  const where = 'Integration.slack';
  checkNotEmpty(props.channel, `${where}: 'channel'`, "name it, as '#alerts'");
  if (props.apiUrl !== undefined && props.appToken !== undefined) {
    throw new Error(`${where}: got 'apiUrl' and 'appToken'; keep one of them, a webhook or an app sends the message`);
  }
  if (props.appToken !== undefined && props.httpConfig?.authorization !== undefined) {
    throw new Error(`${where}: got 'appToken' and 'httpConfig.authorization'; keep the token, it is sent as authorization`);
  }
  if (props.updateMessage === true && props.appToken === undefined) {
    throw new Error(`${where}: 'updateMessage' is set without 'appToken'; give the token of an app, webhooks cannot change messages`);
  }
  for (const field of props.fields ?? []) {
    checkNotEmpty(field.title, `${where}: 'title' of a field`, 'name the field');
    checkNotEmpty(field.value, `${where}: 'value' of field '${field.title}'`, 'give it a text');
  }
  checkTemplatedUrl(props.titleLink, `${where}: titleLink`);
  checkTemplatedUrl(props.iconUrl, `${where}: iconUrl`);
  checkTemplatedUrl(props.imageUrl, `${where}: imageUrl`);
  checkTemplatedUrl(props.thumbUrl, `${where}: thumbUrl`);
  const updating = props.updateMessage === true && props.appToken !== undefined
    ? { ...props, httpConfig: { ...props.httpConfig, authorization: Authorization.bearer(props.appToken) } }
    : undefined;
  return defineHttp(where, updating ?? props, {
    kind: 'slack_configs',
    settings: {
      apiUrl: updating === undefined ? Leaf.secret(props.apiUrl) : POST_MESSAGE,
      appToken: updating === undefined ? Leaf.secret(props.appToken) : undefined,
      channel: props.channel,
      updateMessage: props.updateMessage,
      username: props.username,
      color: props.color,
      title: props.title,
      titleLink: props.titleLink,
      pretext: props.pretext,
      text: props.text,
      messageText: props.messageText,
      fields: props.fields?.map((field) => ({ title: field.title, value: field.value, short: field.short })),
      shortFields: props.shortFields,
      actions: renderActions(props.actions, where),
      footer: props.footer,
      fallback: props.fallback,
      callbackId: props.callbackId,
      iconEmoji: props.iconEmoji,
      iconUrl: props.iconUrl,
      imageUrl: props.imageUrl,
      thumbUrl: props.thumbUrl,
      linkNames: props.linkNames,
      mrkdwnIn: props.mrkdwnIn && [...props.mrkdwnIn],
      timeout: goDuration(props.timeout),
    },
  });
}
