import { Data, DataMap } from './data';
import { Integration } from './integration';
import { CustomProps } from './integrations/custom';
import { DiscordProps } from './integrations/discord';
import { EmailProps } from './integrations/email';
import { MicrosoftTeamsProps } from './integrations/microsoft-teams';
import { OpsgenieProps } from './integrations/opsgenie';
import { PagerDutyProps } from './integrations/pagerduty';
import { PushoverProps } from './integrations/pushover';
import { SlackProps } from './integrations/slack';
import { SnsProps } from './integrations/sns';
import { TelegramProps } from './integrations/telegram';
import { VictorOpsProps } from './integrations/victorops';
import { WebexProps } from './integrations/webex';
import { WebhookProps } from './integrations/webhook';
import { WeChatProps } from './integrations/wechat';
import { checkNotEmpty } from '../../checks';

/** What a receiver is made of. */
export interface ReceiverProps {
  /** Name, unique in a routing. */
  readonly name: string;

  /**
   * The ways in which it is told, all of them each time.
   * @default - none: the alerts are shown by Alertmanager and nobody is told
   */
  readonly integrations?: Integration[];
}

/**
 * Who is told of alerts, under a name that routes and Alertmanager's pages show. The factories make one with a single integration.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#receiver
 */
export class Receiver {
  /** Nobody: the alerts are shown by Alertmanager and nothing is sent. It is called `null`, as the community does. */
  public static none(): Receiver {
    return NOBODY;
  }

  /** A receiver that is told by a webhook. */
  public static webhook(name: string, props: WebhookProps): Receiver {
    return new Receiver({ name, integrations: [Integration.webhook(props)] });
  }

  /** A receiver that is told in Slack. */
  public static slack(name: string, props: SlackProps): Receiver {
    return new Receiver({ name, integrations: [Integration.slack(props)] });
  }

  /** A receiver that is told by mail. */
  public static email(name: string, props: EmailProps): Receiver {
    return new Receiver({ name, integrations: [Integration.email(props)] });
  }

  /** A receiver that is told by PagerDuty. */
  public static pagerDuty(name: string, props: PagerDutyProps): Receiver {
    return new Receiver({ name, integrations: [Integration.pagerDuty(props)] });
  }

  /** A receiver that is told by Opsgenie. */
  public static opsgenie(name: string, props: OpsgenieProps): Receiver {
    return new Receiver({ name, integrations: [Integration.opsgenie(props)] });
  }

  /** A receiver that is told in Microsoft Teams. */
  public static microsoftTeams(name: string, props: MicrosoftTeamsProps): Receiver {
    return new Receiver({ name, integrations: [Integration.microsoftTeams(props)] });
  }

  /** A receiver that is told in Telegram. */
  public static telegram(name: string, props: TelegramProps): Receiver {
    return new Receiver({ name, integrations: [Integration.telegram(props)] });
  }

  /** A receiver that is told by Amazon SNS. */
  public static sns(name: string, props: SnsProps): Receiver {
    return new Receiver({ name, integrations: [Integration.sns(props)] });
  }

  /** A receiver that is told by Pushover. */
  public static pushover(name: string, props: PushoverProps): Receiver {
    return new Receiver({ name, integrations: [Integration.pushover(props)] });
  }

  /** A receiver that is told by VictorOps. */
  public static victorOps(name: string, props: VictorOpsProps): Receiver {
    return new Receiver({ name, integrations: [Integration.victorOps(props)] });
  }

  /** A receiver that is told in WeChat Work. */
  public static weChat(name: string, props: WeChatProps): Receiver {
    return new Receiver({ name, integrations: [Integration.weChat(props)] });
  }

  /** A receiver that is told in Webex. */
  public static webex(name: string, props: WebexProps): Receiver {
    return new Receiver({ name, integrations: [Integration.webex(props)] });
  }

  /** A receiver that is told in Discord. */
  public static discord(name: string, props: DiscordProps): Receiver {
    return new Receiver({ name, integrations: [Integration.discord(props)] });
  }

  /** A receiver that is told by what Alertmanager knows and this library does not; `kind` is the name of its list. */
  public static custom(name: string, kind: string, props: CustomProps = {}): Receiver {
    return new Receiver({ name, integrations: [Integration.custom(kind, props)] });
  }

  /** Name of the receiver. */
  public readonly name: string;

  private readonly _integrations: Integration[];

  /** Throws on an empty name. */
  constructor(props: ReceiverProps) {
    checkNotEmpty(props.name, 'Receiver: name', 'name it after who is told');
    this.name = props.name;
    this._integrations = [...props.integrations ?? []];
  }

  /** The ways in which it is told. */
  public get integrations(): Integration[] {
    return [...this._integrations];
  }

  /** @internal */
  public _render(): DataMap {
    const lists: { [kind: string]: Data[] } = {};
    for (const integration of this._integrations) {
      (lists[integration.kind] ??= []).push(integration._definition.settings);
    }
    return { name: this.name, ...lists };
  }
}

const NOBODY = new Receiver({ name: 'null' });
