import { RuleSet } from '../../monitoring/rules';
import { trustedGroup } from '../../monitoring/rules/trusted';
import { RuleContext, downRule, jobRules } from '../component-rules';
import { MetricsApiRuleOptions, unavailableRule } from '../metrics-api-rules';

/** Default name of the scrape job. */
export const PROMETHEUS_ADAPTER_JOB = 'prometheus-adapter';

/** Facts about prometheus-adapter that its rules depend on. */
export interface PrometheusAdapterRuleContext extends RuleContext {
  /** Whether it serves resource metrics too, in the place of metrics-server. */
  readonly resourceMetrics?: boolean;
}

const CONSEQUENCE = 'HorizontalPodAutoscalers on its metrics hold their number of replicas';

/** Rules about prometheus-adapter: gone, or not usable by the API server. */
export function prometheusAdapterRules(
  { jobName = PROMETHEUS_ADAPTER_JOB, resourceMetrics = false }: PrometheusAdapterRuleContext = {}, options: MetricsApiRuleOptions = {},
): RuleSet {
  return jobRules(jobName, PROMETHEUS_ADAPTER_JOB, trustedGroup({
    name: 'prometheus-adapter',
    rules: [
      downRule({ alert: 'PrometheusAdapterDown', what: 'prometheus-adapter', jobName, consequence: `if it does not run, ${CONSEQUENCE}` }),
      unavailableRule({
        alert: 'CustomMetricsApiUnavailable',
        matcher: `name=~"v1beta[12][.]${resourceMetrics ? '((custom|external)[.])?' : '(custom|external)[.]'}metrics[.]k8s[.]io"`,
        what: 'A metrics API',
        consequence: CONSEQUENCE,
      }, options),
    ],
  }));
}
