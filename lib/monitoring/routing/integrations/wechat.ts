import { SecretKey } from '../../../kubernetes/secret-key';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { IntegrationNeed, need, needOfSecret } from '../integration-need';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { Leaf } from '../../../wire/data';

/** Markup of a WeChat message. */
export enum WeChatMessageType {
  /** Plain text. */
  TEXT = 'text',
  /** Markdown. */
  MARKDOWN = 'markdown',
}

/**
 * A message in WeChat Work. Needs Alertmanager v0.31, which reads the secret from a file. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#wechat_config
 */
export interface WeChatProps extends HttpNotifierProps {
  /**
   * Secret of the application.
   * @default - that of the global settings
   */
  readonly apiSecret?: SecretKey;

  /**
   * Id of the corporation.
   * @default - that of the global settings
   */
  readonly corpId?: string;

  /**
   * Id of the application.
   * @default - none
   */
  readonly agentId?: string;

  /**
   * URL of the API.
   * @default - WeChat's, or that of the global settings
   */
  readonly apiUrl?: string;

  /**
   * Users, separated by `|`.
   * @default - none
   */
  readonly toUser?: string;

  /**
   * Parties, separated by `|`.
   * @default - none
   */
  readonly toParty?: string;

  /**
   * Tags, separated by `|`.
   * @default - none
   */
  readonly toTag?: string;

  /**
   * Text.
   * @default - the alerts with annotations and labels
   */
  readonly message?: string;

  /**
   * Markup of the text.
   * @default WeChatMessageType.TEXT
   */
  readonly messageType?: WeChatMessageType;
}

/** What it must have, of its own or from the global settings. */
export const WECHAT_NEEDS: readonly IntegrationNeed[] = [
  needOfSecret("'apiSecret'", "'weChatApiSecret'", ['api_secret'], ['wechat_api_secret']),
  need("'corpId'", "'weChatCorpId'", ['corp_id'], ['wechat_api_corp_id']),
];

/** Throws on an invalid URL, and without an addressee. */
export function weChat(props: WeChatProps): IntegrationDefinition {
  const where = 'Integration.weChat';
  checkTemplatedUrl(props.apiUrl, `${where}: apiUrl`);
  if (props.toUser === undefined && props.toParty === undefined && props.toTag === undefined) {
    throw new Error(`${where}: got none of 'toUser', 'toParty' and 'toTag', so the message has no addressee; give one of them, '@all' is a user too`);
  }
  return defineHttp(where, props, {
    kind: 'wechat_configs',
    settings: {
      apiSecret: Leaf.secret(props.apiSecret),
      corpId: props.corpId,
      agentId: props.agentId,
      apiUrl: props.apiUrl,
      toUser: props.toUser,
      toParty: props.toParty,
      toTag: props.toTag,
      message: props.message,
      messageType: props.messageType,
    },
  });
}
