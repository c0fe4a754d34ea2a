import { IntegrationDefinition } from './integration-definition';
import { IntegrationNeed } from './integration-need';
import { custom, CustomProps } from './integrations/custom';
import { discord, DiscordProps } from './integrations/discord';
import { email, EMAIL_NEEDS, EmailProps } from './integrations/email';
import { incidentIo, IncidentIoProps } from './integrations/incident-io';
import { jira, JIRA_NEEDS, JiraProps } from './integrations/jira';
import { mattermost, MATTERMOST_NEEDS, MattermostProps } from './integrations/mattermost';
import { microsoftTeams, MicrosoftTeamsProps } from './integrations/microsoft-teams';
import { opsgenie, OPSGENIE_NEEDS, OpsgenieProps } from './integrations/opsgenie';
import { pagerDuty, PagerDutyProps } from './integrations/pagerduty';
import { pushover, PushoverProps } from './integrations/pushover';
import { rocketChat, ROCKET_CHAT_NEEDS, RocketChatProps } from './integrations/rocket-chat';
import { slack, SLACK_NEEDS, SlackProps } from './integrations/slack';
import { sns, SnsProps } from './integrations/sns';
import { telegram, TELEGRAM_NEEDS, TelegramProps } from './integrations/telegram';
import { victorOps, VICTOROPS_NEEDS, VictorOpsProps } from './integrations/victorops';
import { webex, WebexProps } from './integrations/webex';
import { webhook, WebhookProps } from './integrations/webhook';
import { weChat, WECHAT_NEEDS, WeChatProps } from './integrations/wechat';
import { checkArguments } from '../../arguments';

export { CustomProps } from './integrations/custom';
export { DiscordProps } from './integrations/discord';
export { EmailProps, EmailThreading } from './integrations/email';
export { IncidentIoProps } from './integrations/incident-io';
export { JiraApiType, JiraProps } from './integrations/jira';
export { MattermostAttachment, MattermostField, MattermostPriority, MattermostProps } from './integrations/mattermost';
export { MicrosoftTeamsProps } from './integrations/microsoft-teams';
export { OpsgeniePriority, OpsgenieProps, OpsgenieResponder, OpsgenieResponderType } from './integrations/opsgenie';
export { PagerDutyImage, PagerDutyLink, PagerDutyProps } from './integrations/pagerduty';
export { PushoverProps } from './integrations/pushover';
export { RocketChatAction, RocketChatField, RocketChatProps } from './integrations/rocket-chat';
export { SlackField, SlackProps } from './integrations/slack';
export { SlackAction, SlackConfirmation } from './integrations/slack-action';
export { SnsProps } from './integrations/sns';
export { TelegramParseMode, TelegramProps } from './integrations/telegram';
export { VictorOpsProps } from './integrations/victorops';
export { WebexProps } from './integrations/webex';
export { WebhookProps } from './integrations/webhook';
export { WeChatMessageType, WeChatProps } from './integrations/wechat';

/** What an item of a receiver's list must have, of its own or from the global settings. */
export const INTEGRATION_NEEDS: { readonly [kind: string]: readonly IntegrationNeed[] } = {
  email_configs: EMAIL_NEEDS,
  jira_configs: JIRA_NEEDS,
  mattermost_configs: MATTERMOST_NEEDS,
  opsgenie_configs: OPSGENIE_NEEDS,
  rocketchat_configs: ROCKET_CHAT_NEEDS,
  slack_configs: SLACK_NEEDS,
  telegram_configs: TELEGRAM_NEEDS,
  victorops_configs: VICTOROPS_NEEDS,
  wechat_configs: WECHAT_NEEDS,
};

/**
 * Integration of a receiver with a service. Credentials are given as a SecretKey, never as text.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#receiver-integration-settings
 */
export class Integration {
  /** Posts alerts as JSON. Throws unless there is exactly one URL, and it is http or https. */
  public static webhook(props: WebhookProps): Integration {
    checkArguments('Integration.webhook', { props });
    return new Integration(webhook(props));
  }

