import { Duration } from 'cdk8s';
import { SecretKey } from '../../../kubernetes/secret-key';
import { checkLimit } from '../../../checks';
import { checkOneOf, defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { goDuration } from '../../../units';
import { Leaf, verbatim } from '../../../wire/data';

/**
 * Alerts for an alert source of incident.io. Needs Alertmanager v0.29.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#incidentio_config
 */
export interface IncidentIoProps extends HttpNotifierProps {
  /**
   * URL of the alert source.
   * @default - `urlFrom`
   */
  readonly url?: string;

  /**
   * URL of the alert source, from a Secret.
   * @default - `url`
   */
  readonly urlFrom?: SecretKey;

  /**
   * Token of the alert source.
   * @default - `authorization` of `httpConfig`
   */
  readonly alertSourceToken?: SecretKey;

  /**
   * Number of alerts in one message, beyond which further ones are left out; 0 is no limit.
   * @default 0
   */
  readonly maxAlerts?: number;

  /**
   * Time after which a request is given up.
   * @default - as long as the group interval
   */
  readonly timeout?: Duration;

  /**
   * Metadata of the alerts; the values are templates. Needs Alertmanager v0.35.
   * @default - none
   */
  readonly metadata?: { readonly [name: string]: string };
}

/** Throws unless there is one URL, and one way to say who sends. */
export function incidentIo(props: IncidentIoProps): IntegrationDefinition {
  const where = 'Integration.incidentIo';
  const { url, urlFrom, alertSourceToken, maxAlerts, httpConfig } = props;
  checkOneOf(where, { url, urlFrom }, 'the URL of the alert source');
  checkOneOf(where, { alertSourceToken, 'httpConfig.authorization': httpConfig?.authorization }, 'the token of the alert source');
  checkTemplatedUrl(url, `${where}: url`);
  checkLimit(maxAlerts, `${where}: maxAlerts`);
  return defineHttp(where, props, {
    kind: 'incidentio_configs',
    readAtStart: alertSourceToken === undefined ? [] : [alertSourceToken],
    settings: {
      url: Leaf.secret(urlFrom) ?? url,
      alertSourceToken: Leaf.secret(alertSourceToken),
      maxAlerts,
      timeout: goDuration(props.timeout),
      metadata: verbatim({ ...props.metadata }),
    },
  });
}
