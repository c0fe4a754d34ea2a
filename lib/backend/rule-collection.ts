import { namePart } from '../kubernetes/names';
import { IntervalOf } from './scrape-intervals';
import { RecordingRule, RecordingRules, Rule, RuleEdit, RuleGroup, RuleSet, Runbooks } from '../monitoring';
import { RuleSetData } from '../monitoring/rules/rule-set';
import { trustedGroup, withRunbook } from '../monitoring/rules/trusted';
import { withUsedRecords } from '../monitoring/rules/used-records';
import { withWindowsFor } from '../monitoring/rules/windows';

/** Size of a file above which it is split: client-side apply copies an object into an annotation of at most 256 KiB. */
const FILE_BYTES = 150_000;
/** Size of a group, which cannot be split, above which its object would be too large. */
const GROUP_BYTES = 200_000;

/** Places a file of rules of about as many bytes; its content is read when its object is rendered. */
export type PlaceRules = (file: string, data: () => RuleSetData, bytes: number) => void;

/** Rules of a Prometheus beyond those that are added. */
export interface RuleCollectionProps {
  /** Recording rules of the components that are evaluated. Those that are used if undefined. */
  readonly recordingRules?: RecordingRules;
  /** Runbooks of the alerts of the library. The project's if undefined. */
  readonly runbooks?: Runbooks;
  /** Edits that follow from the Prometheus as a whole, read when rules are rendered. */
  readonly impliedEdits?: () => RuleEdit[];
  /** Times between two scrapes, asked when rules are rendered. What the rules of the library are made for if undefined, or if it yields that. */
  readonly scrapeIntervals?: () => IntervalOf | undefined;
}

/** The rules of a Prometheus and their edits: a file for each thing that has rules, placed when the rules are added. */
export class RuleCollection {
  private readonly sets: RuleSet[] = [];
  /** Files with what they are made of. */
  private readonly files = new Map<string, string>();
  /** The rules of all groups, by the name of the group. */
  private readonly rulesOf = new Map<string, Rule[]>();
  private readonly edits: RuleEdit[] = [];
  /** The sets that are evaluated, until a set or an edit is added. */
  private evaluated?: RuleSet[];

  /** @param where the Prometheus, for messages */
  constructor(private readonly where: string, private readonly place: PlaceRules, private readonly props: RuleCollectionProps = {}) {}

  /** Everything that is there, before the edits and with the records that nothing uses. */
  public get ruleSets(): RuleSet[] {
    return [...this.sets];
  }

  /** Everything that is evaluated, after the edits. */
  public get adjusted(): RuleSet[] {
    if (this.evaluated === undefined) {
      const adjusted = this.sets.map((rules) => rules.adjusted(this.edits));
      this.evaluated = this.props.recordingRules === RecordingRules.COMMUNITY ? adjusted : withUsedRecords(adjusted);
    }
    return [...this.evaluated];
  }

  /** Names of the series that are recorded. */
  public get records(): string[] {
    return recordsOf(this.adjusted);
  }

  /** Names of series that are not recorded, because no rule uses them. */
  public get optionalRecords(): string[] {
    const { records } = this;
    return recordsOf(this.sets.map((rules) => rules.adjusted(this.edits))).filter((record) => !records.includes(record));
  }

  /** All edits but the implied ones. */
  public get ruleEdits(): RuleEdit[] {
    return [...this.edits];
  }

  public edit(...edits: RuleEdit[]): void {
    this.edits.push(...edits);
    this.evaluated = undefined;
  }

  /**
   * Throws when a group of the same name exists. Rule files may have groups of one name, as long as a rule is not in both; `mayRepeat` says that the
   * rules are those of a file, whose name is numbered then.
   */
  public add(origin: string, rules: RuleSet, mayRepeat: boolean = false): void {
    rules.groups.forEach((group) => {
      const before = this.rulesOf.get(group.name) ?? [];
      if (before.length > 0 && (!mayRepeat || haveOneInCommon(before, group.rules))) {
        throw new Error(`${this.where}: rule group '${group.name}' already exists; give the group of '${origin}' another name`);
      }
      this.rulesOf.set(group.name, [...before, ...group.rules]);
    });
    const parts = split(this.where, rules.groups);
    const name = mayRepeat ? this.freeName(namePart(origin)) : namePart(origin);
    parts.forEach((part, i) => this.addFile(origin, parts.length === 1 ? name : `${name}-${i + 1}`, part));
  }

  /** The name, with a number behind it where a file has it already. */
  private freeName(name: string): string {
    const isTaken = (candidate: string) => this.files.has(candidate) || this.files.has(`${candidate}-1`);
    const numbers = Array.from({ length: this.files.size + 1 }, (_, i) => `${name}-${i + 2}`);
    return [name, ...numbers].find((candidate) => !isTaken(candidate)) ?? name;
  }

  private addFile(origin: string, file: string, { groups, bytes }: RuleFilePart): void {
    const before = this.files.get(file);
    if (before !== undefined) {
      throw new Error(before === origin
        ? `${this.where}: rules of '${origin}' already exist; give one of the two another name`
        : `${this.where}: rules of '${before}' and of '${origin}' would both be called '${file}' in Kubernetes; give one of the two another name`);
    }
    const at = this.sets.push(RuleSet.of(...groups)) - 1;
    this.evaluated = undefined;
    this.files.set(file, origin);
    this.place(file, () => this.rendered(this.adjusted[at])._toData(), bytes);
  }

  private rendered(rules: RuleSet): RuleSet {
    const { impliedEdits, scrapeIntervals, runbooks } = this.props;
    const edited = rules.adjusted(impliedEdits?.() ?? []);
    const intervalOf = scrapeIntervals?.();
    const windowed = intervalOf === undefined ? edited : withWindowsFor(edited, intervalOf);
    return runbooks === undefined ? windowed : RuleSet.of(...windowed.groups.map((group) => (
      trustedGroup({ ...group._props(), rules: group.rules.map((rule) => withRunbook(rule, runbooks)) }))));
  }
}

function recordsOf(sets: readonly RuleSet[]): string[] {
  const rules = sets.flatMap((set) => set.groups).flatMap((group) => group.rules);
  return [...new Set(rules.flatMap((rule) => (rule instanceof RecordingRule ? rule.record : [])))];
}

function haveOneInCommon(some: readonly Rule[], others: readonly Rule[]): boolean {
  const written = (rule: Rule) => `${rule._identity()} ${rule.expr}`;
  const known = new Set(some.map(written));
  return others.some((rule) => known.has(written(rule)));
}

/** Groups of a file, and their size. */
interface RuleFilePart {
  readonly groups: RuleGroup[];
  bytes: number;
}

function split(where: string, groups: readonly RuleGroup[]): RuleFilePart[] {
  const parts: RuleFilePart[] = [];
  groups.forEach((group) => {
    // As JSON, which is quick to write, and a third more for indentation.
    const bytes = Buffer.byteLength(JSON.stringify(group._toData())) * 1.34;
    if (bytes > GROUP_BYTES) {
      throw new Error(`${where}: rule group '${group.name}' has ${Math.ceil(bytes / 1000)} kB, and an object holds at most 200 kB of rules; split the group`);
    }
    const last = parts.at(-1);
    if (last === undefined || last.bytes + bytes > FILE_BYTES) {
      parts.push({ groups: [group], bytes });
    } else {
      last.groups.push(group);
      last.bytes += bytes;
    }
  });
  return parts;
}
