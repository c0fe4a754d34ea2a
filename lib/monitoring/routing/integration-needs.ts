import { Receiver } from './receiver';
import { snakeCase, WireMap } from '../../wire/data';

/** A setting that an integration must have, of its own or from the global settings, by the keys of Alertmanager's configuration. */
interface Need {
  /** Keys of the integration, one of which is enough. */
  readonly settings: readonly string[];
  /** Keys of the global settings, one of which is enough. */
  readonly globals: readonly string[];
  /** Props that give it, in messages. */
  readonly props: string;
  /** Props of the routing's `global` that give it, in messages. */
  readonly globalProps: string;
}

function need(props: string, globalProps: string, settings: readonly string[], globals: readonly string[]): Need {
  return { settings, globals, props, globalProps };
}

/** A need of settings that hold secrets, or name files with them. */
function needOfSecret(props: string, globalProps: string, settings: readonly string[], globals: readonly string[]): Need {
  const withFiles = (keys: readonly string[]) => keys.flatMap((key) => [key, `${key}_file`]);
  return need(props, globalProps, withFiles(settings), withFiles(globals));
}

/**
 * Needs by the list of the receiver.
 * @see https://github.com/prometheus/alertmanager/blob/main/config/config.go
 */
export const INTEGRATION_NEEDS: { readonly [kind: string]: readonly Need[] } = {
  email_configs: [
    need("'smtp.smarthost'", "'smtp'", ['smarthost'], ['smtp_smarthost']),
    need("'smtp.from'", "'smtp'", ['from'], ['smtp_from']),
  ],
  jira_configs: [need("'apiUrl'", "'jiraApiUrl'", ['api_url'], ['jira_api_url'])],
  mattermost_configs: [needOfSecret("'webhookUrl'", "'mattermostWebhookUrl'", ['webhook_url'], ['mattermost_webhook_url'])],
  opsgenie_configs: [needOfSecret("'apiKey'", "'opsgenieApiKey'", ['api_key'], ['opsgenie_api_key'])],
  rocketchat_configs: [
    needOfSecret("'token'", "'rocketChatToken'", ['token'], ['rocketchat_token']),
    needOfSecret("'tokenId'", "'rocketChatTokenId'", ['token_id'], ['rocketchat_token_id']),
  ],
  slack_configs: [needOfSecret("'apiUrl' or 'appToken'", "'slackApiUrl' or 'slackAppToken'", ['api_url', 'app_token'], ['slack_api_url', 'slack_app_token'])],
  telegram_configs: [needOfSecret("'botToken'", "'telegramBotToken'", ['bot_token'], ['telegram_bot_token'])],
  victorops_configs: [needOfSecret("'apiKey'", "'victorOpsApiKey'", ['api_key'], ['victorops_api_key'])],
  wechat_configs: [
    needOfSecret("'apiSecret'", "'weChatApiSecret'", ['api_secret'], ['wechat_api_secret']),
    need("'corpId'", "'weChatCorpId'", ['corp_id'], ['wechat_api_corp_id']),
  ],
};

/** A setting that an integration lacks and global settings do not give. */
export interface LackingSetting {
  readonly receiver: string;
  /** List of the receiver, `slack_configs`. */
  readonly kind: string;
  readonly setting: string;
  readonly wayOut: string;
}

/** Settings that integrations lack, of their own and of global settings. */
export function lackingSettings(receivers: readonly Receiver[], globals: WireMap): LackingSetting[] {
  const has = (from: WireMap, keys: readonly string[]) => Object.keys(from).some((key) => from[key] !== undefined && keys.includes(snakeCase(key)));
  return receivers.flatMap(({ name, integrations }) => integrations.flatMap(({ kind, _definition: { settings, untyped } }) => (
    (INTEGRATION_NEEDS[kind] ?? []).filter((each) => !has(settings, each.settings) && !has(globals, each.globals))
      .map(({ settings: [key], props, globalProps }) => ({
        receiver: name,
        kind,
        setting: untyped ? key : key.replace(/_./g, ([, letter]) => letter.toUpperCase()),
        wayOut: `give ${untyped ? "it in 'settings' or 'secretFiles'" : props}, or ${globalProps} in the routing's 'global'`,
      }))
  )));
}
