import { define, IntegrationDefinition } from '../integration-definition';
import { NotifierProps } from '../notifier-props';
import { renderSmtp, SmtpSettings } from '../smtp-settings';
import { isTemplated } from '../template';
import { checkHeaders, checkNotEmpty } from '../../../checks';
import { verbatim } from '../../../wire/data';

/** How mails about one group of alerts hang together. */
export enum EmailThreading {
  /** One thread for a group of alerts. */
  GROUP = 'none',
  /** One thread for a group of alerts and a day. */
  DAILY = 'daily',
}

/**
 * A mail. `smtp` is needed unless the routing's global settings have it. All texts are templates.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#email_config
 */
export interface EmailProps extends NotifierProps {
  /** The addresses to send to, all in one mail. */
  readonly to: string[];

  /**
   * The server and the sender; what is not given comes from the global settings.
   * @default - the global settings
   */
  readonly smtp?: SmtpSettings;

  /**
   * Headers of the mail, such as `Subject`.
   * @default - Alertmanager's Subject, To and From
   */
  readonly headers?: { readonly [name: string]: string };

  /**
   * The mail as HTML.
   * @default - Alertmanager's own
   */
  readonly html?: string;

  /**
   * The mail as plain text.
   * @default - none
   */
  readonly text?: string;

  /**
   * Put the mails about one group of alerts into a thread. Needs Alertmanager v0.30.
   * @default - each mail stands alone
   */
  readonly threading?: EmailThreading;
}

/** Throws without an address, on what is no address, on bad SMTP settings and on headers that clash. */
export function email(props: EmailProps): IntegrationDefinition {
  const where = 'email';
  if (props.to.length === 0) {
    throw new Error(`${where}: to is empty; name the address to send to`);
  }
  for (const address of props.to) {
    checkNotEmpty(address, `${where}: an address in to`, 'leave it out');
    if (!isTemplated(address) && !/^[^@]*[^@\s<>]@[^@\s<>]+>?$/.test(address)) {
      throw new Error(`${where}: to '${address}' is not a mail address; write it as 'team@example.org'`);
    }
  }
  const names = Object.keys(props.headers ?? {});
  checkHeaders(names, `${where}: headers`);
  const threaded = names.find((name) => ['references', 'in-reply-to'].includes(name.toLowerCase()));
  if (props.threading !== undefined && threaded !== undefined) {
    throw new Error(`${where}: got 'threading' and a header '${threaded}', which threads the mails itself; keep one of them`);
  }
  return define(where, props, {
    kind: 'email_configs',
    needs: [
      { settings: ['smarthost'], globals: ['smtpSmarthost'], wayOut: "give 'smtp.smarthost', or 'smtp' in the routing's 'global'" },
      { settings: ['from'], globals: ['smtpFrom'], wayOut: "give 'smtp.from', or 'smtp' in the routing's 'global'" },
    ],
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
