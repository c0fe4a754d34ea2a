import { Duration } from 'cdk8s';
import { seconds } from '../../units';

/** Options of the rules about Prometheus itself. */
export interface PrometheusRuleOptions {
  /**
   * Share of the concurrent queries allowed above which PrometheusHighQueryLoad fires, in percent.
   * @default 80
   */
  readonly queryLoadPercent?: number;

  /**
   * Lag above which PrometheusRemoteWriteBehind fires.
   * @default 2 minutes
   */
  readonly remoteWriteLag?: Duration;

  /**
   * Share of the samples for a remote store that are lost above which PrometheusRemoteStorageFailures fires, in percent.
   * @default 1
   */
  readonly remoteWriteFailedPercent?: number;

  /**
   * Share of the alerts for one Alertmanager that it does not get above which PrometheusErrorSendingAlertsToSomeAlertmanagers fires, in percent.
   * @default 1
   */
  readonly notificationWarningPercent?: number;

  /**
   * Share of the alerts that each Alertmanager does not get above which PrometheusErrorSendingAlertsToAnyAlertmanager fires, in percent.
   * @default 3
   */
  readonly notificationCriticalPercent?: number;

  /**
   * Share of the sample limit of its job that a target exposes above which PrometheusTargetNearSampleLimit fires, in percent.
   * @default 80
   */
  readonly sampleLimitPercent?: number;

  /**
   * Series of a scrape job above which PrometheusSeriesBudgetExceeded fires.
   * @default - as many as `capacity` plans for a Pod
   */
  readonly seriesBudget?: number;

  /**
   * The same of single scrape jobs, by the name of the job.
   * @default - `seriesBudget` for all of them
   */
  readonly seriesBudgets?: { readonly [job: string]: number };

  /**
   * Series in memory above which PrometheusSeriesAbovePlan fires, in percent of those that `capacity` plans for a Pod.
   * @default 150
   */
  readonly plannedSeriesPercent?: number;

  /**
   * Share of its volume that the samples take above which PrometheusStorageFillingUp fires, in percent.
   * @default - 90, or half of what `retentionSize` leaves where that is more
   */
  readonly storagePercent?: number;
}

/** Thresholds of the alerts about Prometheus, which colour dashboards too. */
export function prometheusThresholds(options: PrometheusRuleOptions = {}) {
  const {
    queryLoadPercent = 80, remoteWriteLag = Duration.minutes(2), remoteWriteFailedPercent = 1,
    notificationWarningPercent = 1, notificationCriticalPercent = 3, sampleLimitPercent = 80, plannedSeriesPercent = 150, storagePercent = 90,
  } = options;
  return {
    queryLoadPercent,
    remoteWriteLagSeconds: seconds(remoteWriteLag),
    remoteWriteFailedPercent,
    notificationWarningPercent,
    notificationCriticalPercent,
    sampleLimitPercent,
    plannedSeriesPercent,
    storagePercent,
  };
}
