import { Duration } from 'cdk8s';
import { receiverClient } from './receiver-client';
import { renderSmtp, SmtpSettings } from './smtp-settings';
import { SecretKey } from '../../kubernetes/secret-key';
import { checkTemplatedUrl } from './template';
import { checkPositive } from '../../checks';
import { promDuration } from '../../units';
import { Leaf, WireMap } from '../../wire/data';
import { HttpConfig } from '../http/http-config';

/**
 * Settings of all receivers that do not have their own.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#file-layout-and-global-settings
 */
export interface AlertRoutingGlobals {
  /**
   * Time after which an alert without an end is resolved; alerts of Prometheus always have one.
   * @default Duration.minutes(5)
   */
  readonly resolveTimeout?: Duration;

  /**
   * HTTP client settings of receivers without `httpConfig`. Headers need Alertmanager v0.28.
   * @default - Alertmanager's defaults
   */
  readonly httpConfig?: HttpConfig;

  /**
   * Mail server and sender.
   * @default - each email has its own
   */
  readonly smtp?: SmtpSettings;

  /**
   * URL of Slack's incoming webhook.
   * @default - each Slack integration has its own
   */
  readonly slackApiUrl?: SecretKey;

  /**
   * Token of a Slack app. Needs Alertmanager v0.30.
   * @default - each Slack integration has its own
   */
  readonly slackAppToken?: SecretKey;

  /**
   * URL of PagerDuty's API.
   * @default https://events.pagerduty.com/v2/enqueue
   */
  readonly pagerDutyUrl?: string;

  /**
   * URL of Opsgenie's API.
   * @default https://api.opsgenie.com/
   */
  readonly opsgenieApiUrl?: string;

  /**
   * Key of Opsgenie's API.
   * @default - each Opsgenie integration has its own
   */
  readonly opsgenieApiKey?: SecretKey;

  /**
   * URL of WeChat's API.
   * @default https://qyapi.weixin.qq.com/cgi-bin/
   */
  readonly weChatApiUrl?: string;

  /**
   * Secret of WeChat's API. Needs Alertmanager v0.31.
   * @default - each WeChat integration has its own
   */
  readonly weChatApiSecret?: SecretKey;

  /**
   * Id of the corporation in WeChat.
   * @default - each WeChat integration has its own
   */
  readonly weChatCorpId?: string;

  /**
   * URL of VictorOps' API.
   * @default https://alert.victorops.com/integrations/generic/20131114/alert/
   */
  readonly victorOpsApiUrl?: string;

  /**
   * Key of VictorOps' API.
   * @default - each VictorOps integration has its own
   */
  readonly victorOpsApiKey?: SecretKey;

  /**
   * URL of Telegram's API.
   * @default https://api.telegram.org
   */
  readonly telegramApiUrl?: string;

  /**
   * Token of the Telegram bot. Needs Alertmanager v0.31.
   * @default - each Telegram integration has its own
   */
  readonly telegramBotToken?: SecretKey;

  /**
   * URL of Webex's API.
   * @default https://webexapis.com/v1/messages
   */
  readonly webexApiUrl?: string;

  /**
   * URL of Jira's API. Needs Alertmanager v0.28.
   * @default - each Jira integration has its own
   */
  readonly jiraApiUrl?: string;

  /**
   * URL of the Mattermost webhook. Needs Alertmanager v0.32.
   * @default - each Mattermost integration has its own
   */
  readonly mattermostWebhookUrl?: SecretKey;

  /**
   * URL of the Rocket.Chat server. Needs Alertmanager v0.28.
   * @default https://open.rocket.chat/
   */
  readonly rocketChatApiUrl?: string;

  /**
   * Token for Rocket.Chat. Needs Alertmanager v0.28.
   * @default - each Rocket.Chat integration has its own
   */
  readonly rocketChatToken?: SecretKey;

  /**
   * Id of the user to whom `rocketChatToken` belongs. Needs Alertmanager v0.28.
   * @default - each Rocket.Chat integration has its own
   */
  readonly rocketChatTokenId?: SecretKey;
}

/** The `global` part; throws on invalid URLs, on two ways to Slack, and on a mail password without a user. */
export function renderGlobals(globals: AlertRoutingGlobals | undefined): WireMap | undefined {
  if (globals === undefined) {
    return undefined;
  }
  const where = 'AlertRouting: global';
  checkPositive(globals.resolveTimeout, `${where}.resolveTimeout`, 'leave it out for 5 minutes');
  const { pagerDutyUrl, opsgenieApiUrl, weChatApiUrl, victorOpsApiUrl, telegramApiUrl, webexApiUrl, jiraApiUrl, rocketChatApiUrl } = globals;
  const urls = { pagerDutyUrl, opsgenieApiUrl, weChatApiUrl, victorOpsApiUrl, telegramApiUrl, webexApiUrl, jiraApiUrl, rocketChatApiUrl };
  Object.entries(urls).forEach(([name, url]) => checkTemplatedUrl(url, `${where}.${name}`));
  if (globals.slackApiUrl !== undefined && globals.slackAppToken !== undefined) {
    throw new Error(`${where}: got 'slackApiUrl' and 'slackAppToken'; keep one of them, the other goes to the receivers that need it`);
  }
  if (globals.smtp?.authPassword !== undefined && globals.smtp.authUsername === undefined) {
    throw new Error(`${where}.smtp: got 'authPassword' without 'authUsername', so Alertmanager would not authenticate; name the user`);
  }
  const smtp = Object.entries(renderSmtp(globals.smtp, `${where}.smtp`)).map(([key, value]) => [`smtp${key[0].toUpperCase()}${key.slice(1)}`, value] as const);
  return {
    resolveTimeout: promDuration(globals.resolveTimeout),
    httpConfig: receiverClient(globals.httpConfig, `${where}.httpConfig`),
    ...Object.fromEntries(smtp),
    slackApiUrl: Leaf.secret(globals.slackApiUrl),
    slackAppToken: Leaf.secret(globals.slackAppToken),
    pagerdutyUrl: pagerDutyUrl,
    opsgenieApiUrl,
    wechatApiUrl: weChatApiUrl,
    victoropsApiUrl: victorOpsApiUrl,
    telegramApiUrl,
    webexApiUrl,
    opsgenieApiKey: Leaf.secret(globals.opsgenieApiKey),
    wechatApiSecret: Leaf.secret(globals.weChatApiSecret),
    wechatApiCorpId: globals.weChatCorpId,
    victoropsApiKey: Leaf.secret(globals.victorOpsApiKey),
    telegramBotToken: Leaf.secret(globals.telegramBotToken),
    jiraApiUrl,
    mattermostWebhookUrl: Leaf.secret(globals.mattermostWebhookUrl),
    rocketchatApiUrl: rocketChatApiUrl,
    rocketchatToken: Leaf.secret(globals.rocketChatToken),
    rocketchatTokenId: Leaf.secret(globals.rocketChatTokenId),
  };
}
