import { SigV4 } from '../../http/sigv4';
import { checkOneOf, defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl, isTemplated } from '../template';
import { verbatim } from '../../../wire/data';

/**
 * A message by Amazon SNS, to exactly one of a topic, a device and a phone number.
 *
 * Alertmanager reads an access key from its configuration alone, which a manifest would show: the credentials are those of the Pod (a role of its
 * service account, or of the node), or of a profile. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#sns_config
 */
export interface SnsProps extends HttpNotifierProps {
  /**
   * ARN of the topic.
   * @default - `targetArn` or `phoneNumber`
   */
  readonly topicArn?: string;

  /**
   * ARN of a mobile device's endpoint.
   * @default - `topicArn` or `phoneNumber`
   */
  readonly targetArn?: string;

  /**
   * Phone number in E.164 form, `+491701234567`.
   * @default - `topicArn` or `targetArn`
   */
  readonly phoneNumber?: string;

  /**
   * Signature of the requests, by the credentials of the Pod or by a profile. Alertmanager reads one file with profiles, so all SNS receivers of a
   * routing share it. Throws on an access key.
   * @default - the region and the credentials of the Pod's environment
   */
  readonly sigv4?: SigV4;

  /**
   * URL of the API.
   * @default - that of the region
   */
  readonly apiUrl?: string;

  /**
   * Subject of emails.
   * @default - status, number and common labels of the alerts
   */
  readonly subject?: string;

  /**
   * Text.
   * @default - the alerts with annotations and labels
   */
  readonly message?: string;

  /**
   * Attributes of the message.
   * @default - none
   */
  readonly attributes?: { readonly [name: string]: string };

  /**
   * Send requests by the AWS SDK's HTTP client, which can use a CA bundle of its shared configuration. Needs Alertmanager v0.33.
   * @default false
   */
  readonly useAwsHttpClient?: boolean;
}

/** Throws unless there is exactly one addressee. */
export function sns(props: SnsProps): IntegrationDefinition {
  const where = 'Integration.sns';
  checkOneOf(where, { topicArn: props.topicArn, targetArn: props.targetArn, phoneNumber: props.phoneNumber }, 'the addressee of the message');
  checkTemplatedUrl(props.apiUrl, `${where}: apiUrl`);
  if (props.phoneNumber !== undefined && !isTemplated(props.phoneNumber) && !/^\+[1-9]\d{1,14}$/.test(props.phoneNumber)) {
    throw new Error(`${where}: phoneNumber: '${props.phoneNumber}' is not in E.164 form; write it as '+491701234567'`);
  }
  const { sigv4 } = props;
  if (sigv4?._hasAccessKey) {
    throw new Error(`${where}: 'sigv4' has an access key, which Alertmanager reads from its configuration alone; use SigV4.podIdentity(), or SigV4.profile() with a file`);
  }
  const { useFipsstsEndpoint: useFipsStsEndpoint, ...signature } = sigv4?._settings() ?? {};
  const [credentialsFile] = sigv4?._files() ?? [];
  return defineHttp(where, props, {
    kind: 'sns_configs',
    environment: credentialsFile && { AWS_SHARED_CREDENTIALS_FILE: credentialsFile },
    settings: {
      topicArn: props.topicArn,
      targetArn: props.targetArn,
      phoneNumber: props.phoneNumber,
      apiUrl: props.apiUrl,
      sigv4: { ...signature, useFipsStsEndpoint },
      subject: props.subject,
      message: props.message,
      attributes: verbatim({ ...props.attributes }),
      useAwsHttpClient: props.useAwsHttpClient,
    },
  });
}
