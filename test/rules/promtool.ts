import { stringify } from 'yaml';
import { inTempDir, writeFiles } from '../files';
import { promtool, verdict, Verdict } from '../tools';

/** Runs promtool in a folder with the files given. */
export function runPromtool(args: readonly string[], files: { readonly [name: string]: object }): Verdict {
  return inTempDir((dir) => {
    writeFiles(dir, Object.fromEntries(Object.entries(files).map(([name, content]) => [name, stringify(content)])));
    return verdict(promtool(), args, dir);
  });
}

/** Series of a test. */
export interface InputSeries {
  readonly interval: string;
  readonly input_series: ReadonlyArray<{ readonly series: string; readonly values: string }>;
}

/** A test of promtool for alerts. */
export interface AlertTest extends InputSeries {
  readonly name: string;
  readonly alert_rule_test: ReadonlyArray<{ readonly eval_time: string; readonly alertname: string; readonly exp_alerts: readonly object[] }>;
}

/** Tests of a rule file. */
export interface RuleTests {
  readonly rules: object;
  readonly tests: readonly AlertTest[];
}

/** Steps of evaluations: hours are passed in larger ones. */
const STEPS = ['1m', '5m'] as const;

function stepOf({ alert_rule_test: asked }: AlertTest): typeof STEPS[number] {
  return asked.every(({ eval_time: time }) => parseInt(time) < 180) ? '1m' : '5m';
}

/** Tests with the step of their evaluations. */
interface Stepped {
  readonly evaluation_interval: string;
  readonly tests: readonly AlertTest[];
}

/** Tests by the step of their evaluations. */
export function bySteps(all: readonly AlertTest[]): Stepped[] {
  return STEPS.map((step) => ({ evaluation_interval: step, tests: all.filter((test) => stepOf(test) === step) }))
    .filter(({ tests }) => tests.length > 0);
}

/** Complaints of promtool about tests of rules; empty where all hold. */
export function failedRuleTests(all: readonly RuleTests[]): string {
  const runs = all.flatMap(({ rules, tests }) => bySteps(tests).map((test) => ({ rules, test })));
  if (runs.length === 0) {
    return '';
  }
  const files: { [name: string]: object } = {};
  runs.forEach(({ rules, test }, i) => {
    files[`rules-${i}.yaml`] = rules;
    files[`test-${i}.yaml`] = { rule_files: [`rules-${i}.yaml`], ...test };
  });
  const { status, output } = runPromtool(['test', 'rules', ...runs.map((_, i) => `test-${i}.yaml`)], files);
  const complaints = output.replace(/^ *(SUCCESS|(Unit Testing|Processing test file): .*)?\n/gm, '');
  return status === 0 ? complaints : complaints || `promtool ended with ${status}`;
}
