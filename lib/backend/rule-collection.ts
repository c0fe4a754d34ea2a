import { Construct } from 'constructs';
import { RulesOfJobs } from './dropped-metrics';
import { RuleEdit, RuleGroup, RuleSet, ScrapeJob } from '../monitoring';
import { RuleSetData } from '../monitoring/rules/rule-set';

/** Size of a file above which it is split: client-side apply copies an object into an annotation of at most 256 KiB. */
const FILE_BYTES = 150_000;
/** Size of a group, which cannot be split, above which its object would be too large. */
const GROUP_BYTES = 200_000;

/** The rules of a Prometheus: an object for each thing whose rules they are, made when the thing is added. */
export abstract class RuleCollection extends Construct {
  private readonly sets: RulesOfJobs[] = [];
  private readonly files = new Set<string>();
  private readonly groupNames = new Set<string>();
  private readonly edits: RuleEdit[] = [];

  /** @param implied edits that follow from what the Prometheus turns out to have; asked for when the rules are written */
  constructor(scope: Construct, id: string, private readonly implied: () => RuleEdit[]) {
    super(scope, id);
  }

  /** Everything that is evaluated, before the edits. */
  public get ruleSets(): RuleSet[] {
    return this.sets.map(({ rules }) => rules);
  }

  /** Everything that is evaluated, after the edits, with the jobs of the thing that brought it. */
  public get adjusted(): RulesOfJobs[] {
    return this.sets.map(({ rules, jobs }) => ({ rules: rules.adjusted(this.edits), jobs }));
  }

  /** All edits. */
  public get ruleEdits(): RuleEdit[] {
    return [...this.edits];
  }

  public edit(...edits: RuleEdit[]): void {
    this.edits.push(...edits);
  }

  /** Throws when a group of the same name is there. */
  public add(origin: string, rules: RuleSet, jobs: readonly ScrapeJob[] = []): void {
    const where = `${this.node.scope?.node.path}`;
    rules.groups.forEach((group) => {
      if (this.groupNames.has(group.name)) {
        throw new Error(`${where}: there is a rule group '${group.name}' already; give the group of '${origin}' another name`);
      }
      this.groupNames.add(group.name);
    });
    const parts = split(where, rules.groups);
    parts.forEach((groups, i) => this.addFile(parts.length === 1 ? slug(origin) : `${slug(origin)}-${i + 1}`, RuleSet.of(...groups), jobs));
  }

  /** Makes the object of a file, whose content is asked for when it is written. */
  protected abstract make(file: string, data: () => RuleSetData): void;

  private addFile(file: string, rules: RuleSet, jobs: readonly ScrapeJob[]): void {
    if (this.files.has(file)) {
      throw new Error(`${this.node.scope?.node.path}: rules of '${file}' are there already; give one of the two another name`);
    }
    this.sets.push({ rules, jobs });
    this.files.add(file);
    this.make(file, () => rules.adjusted([...this.edits, ...this.implied()])._toData());
  }
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'rules';
}

function split(where: string, groups: readonly RuleGroup[]): RuleGroup[][] {
  const parts: RuleGroup[][] = [];
  let size = 0;
  groups.forEach((group) => {
    // As JSON, which is quick to write, and a third more for indentation.
    const bytes = Buffer.byteLength(JSON.stringify(group._toData())) * 1.34;
    if (bytes > GROUP_BYTES) {
      throw new Error(`${where}: rule group '${group.name}' takes ${Math.ceil(bytes / 1000)} kB, and an object holds at most 200 kB of rules; split the group`);
    }
    if (parts.length === 0 || size + bytes > FILE_BYTES) {
      parts.push([]);
      size = 0;
    }
    parts[parts.length - 1].push(group);
    size += bytes;
  });
  return parts;
}
