import { RuleEdit } from './rule-edit';
import { readRuleFile, readRuleText } from './rule-file';
import { RuleGroup, RuleGroupData } from './rule-group';
import { adjustedGroup } from './rule-edits';
import { checkArguments } from '../../arguments';

/** A rule file as plain data. @internal */
export interface RuleSetData {
  readonly groups: readonly RuleGroupData[];
}

/**
 * Rule groups that belong together: those of a component, or of one rule file. Immutable.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 */
export class RuleSet {
  /** A set without groups. */
  public static readonly EMPTY = new RuleSet([]);

  /**
   * A set of groups. Throws when two have the same name.
   * @param groups the groups, in the order in which they are written
   */
  public static of(...groups: RuleGroup[]): RuleSet {
    checkArguments('RuleSet.of', { groups });
    return new RuleSet(groups);
  }

  /**
   * The rules of a Prometheus rule file that exists already, or of all PrometheusRules in a file of manifests. What Prometheus loads is accepted:
   * severity, summary and description may be missing, groups without rules are left out. Expressions and templates are checked as if they were
   * written in code. What is odd becomes a note in the metadata of the Prometheus. Throws when the file cannot be read or is not a rule file.
   * @param path the path of a YAML file with `groups` or PrometheusRules, from the working directory
   */
  public static fromFile(path: string): RuleSet {
    checkArguments('RuleSet.fromFile', { path });
    const { groups, notes } = readRuleFile(path);
    return new RuleSet(groups, notes);
  }

  /**
   * The rules of the text of a Prometheus rule file, checked like `fromFile`. Throws when the text is not a rule file.
   * @param text YAML with `groups` or PrometheusRules
   */
  public static fromText(text: string): RuleSet {
    checkArguments('RuleSet.fromText', { text });
    const { groups, notes } = readRuleText(text, 'rule file');
    return new RuleSet(groups, notes);
  }

  private readonly members: readonly RuleGroup[];

  private constructor(groups: readonly RuleGroup[], private readonly fileNotes: readonly string[] = []) {
    const names = new Set<string>();
    for (const { name } of groups) {
      if (names.has(name)) {
        throw new Error(`rule set: group '${name}' exists twice; give one of them another name`);
      }
      names.add(name);
    }
    this.members = [...groups];
  }

  /** The groups in the order in which they are written. */
  public get groups(): RuleGroup[] {
    return [...this.members];
  }

  /** The names of the alerts, each once, sorted. */
  public get alertNames(): string[] {
    const names = this.members.flatMap((group) => group._alertingRules().map((rule) => rule.alert));
    return [...new Set(names)].sort();
  }

  /**
   * A set with the groups of this one and of others. Throws when two groups have the same name.
   * @param others the sets whose groups follow
   */
  public merged(...others: RuleSet[]): RuleSet {
    checkArguments('RuleSet.merged', { others });
    return new RuleSet(
      [...this.members, ...others.flatMap((other) => other.groups)],
      [...this.fileNotes, ...others.flatMap((other) => other.fileNotes)],
    );
  }

  /**
   * A copy with the edits applied in order. An edit whose alert is not in this set changes nothing here: a Prometheus, which has all
   * sets, says so when it is in none. A group that loses its last rule is left out.
   * @param edits what to change
   */
  public adjusted(edits: RuleEdit[]): RuleSet {
    checkArguments('RuleSet.adjusted', { edits });
    if (edits.length === 0) {
      return this;
    }
    return new RuleSet(this.members.map((group) => adjustedGroup(group, edits)).filter((group) => group.rules.length > 0), this.fileNotes);
  }

  /** What is odd in the files and groups, and Prometheus accepts. @internal */
  public get _notes(): string[] {
    return [...this.fileNotes, ...this.members.flatMap((group) => group._notes)];
  }

  /** The rule file as plain data. @internal */
  public _toData(): RuleSetData {
    return { groups: this.members.map((group) => group._toData()) };
  }

  /** The metrics that the expressions use, each once, sorted; found when asked. @internal */
  public _metrics(): string[] {
    const metrics = this.members.flatMap((group) => group.rules.flatMap((rule) => rule._metrics()));
    return [...new Set(metrics)].sort();
  }
}
