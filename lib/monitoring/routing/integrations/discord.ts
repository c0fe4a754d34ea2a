import { SecretKey } from '../../../kubernetes/secret-key';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { Leaf } from '../../../wire/data';

/**
 * A message in Discord. Needs Alertmanager v0.28, which reads the URL from a file. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#discord_config
 */
export interface DiscordProps extends HttpNotifierProps {
  /** URL of the channel's webhook; it is a secret. */
  readonly webhookUrl: SecretKey;

  /**
   * Text above the card.
   * @default - none
   */
  readonly content?: string;

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
   * Name of the sender.
   * @default - the webhook's name
   */
  readonly username?: string;

  /**
   * URL of the sender's picture.
   * @default - the webhook's picture
   */
  readonly avatarUrl?: string;
}

/** Throws on an invalid URL of the picture. */
export function discord(props: DiscordProps): IntegrationDefinition {
  const where = 'Integration.discord';
  checkTemplatedUrl(props.avatarUrl, `${where}: avatarUrl`);
  return defineHttp(where, props, {
    kind: 'discord_configs',
    settings: {
      webhookUrl: Leaf.secret(props.webhookUrl),
      content: props.content,
      title: props.title,
      message: props.message,
      username: props.username,
      avatarUrl: props.avatarUrl,
    },
  });
}
