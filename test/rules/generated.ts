import { Case, Expected, Series, ruleFile } from './cases';
import { AlertingRule, RuleSet } from '../../lib/monitoring/rules';

/** Samples of a series, one a scrape: `stale` where a scrape failed, `_` where there was none. */
type Samples = readonly string[];

/** A case with every sample written out, for changes of single ones. */
export interface WrittenOut {
  readonly rule: AlertingRule;
  readonly series: ReadonlyMap<string, Samples>;
  readonly expect: readonly Expected[];
  /** Series that keep the alert quiet, by the reason. */
  readonly quiet: ReadonlyMap<string, ReadonlyMap<string, Samples>>;
  /** Minutes after which the alert has to fire. */
  readonly at: number;
  /** Seconds between two samples. */
  readonly interval: number;
}

/** Minutes that an alert has to hold. */
export function holdMinutes(rule: AlertingRule): number {
  return (rule.for?.toMilliseconds() ?? 0) / 60_000;
}

/** The case with all its samples. */
export function writtenOut(rule: AlertingRule, { fires, expect, quiet, at = holdMinutes(rule) + 5, interval = 60 }: Case): WrittenOut {
  const count = Math.ceil(at * 60 / interval) + 1;
  const samples = (series: Series) => new Map(Object.entries(series).map(([name, values]) => [name, samplesOf(values, count)]));
  return { rule, expect, at, interval, series: samples(fires), quiet: new Map(Object.entries(quiet).map(([why, series]) => [why, samples(series)])) };
}

/** The samples of promtool's notation: `1+2x3`, `_x4`, `stale`, `1 2 3`; `x*` is as long as the case takes. */
function samplesOf(values: string, count: number): string[] {
  return values.trim().split(/\s+/).flatMap((item): string[] => {
    const [, blank, first, step = '0', times] = /^(?:(_)|(-?[\d.e]+?)([+-][\d.e]+)?)x(\d+|\*)$/.exec(item) ?? [];
    if (times === undefined) {
      return [item];
    }
    const repeated = times === '*' ? count : Number(times);
    return blank === undefined
      ? Array.from({ length: repeated + 1 }, (_, i) => `${Number(first) + i * Number(step)}`)
      : Array.from({ length: repeated }, () => '_');
  }).slice(0, count);
}

/** A test of promtool for the alerts of a case at its end, by their labels; texts are another test's. */
export function firingTest(
  name: string, { rule, expect, at, interval }: WrittenOut, series: ReadonlyMap<string, Samples>, more: { readonly [label: string]: string } = {},
): object {
  return {
    name: `${rule.alert} ${name}`,
    interval: `${interval}s`,
    input_series: [...series].map(([of, samples]) => ({ series: of, values: samples.join(' ') })),
    alert_rule_test: [{
      eval_time: `${at}m`, alertname: rule.alert, exp_alerts: expect.map(({ labels }) => ({ exp_labels: { ...labels, ...more } })),
    }],
  };
}

/** A rule file with one alert, without its texts, and the recording rules that it may build on. */
export function ruleFileWithoutTexts(rules: RuleSet, rule: AlertingRule): object {
  return JSON.parse(JSON.stringify(ruleFile(rules, rule), (key, value) => (key === 'annotations' ? undefined : value)));
}

/** Number of the sample in the middle of the last holding time, at a whole minute, when rules are evaluated. */
export function inTheMiddle({ rule, at, interval }: WrittenOut): number {
  return Math.floor(at - holdMinutes(rule) / 2) * 60 / interval;
}

/** Whether the samples of a series come from a target; those of `up` and of rules never fail. */
export function isScraped(series: string): boolean {
  return !/^(up|ALERTS)\{/.test(series) && !/^\w+:/.test(series);
}

/** The job of a series; empty if it says none. */
export function jobOf(series: string): string {
  return /[{,] *job="([^"]*)"/.exec(series)?.[1] ?? '';
}

/** The series with another label, unless it has one of the name. */
export function labelled(series: string, label: string, value: string): string {
  return new RegExp(`[{,] *${label}="`).test(series) ? series : series.replace('{', `{${label}="${value}", `).replace(/^\w+$/, `$&{${label}="${value}"}`);
}
