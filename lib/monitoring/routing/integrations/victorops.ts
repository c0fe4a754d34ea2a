import { SecretKey } from '../../../kubernetes/secret-key';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { checkNotEmpty } from '../../../checks';

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
   * What the incident is about.
   * @default - the alerts with annotations and labels
   */
  readonly stateMessage?: string;

  /**
   * The incident in one line.
   * @default - status, number and common labels of the alerts
   */
  readonly entityDisplayName?: string;

  /**
   * Who reports.
   * @default - Alertmanager
   */
  readonly monitoringTool?: string;

  /**
   * Further fields by name.
   * @default - none
   */
  readonly customFields?: { readonly [name: string]: string };
}

const RESERVED = ['routing_key', 'message_type', 'state_message', 'entity_display_name', 'monitoring_tool', 'entity_id', 'entity_state'];

/** Throws on an empty routing key and on custom fields that VictorOps has itself. */
export function victorOps(props: VictorOpsProps): IntegrationDefinition {
  const where = 'victorops';
  checkNotEmpty(props.routingKey, `${where}: routingKey`, 'name the route in VictorOps');
  checkTemplatedUrl(props.apiUrl, `${where}: apiUrl`);
  const reserved = Object.keys(props.customFields ?? {}).find((name) => RESERVED.includes(name));
  if (reserved !== undefined) {
    throw new Error(`${where}: customFields has '${reserved}', which VictorOps has itself; use the prop of that name, or another name`);
  }
  return defineHttp(where, props, {
    kind: 'victorops_configs',
    needs: [{
      settings: ['api_key_file'],
      globals: ['victorops_api_key_file'],
      wayOut: "give 'apiKey', or 'victorOpsApiKey' in the routing's 'global'",
    }],
    settings: {
      api_key_file: props.apiKey,
      api_url: props.apiUrl,
      routing_key: props.routingKey,
      message_type: props.messageType,
      state_message: props.stateMessage,
      entity_display_name: props.entityDisplayName,
      monitoring_tool: props.monitoringTool,
      custom_fields: props.customFields && { ...props.customFields },
    },
  });
}