  /** Sends Slack messages. Throws on an empty channel and on several ways to send. */
  public static slack(props: SlackProps): Integration {
    checkArguments('Integration.slack', { props });
    return new Integration(slack(props));
  }

  /** Sends emails. Throws without an address, on what is not an address, and on a server that is not `host:port`. */
  public static email(props: EmailProps): Integration {
    checkArguments('Integration.email', { props });
    return new Integration(email(props));
  }

  /** Opens PagerDuty incidents. Throws unless there is exactly one key. */
  public static pagerDuty(props: PagerDutyProps): Integration {
    checkArguments('Integration.pagerDuty', { props });
    return new Integration(pagerDuty(props));
  }

  /** Opens Opsgenie alerts. Throws on a responder without exactly one name. */
  public static opsgenie(props: OpsgenieProps): Integration {
    checkArguments('Integration.opsgenie', { props });
    return new Integration(opsgenie(props));
  }

  /** Sends Microsoft Teams messages, by the webhook of a workflow. */
  public static microsoftTeams(props: MicrosoftTeamsProps): Integration {
    checkArguments('Integration.microsoftTeams', { props });
    return new Integration(microsoftTeams(props));
  }

  /** Sends Telegram messages. Throws unless there is exactly one chat. */
  public static telegram(props: TelegramProps): Integration {
    checkArguments('Integration.telegram', { props });
    return new Integration(telegram(props));
  }

  /** Sends messages by Amazon SNS. Throws unless there is exactly one addressee. */
  public static sns(props: SnsProps): Integration {
    checkArguments('Integration.sns', { props });
    return new Integration(sns(props));
  }

  /** Sends Pushover messages. Throws on durations that Pushover rejects. */
  public static pushover(props: PushoverProps): Integration {
    checkArguments('Integration.pushover', { props });
    return new Integration(pushover(props));
  }

  /** Opens VictorOps incidents. Throws on an empty routing key. */
  public static victorOps(props: VictorOpsProps): Integration {
    checkArguments('Integration.victorOps', { props });
    return new Integration(victorOps(props));
  }

  /** Sends WeChat Work messages. Throws without an addressee. */
  public static weChat(props: WeChatProps): Integration {
    checkArguments('Integration.weChat', { props });
    return new Integration(weChat(props));
  }

  /** Sends Webex messages. Throws on an empty room. */
  public static webex(props: WebexProps): Integration {
    checkArguments('Integration.webex', { props });
    return new Integration(webex(props));
  }

  /** Sends Discord messages. */
  public static discord(props: DiscordProps): Integration {
    checkArguments('Integration.discord', { props });
    return new Integration(discord(props));
  }

  /** Opens Jira issues. Throws on an empty project or type of issue. */
  public static jira(props: JiraProps): Integration {
    checkArguments('Integration.jira', { props });
    return new Integration(jira(props));
  }

  /** Sends Mattermost messages. Throws on an unknown priority. */
  public static mattermost(props: MattermostProps): Integration {
    checkArguments('Integration.mattermost', { props });
    return new Integration(mattermost(props));
  }

  /** Sends Rocket.Chat messages. Throws on a button that does nothing. */
  public static rocketChat(props: RocketChatProps): Integration {
    checkArguments('Integration.rocketChat', { props });
    return new Integration(rocketChat(props));
  }

  /** Sends alerts to incident.io. Throws unless there is exactly one URL and one way to say who sends. */
  public static incidentIo(props: IncidentIoProps): Integration {
    checkArguments('Integration.incidentIo', { props });
    return new Integration(incidentIo(props));
  }

  /**
   * An integration without typed props, such as one that a newer Alertmanager has. Throws on credentials in the settings.
   * @param kind list of a receiver in Alertmanager's configuration
   */
  public static custom(kind: string, props: CustomProps = {}): Integration {
    checkArguments('Integration.custom', { kind, props });
    return new Integration(custom(kind, props));
  }

  /** List of a receiver in Alertmanager's configuration, such as `slack_configs`. */
  public readonly kind: string;

  /** @internal */
  public readonly _definition: IntegrationDefinition;

  private constructor(definition: IntegrationDefinition) {
    this.kind = definition.kind;
    this._definition = definition;
  }
}
