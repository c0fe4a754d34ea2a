import { Duration } from 'cdk8s';
import { notificationRules, remoteWriteRules } from './prometheus-delivery-rules';
import { PrometheusRuleOptions } from './prometheus-rule-options';
import { prometheusScrapeRules } from './prometheus-scrape-rules';
import { prometheusServerRules } from './prometheus-server-rules';
import { ruleWithoutData } from './record-rules';
import { SeriesPlan, seriesRules, StorageVolume, storageRule } from './series-rules';
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
  /** Series that it is made for, where the app makes it. */
  readonly series?: SeriesPlan;
  /** Volume that samples are stored in, where its size is known. */
  readonly volume?: StorageVolume;
  /** Names of the series that it records. Not known if undefined. */
  readonly records?: readonly string[];
}

/** Alerts on the database, the rules and the queries, which an agent lacks, and on series of others, which its own metrics do not tell. */
const OF_SERVERS = [
  'PrometheusTSDBReloadsFailing', 'PrometheusTSDBCompactionsFailing', 'PrometheusNotIngestingSamples', 'PrometheusRuleFailures',
  'PrometheusMissingRuleEvaluations', 'PrometheusHighQueryLoad', 'PrometheusTargetNearSampleLimit', 'PrometheusSeriesBudgetExceeded',
  'PrometheusSeriesAbovePlan', 'PrometheusStorageFillingUp',
];

/** Rules about Prometheus itself and the config reloader beside it. */
export function prometheusRules(context: PrometheusRuleContext = {}, options: PrometheusRuleOptions = {}): RuleSet {
  const { jobName = PROMETHEUS_JOB, configReloader = true, agent = false, series, volume, records } = context;
  const job = jobMatcher(jobName);
  return jobRules(
    jobName,
    PROMETHEUS_JOB,
    trustedGroup({
      name: 'prometheus',
      rules: [
        ...prometheusServerRules(job, options),
        ...prometheusScrapeRules(job),
        ...seriesRules(job, series, options),
        ...(volume === undefined ? [] : [storageRule(job, volume, options)]),
        ...remoteWriteRules(job, options),
        ...(agent ? [] : notificationRules(job, options)),
      ].filter(({ alert }) => !agent || !OF_SERVERS.includes(alert)),
    }),
    // All recorded series at several times, which need not be as fresh as all else.
    trustedGroup({ name: 'prometheus-records', interval: Duration.minutes(5), rules: records === undefined || agent ? [] : [ruleWithoutData(records)] }),
    trustedGroup({ name: 'prometheus-config-reloader', rules: configReloader ? [reloaderRule(job, 'Prometheus')] : [] }),
  );
}
