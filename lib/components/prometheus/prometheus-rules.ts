import { notificationRules, remoteWriteRules } from './prometheus-delivery-rules';
import { PrometheusRuleOptions } from './prometheus-rule-options';
import { prometheusScrapeRules } from './prometheus-scrape-rules';
import { prometheusServerRules } from './prometheus-server-rules';
import { RuleSet } from '../../monitoring/rules';
import { RuleContext, jobMatcher, jobRules, reloaderRule } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Default name of the scrape job. */
export const PROMETHEUS_JOB = 'prometheus';

/** Facts about a Prometheus that its rules depend on. */
export interface PrometheusRuleContext extends RuleContext {
  /** Whether the config reloader beside it is scraped in the same job. */
  readonly configReloader?: boolean;
  /** Whether it is an agent, which stores nothing and evaluates no rules; its rules are for where its metrics are evaluated. */
  readonly agent?: boolean;
}

/** Alerts on the database, the rules and the queries, which an agent lacks. */
const OF_SERVERS = [
  'PrometheusTSDBReloadsFailing', 'PrometheusTSDBCompactionsFailing', 'PrometheusNotIngestingSamples', 'PrometheusRuleFailures',
  'PrometheusMissingRuleEvaluations', 'PrometheusHighQueryLoad',
];

/** Rules about Prometheus itself and the config reloader beside it. */
export function prometheusRules(context: PrometheusRuleContext = {}, options: PrometheusRuleOptions = {}): RuleSet {
  const { jobName = PROMETHEUS_JOB, configReloader = true, agent = false } = context;
  const job = jobMatcher(jobName);
  return jobRules(
    jobName,
    PROMETHEUS_JOB,
    trustedGroup({
      name: 'prometheus',
      rules: [
        ...prometheusServerRules(job, options),
        ...prometheusScrapeRules(job),
        ...remoteWriteRules(job, options),
        ...(agent ? [] : notificationRules(job, options)),
      ].filter(({ alert }) => !agent || !OF_SERVERS.includes(alert)),
    }),
    trustedGroup({ name: 'prometheus-config-reloader', rules: configReloader ? [reloaderRule(job, 'Prometheus')] : [] }),
  );
}
