import { Duration } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { AlertingRule, checkAlertName } from './alerting-rule';
import { RecordingRule } from './recording-rule';
import { Rule } from './rule';
import { checkAnnotations, checkLabels } from './rule-checks';
import { RuleGroup } from './rule-group';
import { Severity } from './severity';
import { isJsonMap, JsonMap } from '../../json';
import { didYouMean, quoteList } from '../../text';
import { parseYaml } from '../../yaml';
import { parsePromDuration } from '../../units';

const GROUP_KEYS = ['name', 'interval', 'query_offset', 'limit', 'labels', 'rules'];
const ALERT_KEYS = ['alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];
const RECORD_KEYS = ['record', 'expr', 'labels'];

/** An alert of a rule file: it may lack severity, summary and description. */
class FileAlertingRule extends AlertingRule {
  protected override _check(): void {
    checkAlertName(this.alert);
    checkLabels(this._title(), this.labels, { alertname: 'the name of the alert is its key alert' });
    checkAnnotations(this._title(), this.annotations);
    this._checkContent();
  }
}

/** The groups of the rule file at `path`. Throws with the path when it cannot be read or is not a rule file. */
export function readRuleFile(path: string): RuleGroup[] {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`rule file '${path}': the file cannot be read: ${reason(error)}`, { cause: error });
  }
  return readRuleText(content, `rule file '${path}'`);
}

/** The groups of the text of a rule file, or of a PrometheusRule manifest. */
export function readRuleText(content: string, where: string): RuleGroup[] {
  const document = parseYaml(content, { schema: 'failsafe', merge: true });
  if (document.errors.length > 0) {
    throw new Error(`${where}: is not YAML: ${document.errors[0].message.trimEnd().replace(/:\n[\s\S]*/, '')}`);
  }
  const root = unwrapped(map(document.toJS(), `${where}: must be a map with the key 'groups'`), where);
  knownKeys(root, ['groups'], where);
  return list(root.groups, `${where}: groups`).map((group, i) => readGroup(group, `${where}: group ${i + 1}`));
}

/** Files in git are often the operator's resource around the rules. */
function unwrapped(root: JsonMap, where: string): JsonMap {
  return root.kind === 'PrometheusRule' ? map(root.spec, `${where}: the spec of a PrometheusRule is not a map; write one`) : root;
}

function readGroup(value: unknown, position: string): RuleGroup {
  const group = map(value, `${position}: not a map; write one with name and rules`);
  const name = text(group.name, `${position}: name`);
  const where = position.replace(/group \d+$/, `group '${name}'`);
  knownKeys(group, GROUP_KEYS, where);
  const limit = group.limit === undefined ? undefined : Number(text(group.limit, `${where}: limit`));
  const rules = list(group.rules, `${where}: rules`).map((rule, i) => readRule(rule, `${where}: rule ${i + 1}`));
  const interval = duration(group.interval, `${where}: interval`);
  const queryOffset = duration(group.query_offset, `${where}: query_offset`);
  const labels = texts(group.labels, `${where}: labels`);
  return located(where, () => new RuleGroup({ name, rules, interval, queryOffset, limit, labels }));
}

function readRule(value: unknown, where: string): Rule {
  const rule = map(value, `${where}: not a map; write one with alert or record, and expr`);
  if ((rule.alert === undefined) === (rule.record === undefined)) {
    throw new Error(`${where}: has ${rule.alert === undefined ? 'no alert and no record' : 'alert and record'}; name one of them`);
  }
  const isRecord = rule.record !== undefined;
  knownKeys(rule, isRecord ? RECORD_KEYS : ALERT_KEYS, `${where}: ${isRecord ? 'a recording' : 'an alerting'} rule`);
  const expr = text(rule.expr, `${where}: expr`);
  const labels = texts(rule.labels, `${where}: labels`);
  if (isRecord) {
    const record = text(rule.record, `${where}: record`);
    return located(where, () => new RecordingRule({ record, expr, labels }));
  }
  const alert = text(rule.alert, `${where}: alert`);
  const { severity, ...otherLabels } = labels;
  const { summary = '', description = '', runbook_url: runbookUrl, ...annotations } = texts(rule.annotations, `${where}: annotations`);
  const holdingTime = duration(rule.for, `${where}: for`);
  const keepFiringFor = duration(rule.keep_firing_for, `${where}: keep_firing_for`);
  return located(where, () => new FileAlertingRule({
    alert,
    expr,
    for: holdingTime,
    keepFiringFor,
    severity: severity === undefined || severity === '' ? Severity._UNSET : Severity.of(severity),
    labels: otherLabels,
    summary,
    description,
    runbookUrl,
    annotations,
  }));
}

/** Calls `make`; its errors get the place in the file in front. */
function located<T>(where: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new Error(`${where}: ${reason(error)}`, { cause: error });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function map(value: unknown, message: string): JsonMap {
  if (!isJsonMap(value)) {
    throw new Error(message);
  }
  return value;
}

function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new Error(`${where} ${value === undefined ? 'is missing' : 'is not a list'}; write a list`);
  }
  return value;
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string') {
    throw new Error(`${where} ${value === undefined ? 'is missing' : 'is not a text'}; write a text`);
  }
  return value;
}

function texts(value: unknown, where: string): { [name: string]: string } {
  if (value === undefined || value === '') {
    return {};
  }
  const entries = Object.entries(map(value, `${where} is not a map; write one`));
  return Object.fromEntries(entries.map(([name, entry]) => [name, text(entry, `${where}: '${name}'`)]));
}

function duration(value: unknown, where: string): Duration | undefined {
  if (value === undefined || value === '') {
    return undefined;
  }
  const written = text(value, where);
  const parsed = parsePromDuration(written);
  if (parsed === undefined) {
    throw new Error(`${where} is '${written}', which is ${written.startsWith('-') ? 'negative' : 'not a duration'}; write one such as '5m' or '1h30m'`);
  }
  return parsed;
}

function knownKeys(value: JsonMap, known: readonly string[], where: string): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      const near = didYouMean(key, known);
      throw new Error(`${where}: key '${key}' is unknown${near === '' ? `; known are ${quoteList(known)}` : near}`);
    }
  }
}
