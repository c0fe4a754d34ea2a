import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { Case, Series } from './cases';
import { almost, beside } from './near-misses';
import { InputSeries } from './promtool';
import { AllSamples, samplesOf } from './written-out';
import { RecordingRule, RuleSet } from '../../lib/monitoring/rules';

/** Series and what recording rules make of them. */
export interface RecordCase {
  readonly name: string;
  readonly series: Series;
  /** When it is looked at, in minutes; by default 10. */
  readonly at?: number;
  /** By the name of the recording rule all that it yields: labels and value. */
  readonly yields: { readonly [record: string]: readonly string[] };
  /** As in cases of alerts: labels with values that make a series another thing's. */
  readonly others?: Case['others'];
  /** By the name of the recording rule the minutes from the last sample of all series until it yields nothing. */
  readonly gone?: { readonly [record: string]: number };
}

/** A test of promtool for expressions. */
interface ExpressionTest extends InputSeries {
  readonly name: string;
  readonly promql_expr_test: ReadonlyArray<{ readonly expr: string; readonly eval_time: string; readonly exp_samples: readonly object[] }>;
}

/** The cases of a component. */
export function readRecordCases(component: string): RecordCase[] {
  return parse(readFileSync(path.join(__dirname, 'records', `${component}.yaml`), 'utf8'));
}

/** The recording rules of a set. */
export function recordingRules(rules: RuleSet): RecordingRule[] {
  return rules.groups.flatMap((group) => group.rules).filter((rule) => rule instanceof RecordingRule);
}

/** A rule file with the recording rules alone, in their groups. */
export function recordFile(rules: RuleSet): { readonly groups: ReadonlyArray<{ readonly name: string }> } {
  const groups = rules._toData().groups.map((group) => ({ ...group, rules: group.rules.filter(({ record }) => record !== undefined) }));
  return { groups: groups.filter((group) => group.rules.length > 0) };
}

function inputSeries(series: AllSamples): InputSeries {
  return { interval: '60s', input_series: [...series].map(([name, samples]) => ({ series: name, values: samples.join(' ') })) };
}

/** Each recording rule yields these series with these values and no other. */
function yieldTest(name: string, { at = 10, yields }: RecordCase, series: AllSamples): ExpressionTest {
  return {
    name,
    ...inputSeries(series),
    promql_expr_test: Object.entries(yields).map(([record, samples]) => ({
      expr: `{__name__="${record}"}`,
      eval_time: `${at}m`,
      exp_samples: samples.map((sample) => {
        const [, labels, value] = /^\{(.*)\} (\S+)$/.exec(sample) ?? [];
        return { labels: `{__name__="${record}", ${labels}}`, value: Number(value) };
      }),
    })),
  };
}

/** Without samples a rule yields as many series as before until its window has too few. */
function goneTest(name: string, { at = 10, yields, gone = {} }: RecordCase, series: AllSamples): ExpressionTest {
  const longest = Math.max(...Object.values(gone));
  const ended = new Map([...series].map(([of, samples]) => [of, [...samples, 'stale', ...Array.from({ length: longest + 1 }, () => '_')]]));
  return {
    name: `${name}, until nothing is there any more`,
    ...inputSeries(ended),
    promql_expr_test: Object.entries(gone).flatMap(([record, minutes]) => [
      { expr: `count({__name__="${record}"})`, eval_time: `${at + minutes - 1}m`, exp_samples: [{ labels: '{}', value: yields[record].length }] },
      { expr: `count({__name__="${record}"})`, eval_time: `${at + minutes}m`, exp_samples: [] },
    ]),
  };
}

/** The tests of a case. */
export function recordTests(of: RecordCase): ExpressionTest[] {
  const { name, at = 10, others, gone = {} } = of;
  const series = samplesOf(of.series, at + 1);
  return [
    yieldTest(name, of, series),
    yieldTest(`${name}, beside what is almost right`, of, beside(series, almost(series, others))),
    ...(Object.keys(gone).length === 0 ? [] : [goneTest(name, of, series)]),
  ];
}

/** Whether a case says what the rule yields: a sample has the name of the series and the labels that the rule adds. */
export function isProven({ record, labels }: RecordingRule, cases: readonly RecordCase[]): boolean {
  return cases.some(({ yields }) => yields[record]?.some((sample) => (
    Object.entries(labels).every(([name, value]) => sample.includes(`${name}="${value}"`))
  )));
}
