/** What the operator knows of a setting: settings inside it, a text or a number, or anything. */
export type Known = 'value' | 'anything' | KnownSettings;

/** What the operator knows of a mapping, or of each mapping of a list. */
export interface KnownSettings {
  readonly [setting: string]: Known;
}

function settings(names: string, inside: KnownSettings = {}): KnownSettings {
  return { ...Object.fromEntries(names.split(' ').map((name) => [name, 'value' as const])), ...inside };
}

const TLS = settings('ca_file cert_file key_file server_name insecure_skip_verify min_version max_version');

const HEADERS = { proxy_connect_header: 'anything' as const };

const HTTP = settings('bearer_token bearer_token_file follow_redirects enable_http2 proxy_url no_proxy proxy_from_environment', {
  authorization: settings('type credentials credentials_file'),
  basic_auth: settings('username password password_file'),
  oauth2: settings('client_id client_secret client_secret_file scopes token_url proxy_url no_proxy proxy_from_environment', {
    endpoint_params: 'anything', tls_config: TLS, ...HEADERS,
  }),
  tls_config: TLS,
  http_headers: 'anything',
  ...HEADERS,
});

function notifier(names: string, inside: KnownSettings = {}): KnownSettings {
  return settings(`send_resolved ${names}`, { http_config: HTTP, ...inside });
}

const FIELD = settings('title value short');

const ATTACHMENT = 'fallback color pretext text author_name author_link author_icon title title_link thumb_url footer footer_icon image_url';

/** What version 0.93.1 of the operator knows of a receiver. Read in `pkg/alertmanager/types.go`. */
export const KNOWN_OF_RECEIVERS: KnownSettings = {
  name: 'value',
  discord_configs: notifier('webhook_url title message content username avatar_url'),
  email_configs: settings('send_resolved to from hello smarthost auth_username auth_password auth_password_file auth_secret auth_secret_file '
    + 'auth_identity html text require_tls force_implicit_tls', {
    headers: 'anything', tls_config: TLS, threading: settings('enabled thread_by_date'),
  }),
  incidentio_configs: notifier('url url_file alert_source_token alert_source_token_file max_alerts timeout'),
  jira_configs: notifier('api_url api_type project summary description labels priority issue_type reopen_transition resolve_transition '
    + 'wont_fix_resolution reopen_duration', { fields: 'anything' }),
  mattermost_configs: notifier(`webhook_url webhook_url_file channel username icon_url icon_emoji ${ATTACHMENT}`, {
    attachments: settings(ATTACHMENT, { fields: FIELD }),
    fields: FIELD,
    props: settings('card'),
    priority: settings('priority requested_ack persistent_notifications'),
  }),
  msteams_configs: notifier('webhook_url title summary text'),
  msteamsv2_configs: notifier('webhook_url webhook_url_file title text'),
  opsgenie_configs: notifier('api_key api_key_file api_url message description source tags note priority update_alerts entity actions', {
    details: 'anything', responders: settings('id name username type'),
  }),
  pagerduty_configs: notifier('service_key service_key_file routing_key routing_key_file url client client_url description severity class '
    + 'component group source timeout', { details: 'anything', images: settings('src alt href'), links: settings('href text') }),
  pushover_configs: notifier('user_key user_key_file token token_file title message url url_title ttl device sound priority retry expire html monospace'),
  rocketchat_configs: notifier('api_url token token_file token_id token_id_file channel color title title_link text short_fields emoji icon_url '
    + 'image_url thumb_url link_names', {
    fields: FIELD,
    actions: settings('type text url image_url is_webview webview_height_ratio msg msg_in_chat_window msg_processing_type'),
  }),
  slack_configs: notifier('api_url api_url_file app_token app_token_file app_url channel username color title title_link pretext text short_fields '
    + 'footer fallback callback_id icon_emoji icon_url image_url thumb_url link_names mrkdwn_in timeout message_text update_message', {
    fields: FIELD,
    actions: settings('type text url style name value', { confirm: settings('text title ok_text dismiss_text') }),
  }),
  sns_configs: notifier('api_url topic_arn phone_number target_arn subject message use_aws_http_client', {
    attributes: 'anything', sigv4: settings('region access_key secret_key profile role_arn external_id'),
  }),
  telegram_configs: notifier('api_url bot_token bot_token_file chat_id chat_id_file message_thread_id message disable_notifications parse_mode'),
  victorops_configs: notifier('api_key api_key_file api_url routing_key message_type state_message entity_display_name monitoring_tool', {
    custom_fields: 'anything',
  }),
  webex_configs: notifier('api_url message room_id'),
  webhook_configs: notifier('url url_file max_alerts timeout', { payload: 'anything' }),
  wechat_configs: notifier('api_secret api_secret_file api_url corp_id agent_id to_user to_party to_tag message message_type'),
};

const GLOBAL = settings('resolve_timeout smtp_from smtp_hello smtp_smarthost smtp_auth_username smtp_auth_password smtp_auth_password_file '
  + 'smtp_auth_secret smtp_auth_secret_file smtp_auth_identity smtp_require_tls smtp_force_implicit_tls slack_api_url slack_api_url_file '
  + 'slack_app_token slack_app_token_file slack_app_url pagerduty_url hipchat_api_url hipchat_auth_token opsgenie_api_url opsgenie_api_key '
  + 'opsgenie_api_key_file wechat_api_url wechat_api_secret wechat_api_secret_file wechat_api_corp_id victorops_api_url victorops_api_key '
  + 'victorops_api_key_file telegram_api_url telegram_bot_token telegram_bot_token_file webex_api_url jira_api_url rocketchat_api_url '
  + 'rocketchat_token rocketchat_token_file rocketchat_token_id rocketchat_token_id_file mattermost_webhook_url mattermost_webhook_url_file', {
  http_config: HTTP, smtp_tls_config: TLS,
});

/**
 * What version 0.93.1 of the operator knows of Alertmanager's configuration besides receivers; it refuses the whole text for any other
 * setting. Read in `pkg/alertmanager/types.go`. Routes and time intervals are the same as Alertmanager's.
 */
export const KNOWN_SETTINGS: KnownSettings = {
  global: GLOBAL,
  route: 'anything',
  inhibit_rules: settings('source_matchers target_matchers equal', {
    source_match: 'anything', source_match_re: 'anything', target_match: 'anything', target_match_re: 'anything',
  }),
  templates: 'value',
  time_intervals: 'anything',
  mute_time_intervals: 'anything',
};

/** Texts that the operator keeps when they are empty. Any other it leaves out, and Alertmanager's own takes its place. */
export const KEPT_EMPTY: ReadonlySet<string> = new Set(['email_configs.html', 'email_configs.text']);
