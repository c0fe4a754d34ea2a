/**
 * How urgent an alert is: the value of its label `severity`, by which routes and inhibitions tell alerts apart.
 * @see https://prometheus.io/docs/practices/alerting/
 */
export class Severity {
  /** Somebody has to act now. */
  public static readonly CRITICAL = new Severity('critical');

  /** Somebody has to act in working hours. */
  public static readonly WARNING = new Severity('warning');

  /** Of use to whoever investigates something else; not sent while nothing else fires. */
  public static readonly INFO = new Severity('info');

  /** Not meant for people: a heartbeat or the source of an inhibition. */
  public static readonly NONE = new Severity('none');

  /** What a rule without the label has. @internal */
  public static readonly _UNSET = new Severity('');

  /**
   * A severity of your own, for example `Severity.of('page')`. Throws when the value is empty.
   * @param value the value of the label `severity`
   */
  public static of(value: string): Severity {
    if (value.trim() === '' || value !== value.trim()) {
      throw new Error(`severity '${value}' is not a word; give one such as 'page'`);
    }
    return new Severity(value);
  }

  /** The value of the label `severity`. */
  public readonly value: string;

  private constructor(value: string) {
    this.value = value;
  }
}
