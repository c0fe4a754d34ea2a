import { SecretKey } from '../../../kubernetes/secret-key';
import { checkOneOf, defineHttp, IntegrationDefinition } from '../integration-definition';
import { IntegrationNeed, needOfSecret } from '../integration-need';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { Leaf } from '../../../wire/data';

/** Markup of a Telegram message. */
export enum TelegramParseMode {
  /** HTML. */
  HTML = 'HTML',
  /** Markdown, version 2. */
  MARKDOWN_V2 = 'MarkdownV2',
  /** Markdown, version 1. */
  MARKDOWN = 'Markdown',
  /** Plain text. */
  PLAIN = '',
}

/**
 * A message in Telegram. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#telegram_config
 */
export interface TelegramProps extends HttpNotifierProps {
  /**
   * Token of the bot.
   * @default - that of the global settings
   */
  readonly botToken?: SecretKey;

  /**
   * Id of the chat; groups have negative ones.
   * @default - `chatIdFrom`
   */
  readonly chatId?: number;

  /**
   * The id of the chat, where it is a secret. Needs Alertmanager v0.31.
   * @default - `chatId`
   */
  readonly chatIdFrom?: SecretKey;

  /**
   * Id of the topic in the chat. Needs Alertmanager v0.28.
   * @default - none
   */
  readonly messageThreadId?: number;

  /**
   * URL of the API.
   * @default - Telegram's, or that of the global settings
   */
  readonly apiUrl?: string;

  /**
   * Text.
   * @default - the alerts with annotations and labels
   */
  readonly message?: string;

  /**
   * Send silently.
   * @default false
   */
  readonly disableNotifications?: boolean;

  /**
   * Markup of the text.
   * @default TelegramParseMode.HTML
   */
  readonly parseMode?: TelegramParseMode;
}

/** What it must have, of its own or from the global settings. */
export const TELEGRAM_NEEDS: readonly IntegrationNeed[] = [needOfSecret("'botToken'", "'telegramBotToken'", ['bot_token'], ['telegram_bot_token'])];

/** Throws unless there is exactly one chat id, a whole number other than 0. */
export function telegram(props: TelegramProps): IntegrationDefinition {
  const where = 'Integration.telegram';
  checkOneOf(where, { chatId: props.chatId, chatIdFrom: props.chatIdFrom }, 'the id of the chat');
  checkTemplatedUrl(props.apiUrl, `${where}: apiUrl`);
  if (props.chatId !== undefined && (!Number.isSafeInteger(props.chatId) || props.chatId === 0)) {
    throw new Error(`${where}: 'chatId' is ${props.chatId}; give the chat's number, negative for a group`);
  }
  if (props.messageThreadId !== undefined && (!Number.isSafeInteger(props.messageThreadId) || props.messageThreadId < 1)) {
    throw new Error(`${where}: 'messageThreadId' is ${props.messageThreadId}; give the number of the topic`);
  }
  return defineHttp(where, props, {
    kind: 'telegram_configs',
    settings: {
      botToken: Leaf.secret(props.botToken),
      chatId: Leaf.secret(props.chatIdFrom) ?? props.chatId,
      messageThreadId: props.messageThreadId,
      apiUrl: props.apiUrl,
      message: props.message,
      disableNotifications: props.disableNotifications,
      parseMode: props.parseMode,
    },
  });
}
