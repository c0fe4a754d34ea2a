import { Matcher } from './matcher';
import { checkLabelName, checkNotEmpty } from '../../checks';
import { WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/** Alerts that mute others while they fire. */
export interface InhibitionProps {
  /** Matchers of the alerts that mute, all of which have to match. */
  readonly source: Matcher[];

  /** Matchers of the alerts that are muted while a source fires, all of which have to match. */
  readonly target: Matcher[];

  /**
   * Labels that have to have the same value on both; a label that is missing on both counts as equal.
   * @default - any source mutes every target
   */
  readonly equal?: string[];

  /**
   * A name, shown by Alertmanager. Needs Alertmanager v0.30.
   * @default - none
   */
  readonly name?: string;
}

/**
 * Mutes alerts while others fire: a cluster that is down mutes what runs in it.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#inhibit_rule
 */
export class Inhibition {
  /**
   * Inhibitions that `AlertRouting` starts with: info alerts are notified only while something worse fires in their namespace (the rule
   * `InfoInhibitor` fires where nothing does), a critical alert mutes the same alert as warning and info, a warning mutes the same alert as info.
   */
  public static defaults(): Inhibition[] {
    const severity = (value: string) => Matcher.equal('severity', value);
    const same = ['namespace', 'alertname'];
    return [
      new Inhibition({ source: [Matcher.equal('alertname', 'InfoInhibitor')], target: [severity('info')], equal: ['namespace'] }),
      new Inhibition({ source: [severity('critical')], target: [Matcher.matches('severity', 'warning|info')], equal: same }),
      new Inhibition({ source: [severity('warning')], target: [severity('info')], equal: same }),
    ];
  }

  private readonly props: InhibitionProps;

  /** Throws without a source or a target matcher, and on an `equal` that is not a label name. */
  constructor(props: InhibitionProps) {
    checkArguments('Inhibition', { props });
    const where = props.name === undefined ? 'Inhibition' : `Inhibition '${props.name}'`;
    if (props.name !== undefined) {
      checkNotEmpty(props.name, `${where}: name`, 'leave it out, or say what mutes what');
    }
    if (props.source.length === 0) {
      throw new Error(`${where}: source has no matcher, so every alert would mute the targets; name the alerts that mute`);
    }
    if (props.target.length === 0) {
      throw new Error(`${where}: target has no matcher, so every alert would be muted; name the alerts to mute`);
    }
    props.equal?.forEach((label) => checkLabelName(label, `${where}: equal`));
    this.props = { ...props, source: [...props.source], target: [...props.target], equal: props.equal && [...props.equal] };
  }

  /** The matchers of the alerts that mute. */
  public get source(): Matcher[] {
    return [...this.props.source];
  }

  /** The matchers of the alerts that are muted. */
  public get target(): Matcher[] {
    return [...this.props.target];
  }

  /** The labels that have to be the same on both. */
  public get equal(): string[] {
    return [...this.props.equal ?? []];
  }

  /** @internal */
  public _wire(): WireMap {
    return {
      name: this.props.name,
      sourceMatchers: this.props.source.map(String),
      targetMatchers: this.props.target.map(String),
      equal: this.props.equal,
    };
  }
}
