import { showPath, visitTexts } from '../../wire/data';

/** Settings that are secrets wherever they stand; each has a sister that names a file. */
const SECRETS = new Set([
  'smtp_auth_password', 'smtp_auth_secret', 'slack_api_url', 'slack_app_token', 'opsgenie_api_key', 'wechat_api_secret', 'victorops_api_key',
  'telegram_bot_token', 'rocketchat_token', 'rocketchat_token_id', 'mattermost_webhook_url',
  'auth_password', 'auth_secret', 'service_key', 'app_token', 'api_key', 'api_secret', 'bot_token', 'user_key', 'token', 'token_id', 'webhook_url',
  'alert_source_token', 'secret_key', 'password', 'credentials', 'bearer_token', 'client_secret', 'client_certificate_key',
]);

/** Settings that are secrets in one integration and harmless in others. */
const SECRETS_OF_KIND: { readonly [kind: string]: readonly string[] } = { slack_configs: ['api_url'], pagerduty_configs: ['routing_key'] };

/** Mappings whose keys are the user's own. */
const FREE = new Set(['payload', 'details', 'custom_fields', 'headers', 'attributes', 'labels', 'endpoint_params', 'claims']);

/** Where apps post to Slack; not a secret, unlike the URL of a webhook. */
const HARMLESS = 'https://slack.com/api/chat.postMessage';

function isSecret(path: readonly string[], kind: string): boolean {
  const keys = path.filter((key) => !/^\d+$/.test(key));
  const key = keys[keys.length - 1] ?? '';
  const parents = keys.slice(0, -1);
  if (parents.some((parent) => FREE.has(parent))) {
    return false;
  }
  const within = parents.find((parent) => parent.endsWith('_configs')) ?? kind;
  return SECRETS.has(key)
    || (SECRETS_OF_KIND[within] ?? []).includes(key)
    || (key === 'key' && parents[parents.length - 1] === 'tls_config')
    || (key === 'secrets' && parents.includes('http_headers'))
    || parents.includes('proxy_connect_header');
}

/** Throws where a value is known to be a secret: its setting is one, or it is a URL with a password. */
export function checkNoSecrets(data: unknown, where: string, wayOut: string, kind = ''): void {
  visitTexts(data, (leaf, path) => {
    if (leaf === '' || leaf === HARMLESS) {
      return;
    }
    const shown = showPath(path);
    if (isSecret(path, kind)) {
      throw new Error(`${where}: '${shown}' holds a secret, which would stand in the manifest; ${wayOut}`);
    }
    if (/^https?:\/\/[^/\s@:]*:[^/\s@]+@/.test(leaf)) {
      throw new Error(`${where}: '${shown}' is a URL with a password, which would stand in the manifest; ${wayOut}`);
    }
  });
}
