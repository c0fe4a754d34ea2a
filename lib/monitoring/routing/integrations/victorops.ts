import { SecretKey } from '../../../kubernetes/secret-key';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { IntegrationNeed, needOfSecret } from '../integration-need';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { checkNotEmpty } from '../../../checks';
import { Leaf, verbatim } from '../../../wire/data';

/**
 * An incident in VictorOps (Splunk On-Call). All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#victorops_config
 */
export interface VictorOpsProps extends HttpNotifierProps {
  /** Name of the route in VictorOps; it is not a secret. */
  readonly routingKey: string;

  /**
   * Key of the API.
   * @default - that of the global settings
   */
  readonly apiKey?: SecretKey;

  /**
   * URL of the API.
   * @default - VictorOps', or that of the global settings
   */
  readonly apiUrl?: string;

  /**
   * `CRITICAL`, `WARNING` or `INFO`.
   * @default CRITICAL
   */
  readonly messageType?: string;

  /**
   * Description of the incident.
   * @default - the alerts with annotations and labels
   */
  readonly stateMessage?: string;

  /**
   * Title of the incident.
   * @default - status, number and common labels of the alerts
   */
  readonly entityDisplayName?: string;

  /**
   * Name of the reporting tool.
   * @default - Alertmanager
   */
  readonly monitoringTool?: string;

  /**
   * Additional fields by name.
   * @default - none
   */
  readonly customFields?: { readonly [name: string]: string };
}

const RESERVED = ['routing_key', 'message_type', 'state_message', 'entity_display_name', 'monitoring_tool', 'entity_id', 'entity_state'];

/** What it must have, of its own or from the global settings. */
export const VICTOROPS_NEEDS: readonly IntegrationNeed[] = [needOfSecret("'apiKey'", "'victorOpsApiKey'", ['api_key'], ['victorops_api_key'])];

/** Throws on an empty routing key and on custom fields that are VictorOps' own. */
export function victorOps(props: VictorOpsProps): IntegrationDefinition {
  const where = 'Integration.victorOps';
  checkNotEmpty(props.routingKey, `${where}: 'routingKey'`, 'name the route in VictorOps');
  checkTemplatedUrl(props.apiUrl, `${where}: apiUrl`);
  const reserved = Object.keys(props.customFields ?? {}).find((name) => RESERVED.includes(name));
  if (reserved !== undefined) {
    throw new Error(`${where}: 'customFields' has '${reserved}', which is VictorOps' own; use the prop of that name, or another name`);
  }
  return defineHttp(where, props, {
    kind: 'victorops_configs',
    settings: {
      apiKey: Leaf.secret(props.apiKey),
      apiUrl: props.apiUrl,
      routingKey: props.routingKey,
      messageType: props.messageType,
      stateMessage: props.stateMessage,
      entityDisplayName: props.entityDisplayName,
      monitoringTool: props.monitoringTool,
      customFields: verbatim({ ...props.customFields }),
    },
  });
}
