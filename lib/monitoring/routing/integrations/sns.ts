import { SecretKey } from '../../../kubernetes/secret-key';
import { checkOneOf, defineHttp, IntegrationDefinition } from '../integration-definition';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl, isTemplated } from '../template';
import { verbatim } from '../../../wire/data';

/**
 * A message by Amazon SNS, to exactly one of a topic, a device and a phone number.
 *
 * Alertmanager reads static keys from the configuration alone, so they are not supported: the credentials come from the default chain (a
 * role of the service account or of the node), or from `credentialsFile`. All texts are templates.
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
   * Region.
   * @default - that of the default chain
   */
  readonly region?: string;

  /**
   * File in the form of `~/.aws/credentials`. Alertmanager reads one such file, so all SNS receivers of a routing share it; give each its
   * `profile`.
   * @default - the default chain
   */
  readonly credentialsFile?: SecretKey;

  /**
   * Profile of the credentials file.
   * @default - default
   */
  readonly profile?: string;

  /**
   * ARN of the role to assume.
   * @default - none
   */
  readonly roleArn?: string;

  /**
   * External id for assuming the role; goes with `roleArn`.
   * @default - none
   */
  readonly externalId?: string;

  /**
   * Assume the role at the FIPS endpoint.
   * @default false
   */
  readonly useFipsStsEndpoint?: boolean;

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

function checkArn(arn: string | undefined, where: string): void {
  if (arn !== undefined && !isTemplated(arn) && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(arn)) {
    throw new Error(`${where}: '${arn}' is not an ARN; write it as 'arn:aws:sns:eu-central-1:123456789012:alerts'`);
  }
}

/** Throws unless there is exactly one addressee, and on invalid ARNs. */
export function sns(props: SnsProps): IntegrationDefinition {
  const where = 'Integration.sns';
  checkOneOf(where, { topicArn: props.topicArn, targetArn: props.targetArn, phoneNumber: props.phoneNumber }, 'the addressee of the message');
  checkArn(props.topicArn, `${where}: topicArn`);
  checkArn(props.targetArn, `${where}: targetArn`);
  checkArn(props.roleArn, `${where}: roleArn`);
  checkTemplatedUrl(props.apiUrl, `${where}: apiUrl`);
  if (props.phoneNumber !== undefined && !isTemplated(props.phoneNumber) && !/^\+[1-9]\d{1,14}$/.test(props.phoneNumber)) {
    throw new Error(`${where}: phoneNumber: '${props.phoneNumber}' is not in E.164 form; write it as '+491701234567'`);
  }
  if (props.externalId !== undefined && props.roleArn === undefined) {
    throw new Error(`${where}: externalId: '${props.externalId}' is given without 'roleArn'; name the role to assume`);
  }
  return defineHttp(where, props, {
    kind: 'sns_configs',
    environment: props.credentialsFile && { AWS_SHARED_CREDENTIALS_FILE: props.credentialsFile },
    settings: {
      topicArn: props.topicArn,
      targetArn: props.targetArn,
      phoneNumber: props.phoneNumber,
      apiUrl: props.apiUrl,
      sigv4: {
        region: props.region,
        profile: props.profile,
        roleArn: props.roleArn,
        externalId: props.externalId,
        useFipsStsEndpoint: props.useFipsStsEndpoint,
      },
      subject: props.subject,
      message: props.message,
      attributes: verbatim({ ...props.attributes }),
      useAwsHttpClient: props.useAwsHttpClient,
    },
  });
}
