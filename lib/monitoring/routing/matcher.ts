import { checkRegex, matchesAnchored } from '../../regex';
import { checkLabelName, isClassicLabelName } from '../../checks';
import { checkArguments } from '../../arguments';

/**
 * A condition on one label of an alert, whose name may be any text in UTF-8. A label that an alert lacks has the empty value. Regular expressions
 * are RE2 and anchored at both ends.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#matcher
 */
export class Matcher {
  /** The label has this value; the empty value also matches a missing label. */
  public static equal(label: string, value: string): Matcher {
    checkArguments('Matcher.equal', { label, value });
    return new Matcher(label, '=', value);
  }

  /** The label has another value, or is missing. */
  public static notEqual(label: string, value: string): Matcher {
    checkArguments('Matcher.notEqual', { label, value });
    return new Matcher(label, '!=', value);
  }

  /** The whole value matches a regular expression (RE2, so without look-around and back-references). */
  public static matches(label: string, regex: string): Matcher {
    checkArguments('Matcher.matches', { label, regex });
    return new Matcher(label, '=~', regex);
  }

  /** The whole value does not match a regular expression (RE2, so without look-around and back-references). */
  public static notMatches(label: string, regex: string): Matcher {
    checkArguments('Matcher.notMatches', { label, regex });
    return new Matcher(label, '!~', regex);
  }

  private constructor(
    /** Name of the label. */
    public readonly label: string,
    /** Operator: `=`, `!=`, `=~` or `!~`. */
    public readonly operator: string,
    /** The value or regular expression. */
    public readonly value: string,
  ) {
    checkLabelName(label, 'Matcher');
    if (operator.endsWith('~')) {
      checkRegex(value, `Matcher on label '${label}'`);
    }
  }

  /** The matcher as Alertmanager writes it: `severity="critical"`, with other characters in the name `"service.name"="cart"`. */
  public toString(): string {
    return `${this._name}${this.operator}${quoted(this.value)}`;
  }

  /** The name as it is written before the operator. @internal */
  public get _name(): string {
    return isClassicLabelName(this.label) ? this.label : quoted(this.label);
  }

  /** Whether the matcher names this value of the label and matches it. @internal */
  public _names(label: string, value: string): boolean {
    return this.label === label && !this.operator.startsWith('!') && this._matches(value);
  }

  /** Whether the matcher matches an alert whose label has this value. @internal */
  public _matches(value: string): boolean {
    const matches = this.operator.endsWith('~') ? matchesAnchored(this.value, value) : this.value === value;
    return matches !== this.operator.startsWith('!');
  }
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}
