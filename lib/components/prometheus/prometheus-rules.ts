import { notificationRules, remoteWriteRules } from './prometheus-delivery-rules';
import { PrometheusRuleOptions } from './prometheus-rule-options';
import { prometheusScrapeRules } from './prometheus-scrape-rules';
import { prometheusServerRules } from './prometheus-server-rules';
import { RuleSet } from '../../monitoring/rules';
import { jobMatcher, jobRules, reloaderRule } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Rules about Prometheus itself and the config reloader beside it. */
export function prometheusRules(options: PrometheusRuleOptions = {}): RuleSet {
  const { jobName = 'prometheus', alertmanagers = true, configReloader = true } = options;
  const job = jobMatcher(jobName);
  return jobRules(
    { jobName: options.jobName, usual: 'prometheus' },
    trustedGroup({
      name: 'prometheus',
      rules: [
        ...prometheusServerRules(job, options),
        ...prometheusScrapeRules(job),
        ...remoteWriteRules(job, options),
        ...(alertmanagers ? notificationRules(job) : []),
      ],
    }),
    trustedGroup({ name: 'prometheus-config-reloader', rules: configReloader ? [reloaderRule(job, 'Prometheus')] : [] }),
  );
}
