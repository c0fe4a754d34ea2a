import { IntegrationDefinition } from './integration-definition';
import { custom, CustomProps } from './integrations/custom';
import { discord, DiscordProps } from './integrations/discord';
import { email, EmailProps } from './integrations/email';
import { microsoftTeams, MicrosoftTeamsProps } from './integrations/microsoft-teams';
import { opsgenie, OpsgenieProps } from './integrations/opsgenie';
import { pagerDuty, PagerDutyProps } from './integrations/pagerduty';
import { pushover, PushoverProps } from './integrations/pushover';
import { slack, SlackProps } from './integrations/slack';
import { sns, SnsProps } from './integrations/sns';
import { telegram, TelegramProps } from './integrations/telegram';
import { victorOps, VictorOpsProps } from './integrations/victorops';
import { webex, WebexProps } from './integrations/webex';
import { webhook, WebhookProps } from './integrations/webhook';
import { weChat, WeChatProps } from './integrations/wechat';

/**
 * One way in which a receiver is told. Credentials are given as a SecretKey, never as text.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#receiver-integration-settings
 */
export class Integration {
  /** Posts the alerts as JSON. Throws unless there is one URL, and it is http(s). */
  public static webhook(props: WebhookProps): Integration {
    return new Integration(webhook(props));
  }

  /** A message in Slack. Throws on an empty channel and on clashing ways to send. */
  public static slack(props: SlackProps): Integration {
    return new Integration(slack(props));
  }

  /** A mail. Throws without an address, and on what is no address or no `host:port`. */
  public static email(props: EmailProps): Integration {
    return new Integration(email(props));
  }

  /** An incident in PagerDuty. Throws unless there is one key. */
  public static pagerDuty(props: PagerDutyProps): Integration {
    return new Integration(pagerDuty(props));
  }

  /** An alert in Opsgenie. Throws on a responder that is not named once. */
  public static opsgenie(props: OpsgenieProps): Integration {
    return new Integration(opsgenie(props));
  }

  /** A message in Microsoft Teams, by a workflow's webhook. */
  public static microsoftTeams(props: MicrosoftTeamsProps): Integration {
    return new Integration(microsoftTeams(props));
  }

  /** A message in Telegram. Throws unless there is one chat. */
  public static telegram(props: TelegramProps): Integration {
    return new Integration(telegram(props));
  }

  /** A message by Amazon SNS. Throws unless there is one addressee. */
  public static sns(props: SnsProps): Integration {
    return new Integration(sns(props));
  }

  /** A message by Pushover. Throws on times that Pushover refuses. */
  public static pushover(props: PushoverProps): Integration {
    return new Integration(pushover(props));
  }

  /** An incident in VictorOps. Throws on an empty routing key. */
  public static victorOps(props: VictorOpsProps): Integration {
    return new Integration(victorOps(props));
  }

  /** A message in WeChat Work. Throws when it is for nobody. */
  public static weChat(props: WeChatProps): Integration {
    return new Integration(weChat(props));
  }

  /** A message in Webex. Throws on an empty room. */
  public static webex(props: WebexProps): Integration {
    return new Integration(webex(props));
  }

  /** A message in Discord. */
  public static discord(props: DiscordProps): Integration {
    return new Integration(discord(props));
  }

  /**
   * What Alertmanager knows and this library does not, such as `rocketchat_configs`. Throws on credentials in the settings.
   * @param kind the list of the receiver that it is an item of
   */
  public static custom(kind: string, props: CustomProps = {}): Integration {
    return new Integration(custom(kind, props));
  }

  /** The list of the receiver that it is an item of, such as `slack_configs`. */
  public readonly kind: string;

  /** @internal */
  public readonly _definition: IntegrationDefinition;

  private constructor(definition: IntegrationDefinition) {
    this.kind = definition.kind;
    this._definition = definition;
  }
}
