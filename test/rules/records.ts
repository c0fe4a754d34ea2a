import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { Series, inputSeries } from './cases';
import { RecordingRule, RuleSet } from '../../lib/monitoring/rules';

/** Series and what recording rules make of them. */
export interface RecordCase {
  readonly name: string;
  readonly series: Series;
  /** When it is looked at, in minutes; by default 10. */
  readonly at?: number;
  /** By the name of the recording rule all that it yields: labels and value. */
  readonly yields: { readonly [record: string]: readonly string[] };
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
export function recordFile(rules: RuleSet): { readonly groups: readonly object[] } {
  const groups = rules._toData().groups.map((group) => ({ ...group, rules: group.rules.filter(({ record }) => record !== undefined) }));
  return { groups: groups.filter((group) => group.rules.length > 0) };
}

/** The test of a case: each recording rule yields these series with these values and no other. */
export function recordTest({ name, series, at = 10, yields }: RecordCase): object {
  return {
    name,
    ...inputSeries(series, at),
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

/** Whether a case says what the rule yields: a sample has the name of the series and the labels that the rule adds. */
export function isProven({ record, labels }: RecordingRule, cases: readonly RecordCase[]): boolean {
  return cases.some(({ yields }) => yields[record]?.some((sample) => (
    Object.entries(labels).every(([name, value]) => sample.includes(`${name}="${value}"`))
  )));
}
