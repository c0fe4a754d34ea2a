import { KubeStateResource } from './kube-state-resource';
import { AlertingRule, RecordingRule, Rule, RuleSet } from '../../monitoring/rules';
import { componentRules } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Metrics that kube-state-metrics exposes. */
export interface ExposedMetrics {
  readonly resources: readonly KubeStateResource[];
  readonly metricAllowlist?: readonly string[];
  readonly metricDenylist?: readonly string[];
}

/** Rules, split by whether their metrics are exposed. */
export interface RulesWithMetrics {
  /** Rules all of whose metrics are exposed. */
  readonly rules: RuleSet;
  /** Names of the other rules, which would never find a series. */
  readonly leftOut: readonly string[];
}

/** Metrics of objects, by their kind. Those about itself, `kube_state_metrics_…`, are always exposed. */
const OF_OBJECTS = /\bkube_(?!state_metrics_)([a-z]+)(?:_\w+)?\b/g;

/** The rules all of whose metrics are exposed. */
export function rulesWithMetrics(rules: RuleSet, exposed: ExposedMetrics): RulesWithMetrics {
  const kinds = new Set(exposed.resources.map(({ plural }) => plural));
  const hasSeries = (metric: string, kind: string) => plurals(kind).some((plural) => kinds.has(plural)) && isListed(metric, exposed);
  const serves = (rule: Rule) => [...rule.expr.matchAll(OF_OBJECTS)].every(([metric, kind]) => hasSeries(metric, kind));
  const all = rules.groups.flatMap((group) => group.rules);
  const leftOut = all.filter((rule) => !serves(rule));
  if (leftOut.length === 0) {
    return { rules, leftOut: [] };
  }
  const kept = rules.groups.map((group) => trustedGroup({ ...group._props(), rules: group.rules.filter(serves) }));
  return { rules: componentRules(...kept), leftOut: [...new Set(leftOut.map(nameOf))] };
}

function plurals(kind: string): string[] {
  return [`${kind}s`, `${kind}es`, kind.replace(/y$/, 'ies'), kind];
}

/** As kube-state-metrics matches: anywhere in the name. */
function isListed(metric: string, { metricAllowlist, metricDenylist }: ExposedMetrics): boolean {
  const listed = (list: readonly string[]) => list.some((regex) => new RegExp(regex).test(metric));
  return (metricAllowlist === undefined || listed(metricAllowlist)) && (metricDenylist === undefined || !listed(metricDenylist));
}

function nameOf(rule: Rule): string {
  return rule instanceof AlertingRule ? rule.alert : rule instanceof RecordingRule ? rule.record : rule.expr;
}
