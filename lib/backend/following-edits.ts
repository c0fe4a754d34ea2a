import { PrometheusRuleOptions } from '../components/prometheus/prometheus-rule-options';
import { RULE_WITHOUT_DATA, withoutData } from '../components/prometheus/record-rules';
import { NEAR_SAMPLE_LIMIT, nearSampleLimit } from '../components/prometheus/series-rules';
import { RuleEdit, ScrapeJob } from '../monitoring';

/** The alert on targets near their sample limit, by the limits of all jobs; left out where no job has one. */
export function sampleLimitEdit(jobs: readonly ScrapeJob[], usual: number | undefined, options?: PrometheusRuleOptions): RuleEdit {
  const own = new Map(jobs.flatMap(({ name, _limits: { sampleLimit } }) => (sampleLimit === undefined ? [] : [[name, sampleLimit] as const])));
  return usual === undefined && own.size === 0
    ? RuleEdit.without(NEAR_SAMPLE_LIMIT)
    : RuleEdit._expr(NEAR_SAMPLE_LIMIT, nearSampleLimit({ usual, own }, options));
}

/** The alert on recording rules without data, by all that are evaluated; left out where there are none. */
export function recordsEdit(records: readonly string[]): RuleEdit {
  return records.length === 0 ? RuleEdit.without(RULE_WITHOUT_DATA) : RuleEdit._expr(RULE_WITHOUT_DATA, withoutData(records));
}
