import { RuleSet } from '../../monitoring/rules';
import { trustedGroup } from '../../monitoring/rules/trusted';
import { RuleContext, downRule, jobRules } from '../component-rules';
import { MetricsApiRuleOptions, unavailableRule } from '../metrics-api-rules';

/** Default name of the scrape job. */
export const METRICS_SERVER_JOB = 'metrics-server';

const CONSEQUENCE = 'HorizontalPodAutoscalers on CPU or memory hold their number of replicas, and `kubectl top` fails';

/** Rules about metrics-server: gone, or not usable by the API server. */
export function metricsServerRules({ jobName = METRICS_SERVER_JOB }: RuleContext = {}, options: MetricsApiRuleOptions = {}): RuleSet {
  return jobRules(jobName, METRICS_SERVER_JOB, trustedGroup({
    name: 'metrics-server',
    rules: [
      downRule({ alert: 'MetricsServerDown', what: 'metrics-server', jobName, consequence: `if it does not run, ${CONSEQUENCE}` }),
      unavailableRule({
        alert: 'MetricsApiUnavailable', matcher: 'name="v1beta1.metrics.k8s.io"', what: 'The resource metrics API', consequence: CONSEQUENCE,
      }, options),
    ],
  }));
}
