import { checkArguments } from '../../arguments';

/**
 * Severity of an alert: the value of its label `severity`, which routes and inhibitions match.
 * @see https://prometheus.io/docs/practices/alerting/
 */
export class Severity {
  /** Somebody has to act now. */
  public static readonly CRITICAL = new Severity('critical');

  /** Somebody has to act in working hours. */
  public static readonly WARNING = new Severity('warning');

  /** Context for other alerts; not sent while nothing else fires. */
  public static readonly INFO = new Severity('info');

  /** Not meant for people: a heartbeat or the source of an inhibition. */
  public static readonly NONE = new Severity('none');

  /** Severity of a rule without the label. @internal */
  public static readonly _UNSET = new Severity('');

  /**
   * A severity of your own, for example `Severity.of('page')`. Throws when the value is empty.
   * @param value the value of the label `severity`
   */
  public static of(value: string): Severity {
    checkArguments('Severity.of', { value });
    if (value.trim() === '' || value !== value.trim()) {
      throw new Error(`Severity.of: '${value}' is not a word; give one such as 'page'`);
    }
    return new Severity(value);
  }

  /** The severity of a rule file, which may be any text, or none. @internal */
  public static _read(value: string): Severity {
    return new Severity(value);
  }

  /** The value of the label `severity`. */
  public readonly value: string;

  private constructor(value: string) {
    this.value = value;
  }
}
