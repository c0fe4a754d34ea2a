import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { AlertTest, InputSeries } from './promtool';
import { AlertingRule, RecordingRule, Rule, RuleSet } from '../../lib/monitoring/rules';

/** Address of the folder of runbooks. */
const PAGES = 'https://github.com/cdk8s-prometheus/cdk8s-prometheus/blob/main/docs/runbooks';

/** Series as promtool writes them: `up{job="x"}: 0x20`. `x*` is as long as the case takes. */
export interface Series {
  readonly [series: string]: string;
}

/** An alert that fires, with all that it says. */
export interface Expected {
  readonly labels: { readonly [name: string]: string };
  readonly summary: string;
  readonly description: string;
}

/** What makes an alert fire, and what keeps it quiet. */
export interface Case {
  readonly alert: string;
  /** Which one, where the name stands twice. */
  readonly severity?: string;
  /** More labels that tell it apart, where name and severity stand twice. */
  readonly labels?: { readonly [name: string]: string };
  /** When it is looked at, in minutes; by default 5 minutes after the time that the rule holds. */
  readonly at?: number;
  /** Seconds between two samples; by default 60. */
  readonly interval?: number;
  readonly fires: Series;
  readonly expect: readonly Expected[];
  /** Whether it cannot be quiet. */
  readonly alwaysFires?: boolean;
  /** Why it stays quiet, and the series. */
  readonly quiet: { readonly [why: string]: Series };
}

/** The cases of a component. */
export function readCases(component: string): Case[] {
  return parse(readFileSync(path.join(__dirname, 'cases', `${component}.yaml`), 'utf8'));
}

/** The rule that a case is about; throws when there is none or more than one. */
export function ruleOf(rules: RuleSet, { alert, severity, labels = {} }: Case): AlertingRule {
  const found = alertingRules(rules).filter((rule) => rule.alert === alert && (severity === undefined || rule.severity?.value === severity)
    && Object.entries(labels).every(([name, value]) => rule.labels[name] === value));
  if (found.length !== 1) {
    throw new Error(`case of ${alert} ${severity ?? ''}: ${found.length} rules are meant, must be one`);
  }
  return found[0];
}

/** All alerting rules of a set. */
export function alertingRules(rules: RuleSet): AlertingRule[] {
  return rules.groups.flatMap((group) => group.rules).filter((rule) => rule instanceof AlertingRule);
}

/** The recording rules of a set that an alert builds on, in the order of their evaluation. */
export function usedRecords(rules: RuleSet, rule: AlertingRule): RecordingRule[] {
  const records = rules.groups.flatMap((group) => group.rules).filter((other) => other instanceof RecordingRule);
  const used = new Set<RecordingRule>();
  const use = (user: Rule): void => {
    const metrics = user._metrics();
    records.filter((record) => metrics.includes(record.record) && !used.has(record)).forEach((record) => {
      used.add(record);
      use(record);
    });
  };
  use(rule);
  return records.filter((record) => used.has(record));
}

/** A rule file with one alert and the recording rules that it builds on. */
export function ruleFile(rules: RuleSet, rule: AlertingRule): object {
  return { groups: [{ name: 'tested', rules: [...usedRecords(rules, rule), rule].map((each) => each._toData()) }] };
}

/** The tests of a case: it fires, not before its time, and not where it should stay quiet. */
export function caseTests(rule: AlertingRule, each: Case): AlertTest[] {
  const holdMinutes = (rule.for?.toMilliseconds() ?? 0) / 60_000;
  const at = each.at ?? holdMinutes + 5;
  const expected = each.expect.map(({ labels, summary, description }) => ({
    exp_labels: labels, exp_annotations: { summary, description, runbook_url: `${PAGES}/${each.alert}.md` },
  }));
  const before = holdMinutes >= 1 ? [{ eval_time: `${holdMinutes - 1}m`, alertname: each.alert, exp_alerts: [] }] : [];
  const quiet = Object.entries(each.quiet).map(([why, series]) => ({
    name: `${each.alert} is quiet: ${why}`,
    ...inputSeries(series, at, each.interval),
    alert_rule_test: [{ eval_time: `${at}m`, alertname: each.alert, exp_alerts: [] }],
  }));
  return [{
    name: `${each.alert} fires`,
    ...inputSeries(each.fires, at, each.interval),
    alert_rule_test: [...before, { eval_time: `${at}m`, alertname: each.alert, exp_alerts: expected }],
  }, ...quiet];
}

/** Series as promtool takes them, as long as the minutes. */
export function inputSeries(series: Series, minutes: number, interval = 60): InputSeries {
  const samples = Math.ceil(minutes * 60 / interval) + 1;
  return {
    interval: `${interval}s`,
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values: values.replaceAll('x*', `x${samples}`) })),
  };
}
