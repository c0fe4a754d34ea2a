import { NEWEST_PROMETHEUS, PROMETHEUS_FEATURES } from '../generated/prometheus';
import { PROMQL_FUNCTIONS } from '../generated/promql-functions';
import { atLeast } from '../kubernetes/images';
import { RuleSet } from '../monitoring';
import { EXPERIMENTAL_AGGREGATORS } from '../promql/token';

/** Reader of rules: a version of Prometheus, with features that are enabled. */
export interface RuleReader {
  /** For messages: `Prometheus 3.5.0`. */
  readonly title: string;
  readonly version: string;
  readonly features: readonly string[];
}

/** Readers of the rules of a Prometheus: itself, one that knows all where its version is not known, and before it the parser of an operator. */
export function ruleReaders(version: string | undefined, parser: string | undefined, features: readonly string[] = []): RuleReader[] {
  return [
    version === undefined ? { title: 'Prometheus', version: NEWEST_PROMETHEUS, features } : { title: `Prometheus ${version}`, version, features },
    ...parser === undefined ? [] : [{ title: `the operator's parser, of Prometheus ${parser}`, version: parser, features }],
  ];
}

/** The feature of experimental functions and aggregations. */
const FUNCTIONS = 'promql-experimental-functions';

/** When a function, an aggregation or a feature came, the feature that enables it, and when it no longer needed that. */
function historyOf(need: string): { readonly since?: string; readonly feature?: string; readonly stable?: string } {
  if (Object.hasOwn(PROMQL_FUNCTIONS, need)) {
    const { since, stable, experimental = stable !== undefined } = PROMQL_FUNCTIONS[need];
    return { since, stable, feature: experimental ? FUNCTIONS : undefined };
  }
  if (EXPERIMENTAL_AGGREGATORS.has(need)) {
    return { feature: FUNCTIONS };
  }
  const { since, noOp } = PROMETHEUS_FEATURES[need];
  return { since, stable: noOp, feature: need };
}

/** Way to meet a need, if there is one. */
function judged(need: string, { version, features, title }: RuleReader): string | undefined {
  const { since, feature, stable } = historyOf(need);
  if (since !== undefined && !atLeast(version, since)) {
    return `known from Prometheus ${since} on, and the rules are read by ${title}; choose a newer image, or write the rule without it`;
  }
  const isEnabled = feature === undefined || features.includes(feature) || (stable !== undefined && atLeast(version, stable));
  return isEnabled ? undefined : `an experiment for ${title}, which reads the rules; enable '${feature}' by 'enableFeatures'`;
}

/** Throws when a rule needs PromQL that its reader does not know. */
export function checkNeeds(where: string, rules: RuleSet, reader: RuleReader): void {
  rules.groups.forEach((group) => group.rules.forEach((rule) => rule._needs.forEach((need) => {
    const says = judged(need, reader);
    if (says !== undefined) {
      throw new Error(`${where}: ${rule._title()} of group '${group.name}': '${need}' is ${says}`);
    }
  })));
}
