import { SecretKey } from '../../../kubernetes/secret-key';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
import { Leaf } from '../../../wire/data';

/**
 * A message in Microsoft Teams by a workflow's webhook (connectors have been retired). Needs Alertmanager v0.28. All texts
 * are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#msteamsv2_config
 */
export interface MicrosoftTeamsProps extends HttpNotifierProps {
  /** URL of the workflow's webhook; it is a secret. */
  readonly webhookUrl: SecretKey;

  /**
   * Heading.
   * @default - status, number and common labels of the alerts
   */
  readonly title?: string;

  /**
   * Text.
   * @default - the alerts with annotations and labels
   */
  readonly text?: string;
}

/** Throws on templates that are not closed. */
export function microsoftTeams(props: MicrosoftTeamsProps): IntegrationDefinition {
  return defineHttp('Integration.microsoftTeams', props, {
    kind: 'msteamsv2_configs',
    settings: { webhookUrl: Leaf.secret(props.webhookUrl), title: props.title, text: props.text },
  });
}
