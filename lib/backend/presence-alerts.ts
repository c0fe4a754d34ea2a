import { Monitoring, ScrapeJob } from '../monitoring';
import { parsedRule } from '../promql/rule';
import { quoteList } from '../text';

/** Label that keeps a target in all shards. */
const UNSHARDED = '__tmp_disable_sharding';

/**
 * Names of the alerts that tell whether targets are there at all, by `absent`. A shard cannot tell: it has a part of the targets. None where all
 * targets of the thing are kept in all shards.
 */
export function presenceAlerts({ jobs = [], rules }: Monitoring): string[] {
  const alerts = rules?.groups.flatMap((group) => group._alertingRules()) ?? [];
  const presence = alerts.filter(({ expr }) => expr.includes('absent') && parsedRule(expr)._usesAbsent());
  return jobs.length > 0 && jobs.every(isInAllShards) ? [] : [...new Set(presence.map(({ alert }) => alert))];
}

function isInAllShards({ endpoints }: ScrapeJob): boolean {
  return endpoints.length > 0 && endpoints.every(({ relabelings }) => relabelings.some((relabeling) => relabeling._step().targetLabel === UNSHARDED));
}

/** Says which alerts on presence are left out. */
export function presenceNote(alerts: readonly string[]): string {
  return `${quoteList(alerts)} ${alerts.length === 1 ? 'is' : 'are'} left out: a target is in one shard, and the others would fire without it; evaluate such rules on `
    + "the samples of all shards, in a store that they write to or in a Prometheus without shards: addRuleSet() takes 'monitoring.rules' of what is monitored";
}
