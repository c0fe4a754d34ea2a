import { Duration } from 'cdk8s';
import { AlertingRule } from './alerting-rule';
import { RecordingRule } from './recording-rule';
import { Rule } from './rule';
import { checkRuleAnnotations, checkRuleLabels } from './rule-checks';
import { mapAt, RuleDocument, ruleDocuments } from './rule-document';
import { RuleGroup } from './rule-group';
import { Severity } from './severity';
import { isJsonMap, JsonMap } from '../../json';
import { didYouMean, quoteList } from '../../text';
import { readText } from '../../text-file';
import { parsePromDuration } from '../../units';

const GROUP_KEYS = ['name', 'interval', 'query_offset', 'limit', 'labels', 'rules'];
const ALERT_KEYS = ['alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];
const RECORD_KEYS = ['record', 'expr', 'labels'];
/** Keys that only one kind of rule has. */
const OTHER_KEYS = ['alert', 'record', 'for', 'keep_firing_for', 'annotations'];
/** A key of a group of a PrometheusRule that Thanos alone evaluates; the operator leaves it out for Prometheus. */
const THANOS_KEY = 'partial_response_strategy';

/** The groups of a rule file. */
export interface RuleFileContent {
  readonly groups: RuleGroup[];
  /** What is odd in it, and Prometheus loads. */
  readonly notes: string[];
}

/** An alert of a rule file: it may lack severity, summary and description, and its name may be any text. */
class FileAlertingRule extends AlertingRule {
  protected override _check(): void {
    checkRuleLabels(this._title(), this.labels);
    checkRuleAnnotations(this._title(), this.annotations);
    this._checkContent();
  }
}

/** The groups of the rule file at `path`. Throws with the path when it cannot be read or is not a rule file. */
export function readRuleFile(path: string): RuleFileContent {
  const where = `rule file '${path}'`;
  return readRuleText(readText(path, where), where);
}

/** The groups of the text of a rule file, or of the PrometheusRules among manifests. */
export function readRuleText(content: string, where: string): RuleFileContent {
  const notes: string[] = [];
  const groups = ruleDocuments(content, where).flatMap((document) => new RuleFileReader(document, notes).groups());
  return { groups, notes };
}

/** Reads rules as Prometheus does: what it loads becomes a group, with a note where it is odd. */
class RuleFileReader {
  constructor(private readonly document: RuleDocument, private readonly notes: string[]) {}

  public groups(): RuleGroup[] {
    const { where, content } = this.document;
    knownKeys(content, ['groups'], where);
    if (!('groups' in content)) {
      throw new Error(`${where}: groups is missing; write a list`);
    }
    return this.list(content.groups, `${where}: groups`).flatMap((group, i) => this.group(group, `${where}: group ${i + 1}`) ?? []);
  }

  /** Undefined without rules: Prometheus evaluates nothing then. */
  private group(value: unknown, position: string): RuleGroup | undefined {
    const group = mapAt(value, `${position}: not a map; write one with name and rules`);
    const name = text(group.name, `${position}: name`);
    const where = position.replace(/group \d+$/, `group '${name}'`);
    this.knownGroupKeys(group, where);
    const rules = this.list(group.rules, `${where}: rules`).map((rule, i) => this.rule(rule, `${where}: rule ${i + 1}`));
    if (rules.length === 0) {
      this.notes.push(`${where}: has no rules and is left out`);
      return undefined;
    }
    const interval = nonZero(duration(group.interval, `${where}: interval`));
    const queryOffset = duration(group.query_offset, `${where}: query_offset`);
    const labels = texts(group.labels, `${where}: labels`);
    const limit = limitAt(group.limit, `${where}: limit`);
    return located(where, () => new RuleGroup({ name, rules, interval, queryOffset, limit, labels }));
  }

  private knownGroupKeys(group: JsonMap, where: string): void {
    const { [THANOS_KEY]: strategy, ...known } = group;
    if (strategy !== undefined && !this.document.isResource) {
      throw new Error(`${where}: key '${THANOS_KEY}' is one of Thanos, which Prometheus refuses in a rule file; leave it out`);
    }
    if (strategy !== undefined) {
      this.notes.push(`${where}: '${THANOS_KEY}' is left out, since it is for Thanos`);
    }
    knownKeys(known, GROUP_KEYS, where);
  }

  private rule(value: unknown, where: string): Rule {
    const rule = mapAt(value, `${where}: not a map; write one with alert or record, and expr`);
    const [isAlert, isRecord] = [rule.alert, rule.record].map((name) => !isNothing(name) && name !== '');
    if (isAlert === isRecord) {
      throw new Error(`${where}: has ${isAlert ? 'alert and record' : 'no alert and no record'}; name one of them`);
    }
    const whatCounts = Object.fromEntries(Object.entries(rule).filter(([key, said]) => !OTHER_KEYS.includes(key) || !saysNothing(said)));
    knownKeys(whatCounts, isAlert ? ALERT_KEYS : RECORD_KEYS, `${where}: ${isAlert ? 'an alerting' : 'a recording'} rule`);
    const expr = text(rule.expr, `${where}: expr`);
    const labels = texts(rule.labels, `${where}: labels`);
    if (isRecord) {
      const record = text(rule.record, `${where}: record`);
      return located(where, () => new RecordingRule({ record, expr, labels }));
    }
    const annotations = texts(rule.annotations, `${where}: annotations`);
    const times = { for: duration(rule.for, `${where}: for`), keepFiringFor: duration(rule.keep_firing_for, `${where}: keep_firing_for`) };
    return this.alert({ alert: text(rule.alert, `${where}: alert`), expr, ...times }, labels, annotations, where);
  }

  private alert(
    rule: { readonly alert: string; readonly expr: string; readonly for?: Duration; readonly keepFiringFor?: Duration },
    { severity = '', alertname, ...labels }: Texts,
    { summary = '', description = '', runbook_url: runbookUrl, ...annotations }: Texts,
    where: string,
  ): Rule {
    if (alertname !== undefined) {
      this.notes.push(`${where}: label 'alertname' of alert '${rule.alert}' is left out, since Prometheus sets it to the name of the alert`);
    }
    if (severity !== severity.trim()) {
      this.notes.push(`${where}: severity '${severity}' of alert '${rule.alert}' has spaces around it, which routes have to match`);
    }
    return located(where, () => new FileAlertingRule({
      ...rule, severity: Severity._read(severity), labels, summary, description, runbookUrl, annotations,
    }));
  }

  /** The items of a list; none of nothing. */
  private list(value: unknown, where: string): readonly unknown[] {
    if (isNothing(value)) {
      return [];
    }
    if (!Array.isArray(value)) {
      throw new Error(`${where} is not a list; write a list`);
    }
    const items: readonly unknown[] = value;
    const present = items.filter((item) => !isNothing(item));
    if (present.length < items.length) {
      this.notes.push(`${where}: an item is empty and is left out`);
    }
    return present;
  }
}

/** Calls `make`; its errors get the place in the file in front. */
function located<T>(where: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Whether a key is missing or has no value, which is the same to Prometheus. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Whether a key is the same to Prometheus as one that is missing, in a rule that must not have it. */
function saysNothing(value: unknown): boolean {
  return isNothing(value) || value === '' || (isJsonMap(value) && Object.keys(value).length === 0)
    || (typeof value === 'string' && parsePromDuration(value)?.toMilliseconds() === 0);
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string') {
    throw new Error(`${where} is ${isNothing(value) ? 'missing' : 'not a text'}; write a text`);
  }
  return value;
}

interface Texts {
  readonly [name: string]: string;
}

function texts(value: unknown, where: string): Texts {
  if (isNothing(value)) {
    return {};
  }
  const entries = Object.entries(mapAt(value, `${where} is not a map; write one`));
  return Object.fromEntries(entries.map(([name, entry]) => [name, isNothing(entry) ? '' : text(entry, `${where}: '${name}'`)]));
}

/** A limit below zero is none. */
function limitAt(value: unknown, where: string): number | undefined {
  if (isNothing(value)) {
    return undefined;
  }
  const written = text(value, where);
  if (!/^[-+]?\d+$/.test(written)) {
    throw new Error(`${where} is '${written}', which is not a whole number; write one, 0 for no limit`);
  }
  return Math.max(0, Number(written));
}

function duration(value: unknown, where: string): Duration | undefined {
  if (isNothing(value)) {
    return undefined;
  }
  const written = text(value, where);
  const parsed = parsePromDuration(written);
  if (parsed === undefined) {
    throw new Error(`${where} is '${written}', which is ${written.startsWith('-') ? 'negative' : 'not a duration'}; write one such as '5m' or '1h30m'`);
  }
  return parsed;
}

function nonZero(value: Duration | undefined): Duration | undefined {
  return value?.toMilliseconds({ integral: false }) === 0 ? undefined : value;
}

function knownKeys(value: JsonMap, known: readonly string[], where: string): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      const near = didYouMean(key, known);
      throw new Error(`${where}: key '${key}' is unknown${near === '' ? `; known are ${quoteList(known)}` : near}`);
    }
  }
}
