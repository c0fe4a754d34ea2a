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
  /** When it is looked at, in minutes, in steps of 5 from 3 hours on; by default 5 minutes after the time that the rule holds. */
  readonly at?: number;
  /** Seconds between two samples; by default 60. */
  readonly interval?: number;
  readonly fires: Series;
  readonly expect: readonly Expected[];
  /** Whether it cannot be quiet. */
  readonly alwaysFires?: boolean;
  /** Why it stays quiet, and the series. */
  readonly quiet: { readonly [why: string]: Series };
  /** Why what makes it fire does not, and the series that are other or more then: each is one more that keeps it quiet. */
  readonly unless?: { readonly [why: string]: Series };
  /**
   * Labels with values that make a series another thing's, each by itself, as in `fstype: tmpfs`; '' is without the label, and `up.endpoint` is of
   * one metric, which has the label only there. `job: another` always is one, but where `job` is an empty list: such an alert is of any job.
   */
  readonly others?: { readonly [label: string]: string | readonly string[] };
  /** Labels with values, spelled likewise, with which all that makes the alert fire does not. */
  readonly harmless?: { readonly [label: string]: string | readonly string[] };
  /** Labels that tell an object from another of its kind, each by itself. */
  readonly apart?: readonly string[];
  /** The reason in `quiet` that is the usual state, before and after the trouble; by default the first. */
  readonly usually?: string;
  /** Minutes of the case until it fires, where this takes hours; a multiple of 5. */
  readonly from?: number;
  /** Minutes from the beginning of the trouble until the alert fires. */
  readonly begins?: number;
  /** Minutes from the end of the trouble until it does not fire any more. */
  readonly ends?: number;
  /** Minutes from the last sample of all series of the trouble until it does not fire any more. */
  readonly gone?: number;
  /** Metrics of which each is needed: if it alone has no samples any more, the alert ends as if none had. */
  readonly needs?: readonly string[];
  /** Whether it fires where there are no series at all. */
  readonly ofNothing?: boolean;
}

/** The cases of a component. */
export function readCases(component: string): Case[] {
  const written: readonly Case[] = parse(readFileSync(path.join(__dirname, 'cases', `${component}.yaml`), 'utf8'));
  return written.map((each) => {
    const more = Object.entries(each.unless ?? {}).map(([why, series]) => [why, { ...each.fires, ...series }]);
    return { ...each, quiet: { ...each.quiet, ...Object.fromEntries(more) } };
  });
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
