import { PrometheusRuleOptions } from '../components/prometheus/prometheus-rule-options';
import { RULE_WITHOUT_DATA, withoutData } from '../components/prometheus/record-rules';
import { NEAR_SAMPLE_LIMIT, nearSampleLimit } from '../components/prometheus/series-rules';
import { RuleEdit, ScrapeJob } from '../monitoring';

/** The alert on targets near their sample limit, by the limits of all jobs; left out where no job has one. */
export function sampleLimitEdit(jobs: readonly ScrapeJob[], usual: number | undefined, options?: PrometheusRuleOptions): RuleEdit {
  return RuleEdit._expr(NEAR_SAMPLE_LIMIT, () => {
    const own = new Map(jobs.flatMap(({ name, _limits: { sampleLimit } }) => (sampleLimit === undefined ? [] : [[name, sampleLimit] as const])));
    return usual === undefined && own.size === 0 ? undefined : nearSampleLimit({ usual, own }, options);
  });
}

/** The alert on recording rules without data, by all that are evaluated; left out where there are none. */
export function recordsEdit(recordsOf: () => readonly string[]): RuleEdit {
  return RuleEdit._expr(RULE_WITHOUT_DATA, () => {
    const records = recordsOf();
    return records.length === 0 ? undefined : withoutData(records);
  });
}
