import { isMap, PlainMap } from '../../wire/data';

/** A setting and the first Alertmanager that knows it. */
export interface Requirement {
  /** The setting, as `slack_configs.app_token_file`. */
  readonly setting: string;
  /** The version, as `0.30.0`. */
  readonly version: string;
}

/** From the change log of Alertmanager, of what is younger than 0.25. */
const SINCE: { readonly [setting: string]: string } = {
  'global.smtp_tls_config': '0.28.0',
  'global.slack_app_token_file': '0.30.0',
  'global.smtp_auth_secret_file': '0.31.0',
  'global.smtp_force_implicit_tls': '0.31.0',
  'global.telegram_bot_token_file': '0.31.0',
  'global.wechat_api_secret_file': '0.31.0',
  'inhibit_rules.name': '0.30.0',
  'discord_configs.webhook_url_file': '0.28.0',
  'discord_configs.content': '0.28.0',
  'discord_configs.username': '0.28.0',
  'discord_configs.avatar_url': '0.28.0',
  'email_configs.threading': '0.30.0',
  'email_configs.auth_secret_file': '0.31.0',
  'email_configs.force_implicit_tls': '0.31.0',
  'incidentio_configs': '0.29.0',
  'jira_configs': '0.28.0',
  'mattermost_configs': '0.30.0',
  'msteamsv2_configs': '0.28.0',
  'pagerduty_configs.timeout': '0.30.0',
  'pushover_configs.user_key_file': '0.26.0',
  'pushover_configs.monospace': '0.29.0',
  'rocketchat_configs': '0.28.0',
  'slack_configs.app_token_file': '0.30.0',
  'slack_configs.message_text': '0.31.0',
  'slack_configs.timeout': '0.30.0',
  'slack_configs.update_message': '0.32.0',
  'sns_configs.use_aws_http_client': '0.33.0',
  'telegram_configs.bot_token_file': '0.26.0',
  'telegram_configs.chat_id_file': '0.31.0',
  'telegram_configs.message_thread_id': '0.28.0',
  'webhook_configs.payload': '0.32.0',
  'webhook_configs.timeout': '0.28.0',
  'webhook_configs.url_file': '0.28.0',
  'wechat_configs.api_secret_file': '0.31.0',
};

/** What the settings of one part need: the part itself, its keys, and the headers of its requests. */
export function requirementsOf(part: string, settings: PlainMap): Requirement[] {
  const given = Object.keys(settings).filter((key) => settings[key] !== undefined);
  const found = [part, ...given.map((key) => `${part}.${key}`)]
    .filter((setting) => setting in SINCE)
    .map((setting) => ({ setting, version: SINCE[setting] }));
  const { http_config: http, url } = settings;
  if (isMap(http) && http.http_headers !== undefined) {
    found.push({ setting: `${part}.http_config.http_headers`, version: '0.28.0' });
  }
  if (part === 'webhook_configs' && typeof url === 'string' && url.includes('{{')) {
    found.push({ setting: 'a template in webhook_configs.url', version: '0.31.0' });
  }
  return found;
}
