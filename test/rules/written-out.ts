import { Case, Expected, ruleFile, Series } from './cases';
import { AlertTest } from './promtool';
import { AlertingRule, RuleSet } from '../../lib/monitoring/rules';

/** Samples of a series, one a scrape: `stale` where a scrape failed, `_` where there was none. */
export type Samples = readonly string[];

/** Series with all their samples. */
export type AllSamples = ReadonlyMap<string, Samples>;

/** A case with every sample written out, for changes of single ones. */
export interface WrittenOut {
  readonly rule: AlertingRule;
  readonly series: AllSamples;
  readonly expect: readonly Expected[];
  /** Series that keep the alert quiet, by the reason. */
  readonly quiet: ReadonlyMap<string, AllSamples>;
  /** Minutes after which the alert has to fire. */
  readonly at: number;
  /** Seconds between two samples. */
  readonly interval: number;
  /** The case that it is made of. */
  readonly of: Case;
}

/** Minutes that an alert has to hold. */
export function holdMinutes(rule: AlertingRule): number {
  return (rule.for?.toMilliseconds() ?? 0) / 60_000;
}

/** The case with all its samples. */
export function writtenOut(rule: AlertingRule, of: Case): WrittenOut {
  const { fires, expect, quiet, at = holdMinutes(rule) + 5, interval = 60 } = of;
  const count = Math.ceil(at * 60 / interval) + 1;
  const quietSamples = Object.entries(quiet).map(([why, series]) => [why, samplesOf(series, count)] as const);
  return { rule, expect, at, interval, series: samplesOf(fires, count), quiet: new Map(quietSamples), of };
}

/** So many samples of each series. */
export function samplesOf(series: Series, count: number): AllSamples {
  return new Map(Object.entries(series).map(([name, values]) => [name, repeated(values, count)]));
}

/** The samples of promtool's notation: `1+2x3`, `_x4`, `stale`, `1 2 3`; `x*` is as long as the case takes. */
function repeated(values: string, count: number): string[] {
  return values.trim().split(/\s+/).flatMap((item): string[] => {
    const [, blank, first, step = '0', times] = /^(?:(_)|(-?[\d.e]+?)([+-][\d.e]+)?)x(\d+|\*)$/.exec(item) ?? [];
    if (times === undefined) {
      return [item];
    }
    const more = times === '*' ? count : Number(times);
    return blank === undefined
      ? Array.from({ length: more + 1 }, (_, i) => `${Number(first) + i * Number(step)}`)
      : Array.from({ length: more }, () => '_');
  }).slice(0, count);
}

/** Whether a sample has a value. */
export function isValue(sample: string): boolean {
  return sample !== 'stale' && !sample.startsWith('_');
}

/** A test of promtool for the alerts of a case at some minutes; texts are another test's. */
export function alertTest(
  name: string, { rule, interval }: WrittenOut, series: AllSamples, asked: ReadonlyArray<readonly [minute: number, alerts: readonly object[]]>,
): AlertTest {
  return {
    name: `${rule.alert} ${name}`,
    interval: `${interval}s`,
    input_series: [...series].map(([of, samples]) => ({ series: of, values: samples.join(' ') })),
    alert_rule_test: asked.map(([minute, alerts]) => ({ eval_time: `${minute}m`, alertname: rule.alert, exp_alerts: alerts })),
  };
}

/** The alerts of a case by their labels, with more of them. */
export function alertsOf({ expect }: WrittenOut, more: { readonly [label: string]: string } = {}): object[] {
  return expect.map(({ labels }) => ({ exp_labels: { ...labels, ...more } }));
}

/** A test that the alerts of a case fire at its end. */
export function firingTest(name: string, written: WrittenOut, series: AllSamples, more: { readonly [label: string]: string } = {}): AlertTest {
  return alertTest(name, written, series, [[written.at, alertsOf(written, more)]]);
}

/** A test that no alert fires at its end. */
export function quietTest(name: string, written: WrittenOut, series: AllSamples): AlertTest {
  return alertTest(name, written, series, [[written.at, []]]);
}

/** A rule file with one alert, without its texts, and the recording rules that it builds on. */
export function ruleFileWithoutTexts(rules: RuleSet, rule: AlertingRule): object {
  return JSON.parse(JSON.stringify(ruleFile(rules, rule), (key, value) => (key === 'annotations' ? undefined : value)));
}
