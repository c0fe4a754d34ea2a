import { define, IntegrationDefinition } from '../integration-definition';
import { IntegrationNeed, need } from '../integration-need';
import { NotifierProps } from '../notifier-props';
import { renderSmtp, SmtpSettings } from '../smtp-settings';
import { isTemplated } from '../template';
import { checkHeaders, checkNotEmpty } from '../../../checks';
import { verbatim } from '../../../wire/data';

/** Threads of the mails about one group of alerts. */
export enum EmailThreading {
  /** One thread for each group of alerts. */
  GROUP = 'none',
  /** One thread for each group of alerts and day. */
  DAILY = 'daily',
}

/**
 * An email. `smtp` is required unless the routing's global settings have it. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#email_config
 */
export interface EmailProps extends NotifierProps {
  /** Recipients, all of one mail. */
  readonly to: string[];

  /**
   * Server and sender; missing settings come from the global ones.
   * @default - the global settings
   */
  readonly smtp?: SmtpSettings;

  /**
   * Headers of the mail, such as `Subject`.
   * @default - Alertmanager's Subject, To and From
   */
  readonly headers?: { readonly [name: string]: string };

  /**
   * Body as HTML.
   * @default - Alertmanager's own
   */
  readonly html?: string;

  /**
   * Body as plain text.
   * @default - none
   */
  readonly text?: string;

  /**
   * Group the mails about one group of alerts into threads. Needs Alertmanager v0.30.
   * @default - no threads
   */
  readonly threading?: EmailThreading;
}

/** What it must have, of its own or from the global settings. */
export const EMAIL_NEEDS: readonly IntegrationNeed[] = [
  need("'smtp.smarthost'", "'smtp'", ['smarthost'], ['smtp_smarthost']),
  need("'smtp.from'", "'smtp'", ['from'], ['smtp_from']),
];

/** Throws without an address, and on invalid addresses, SMTP settings and headers. */
export function email(props: EmailProps): IntegrationDefinition {
  const where = 'Integration.email';
  if (props.to.length === 0) {
    throw new Error(`${where}: 'to' is empty; name the address to send to`);
  }
  for (const address of props.to) {
    checkNotEmpty(address, `${where}: an address in 'to'`, 'leave it out');
    if (!isTemplated(address) && !/^[^@]*[^@\s<>]@[^@\s<>]+>?$/.test(address)) {
      throw new Error(`${where}: to: '${address}' is not a mail address; write it as 'team@example.org'`);
    }
  }
  const names = Object.keys(props.headers ?? {});
  checkHeaders(names, `${where}: headers`);
  const threaded = names.find((name) => ['references', 'in-reply-to'].includes(name.toLowerCase()));
  if (props.threading !== undefined && threaded !== undefined) {
    throw new Error(`${where}: got 'threading' and a header '${threaded}', which sets the thread, too; keep one of them`);
  }
  return define(where, props, {
    kind: 'email_configs',
    settings: {
      to: props.to.join(', '),
      ...renderSmtp(props.smtp, `${where}: smtp`),
      headers: verbatim({ ...props.headers }),
      html: props.html,
      text: props.text,
      threading: props.threading && { enabled: true, threadByDate: props.threading },
    },
  });
}
