import { PromQl } from '../promql';
import { AlertingRule, RecordingRule, Rule, RuleSet, ScrapeJob } from '../monitoring';
import { matchesAnchored } from '../regex';

/** Rules, and the jobs of the thing that brought them, if it did. */
export interface RulesOfJobs {
  readonly rules: RuleSet;
  readonly jobs: readonly ScrapeJob[];
}

/** Series that Prometheus makes itself, after a scrape or of rules; no selection of a job drops them. */
const SYNTHETIC = /^(up|ALERTS|ALERTS_FOR_STATE|scrape_.+)$/;

/** Metrics of the components of the library; a rule that names no job may mean any of them. */
const FAMILIAR = new RegExp('^'
  + '(aggregator|alertmanager|apiserver|authentication|blackbox|cadvisor|container|coredns|cronjob|etcd|go|grpc|kube|kubelet|kubeproxy|kubernetes|machine|net|'
  + 'node|probe|process|prober|prometheus|promhttp|reloader|rest|scheduler|storage|volume|workqueue)_');

const EXPERIMENTS = { experimentalFunctions: true, durationExpressions: true, extendedRangeSelectors: true, binaryFillModifiers: true };

function drops(job: ScrapeJob, metric: string): boolean {
  return job.endpoints.length > 0 && job.endpoints.every(({ metrics }) => metrics.dropsMetric(metric));
}

function titleOf(rule: Rule): string {
  return rule instanceof AlertingRule ? `alert '${rule.alert}'` : rule instanceof RecordingRule ? `record '${rule.record}'` : 'a rule';
}

/**
 * Metrics that a rule uses and that all jobs drop which could bring them: those that its `job` matcher names; else, of metrics that no
 * component of the library is known for, those of the thing that brought the rule, or the user's own. Only choices of the user are looked at,
 * since those of the library are proven by its tests, so that usually nothing is parsed.
 */
export function droppedMetrics(sets: readonly RulesOfJobs[], jobs: readonly ScrapeJob[]): string[] {
  const own = jobs.filter((job) => job.endpoints.some(({ metrics }) => !metrics._isProven));
  if (!own.some((job) => job.endpoints.some(({ metrics }) => !metrics._isProven && metrics._isChoosy))) {
    return [];
  }
  const all = sets.flatMap(({ rules }) => rules.groups.flatMap((group) => group.rules));
  const recorded = new Set(all.flatMap((rule) => (rule instanceof RecordingRule ? rule.record : [])));
  return sets.flatMap((set) => set.rules.groups.flatMap((group) => group.rules.flatMap((rule) => {
    const found = new Map<string, string>();
    PromQl.parse(rule.expr, EXPERIMENTS)._selectors.forEach(({ metric, matchers }) => {
      const job = matchers.find(({ label, operator }) => label === 'job' && ['=', '=~'].includes(operator));
      if (metric === undefined || recorded.has(metric) || SYNTHETIC.test(metric)) {
        return;
      }
      const named = job === undefined
        ? undefined
        : jobs.filter(({ name }) => (job.operator === '=' ? job.value === name : matchesAnchored(job.value, name)));
      const fallback = set.jobs.length > 0 ? set.jobs : own;
      const bringers = named ?? (FAMILIAR.test(metric) ? [] : fallback);
      if (bringers.length > 0 && bringers.every((bringer) => drops(bringer, metric))) {
        found.set(metric, bringers[0].name);
      }
    });
    return [...found].map(([metric, job]) => (
      `${titleOf(rule)} of group '${group.name}' uses ${metric}, and scrape job '${job}' drops it; let the job's 'metrics' keep it, or take the rule out`
    ));
  })));
}
