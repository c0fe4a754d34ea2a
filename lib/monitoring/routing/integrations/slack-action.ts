import { checkOneOf } from '../integration-definition';
import { checkTemplatedUrl } from '../template';
import { checkNotEmpty } from '../../../checks';
import { WireMap } from '../../../wire/data';

/** Confirmation before a button takes effect. */
export interface SlackConfirmation {
  /** Question. */
  readonly text: string;

  /**
   * Heading of the question.
   * @default - Slack's
   */
  readonly title?: string;

  /**
   * Text of the button that confirms.
   * @default - Slack's
   */
  readonly okText?: string;

  /**
   * Text of the button that cancels.
   * @default - Slack's
   */
  readonly dismissText?: string;
}

/**
 * A button below a Slack message: it opens a `url`, or calls the app by a `name`.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#action_config
 */
export interface SlackAction {
  /** Text of the button, a template. */
  readonly text: string;

  /**
   * URL that the button opens.
   * @default - `name`
   */
  readonly url?: string;

  /**
   * Name by which the app is called.
   * @default - `url`
   */
  readonly name?: string;

  /**
   * Value that the app is sent.
   * @default - none
   */
  readonly value?: string;

  /**
   * Kind of the action.
   * @default button
   */
  readonly type?: string;

  /**
   * Style of the button: `primary` or `danger`.
   * @default - plain
   */
  readonly style?: string;

  /**
   * Question before the app is called.
   * @default - none
   */
  readonly confirm?: SlackConfirmation;
}

/** The `actions` of the settings; throws on a button without text or with other than one of `url` and `name`. */
export function renderActions(actions: readonly SlackAction[] | undefined, where: string): WireMap[] | undefined {
  return actions?.map((action) => {
    checkNotEmpty(action.text, `${where}: 'text' of an action`, 'say what is on the button');
    checkOneOf(`${where}: action '${action.text}'`, { url: action.url, name: action.name }, 'what the button does');
    checkTemplatedUrl(action.url, `${where}: url of action '${action.text}'`);
    if (action.confirm !== undefined) {
      checkNotEmpty(action.confirm.text, `${where}: 'confirm.text' of action '${action.text}'`, 'write the question');
    }
    return {
      type: action.type ?? 'button',
      text: action.text,
      url: action.url,
      style: action.style,
      name: action.name,
      value: action.value,
      confirm: action.confirm && {
        text: action.confirm.text,
        title: action.confirm.title,
        okText: action.confirm.okText,
        dismissText: action.confirm.dismissText,
      },
    };
  });
}
