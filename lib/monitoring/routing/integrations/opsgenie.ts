import { SecretKey } from '../../../kubernetes/secret-key';
import { checkOneOf, defineHttp, IntegrationDefinition } from '../integration-definition';
import { IntegrationNeed, needOfSecret } from '../integration-need';
import { HttpNotifierProps } from '../notifier-props';
import { checkMessageTemplate, checkTemplatedUrl, isTemplated } from '../template';
import { Leaf, verbatim } from '../../../wire/data';
import { checkArguments } from '../../../arguments';

/** Priority of an Opsgenie alert. */
export class OpsgeniePriority {
  /** Critical. */
  public static readonly P1 = new OpsgeniePriority('P1');
  /** High. */
  public static readonly P2 = new OpsgeniePriority('P2');
  /** Moderate. */
  public static readonly P3 = new OpsgeniePriority('P3');
  /** Low. */
  public static readonly P4 = new OpsgeniePriority('P4');
  /** Informational. */
  public static readonly P5 = new OpsgeniePriority('P5');

  /** Priority as a template: `{{ if eq .CommonLabels.severity "critical" }}P1{{ else }}P3{{ end }}`. Throws on other text. */
  public static of(template: string): OpsgeniePriority {
    checkArguments('OpsgeniePriority.of', { template });
    if (!isTemplated(template) && !/^P[1-5]$/.test(template)) {
      throw new Error(`OpsgeniePriority.of: '${template}' is not a priority; write 'P1' to 'P5', or a template that yields one`);
    }
    checkMessageTemplate(template, 'OpsgeniePriority.of');
    return new OpsgeniePriority(template);
  }

  private constructor(
    /** The priority, or the template that yields it. */
    public readonly value: string,
  ) {}
}

/** Kind of a responder. */
export class OpsgenieResponderType {
  /** A team. */
  public static readonly TEAM = new OpsgenieResponderType('team');
  /** Several teams, separated by commas. */
  public static readonly TEAMS = new OpsgenieResponderType('teams');
  /** A user. */
  public static readonly USER = new OpsgenieResponderType('user');
  /** An escalation. */
  public static readonly ESCALATION = new OpsgenieResponderType('escalation');
  /** A schedule. */
  public static readonly SCHEDULE = new OpsgenieResponderType('schedule');

  /** Kind as a template: `{{ if eq .CommonLabels.team "" }}schedule{{ else }}team{{ end }}`. Throws on other text. */
  public static of(template: string): OpsgenieResponderType {
    checkArguments('OpsgenieResponderType.of', { template });
    if (!isTemplated(template) && !RESPONDER_TYPES.includes(template)) {
      throw new Error(`OpsgenieResponderType.of: '${template}' is not a kind of responder; write 'team', 'teams', 'user', 'escalation' or 'schedule', or a template that yields one`);
    }
    checkMessageTemplate(template, 'OpsgenieResponderType.of');
    return new OpsgenieResponderType(template);
  }

  private constructor(
    /** The kind, or the template that yields it. */
    public readonly value: string,
  ) {}
}

const RESPONDER_TYPES = ['team', 'teams', 'user', 'escalation', 'schedule'];

/** Responder of an alert, by exactly one of name, id and user name. */
export interface OpsgenieResponder {
  /** Kind of the responder. */
  readonly type: OpsgenieResponderType;

  /**
   * Its name, a template.
   * @default - `id` or `username`
   */
  readonly name?: string;

  /**
   * Its id, a template.
   * @default - `name` or `username`
   */
  readonly id?: string;

  /**
   * The name of a user, a template.
   * @default - `name` or `id`
   */
  readonly username?: string;
}

/**
 * An alert in Opsgenie. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#opsgenie_config
 */
export interface OpsgenieProps extends HttpNotifierProps {
  /**
   * Key of the API integration.
   * @default - that of the global settings
   */
  readonly apiKey?: SecretKey;

  /**
   * URL of the API.
   * @default - Opsgenie's, or that of the global settings
   */
  readonly apiUrl?: string;

  /**
   * Title of the alert.
   * @default - status, number and common labels of the alerts
   */
  readonly message?: string;

  /**
   * Description of the alert.
   * @default - common annotations and labels of the alerts
   */
  readonly description?: string;

  /**
   * Source of the alert.
   * @default - the alerts in Alertmanager
   */
  readonly source?: string;

  /**
   * Details by name.
   * @default - the common labels
   */
  readonly details?: { readonly [name: string]: string };

  /**
   * Affected entity.
   * @default - none
   */
  readonly entity?: string;

  /**
   * Responders.
   * @default - those of Opsgenie's routing
   */
  readonly responders?: OpsgenieResponder[];

  /**
   * Actions that responders can take.
   * @default - none
   */
  readonly actions?: string[];

  /**
   * Tags.
   * @default - none
   */
  readonly tags?: string[];

  /**
   * Note.
   * @default - none
   */
  readonly note?: string;

  /**
   * Priority.
   * @default - P3, by Opsgenie
   */
  readonly priority?: OpsgeniePriority;

  /**
   * Update message and description of an existing alert.
   * @default false
   */
  readonly updateAlerts?: boolean;
}

/** What it must have, of its own or from the global settings. */
export const OPSGENIE_NEEDS: readonly IntegrationNeed[] = [needOfSecret("'apiKey'", "'opsgenieApiKey'", ['api_key'], ['opsgenie_api_key'])];

/** Throws on an invalid URL and on a responder without exactly one name. */
export function opsgenie(props: OpsgenieProps): IntegrationDefinition {
  const where = 'Integration.opsgenie';
  checkTemplatedUrl(props.apiUrl, `${where}: apiUrl`);
  for (const responder of props.responders ?? []) {
    checkOneOf(`${where}: a responder`, { name: responder.name, id: responder.id, username: responder.username }, `the name of the ${responder.type.value}`);
  }
  return defineHttp(where, props, {
    kind: 'opsgenie_configs',
    settings: {
      apiKey: Leaf.secret(props.apiKey),
      apiUrl: props.apiUrl,
      message: props.message,
      description: props.description,
      source: props.source,
      details: verbatim({ ...props.details }),
      entity: props.entity,
      responders: props.responders?.map((responder) => ({
        id: responder.id, name: responder.name, username: responder.username, type: responder.type.value,
      })),
      actions: props.actions?.join(','),
      tags: props.tags?.join(','),
      note: props.note,
      priority: props.priority?.value,
      updateAlerts: props.updateAlerts,
    },
  });
}
