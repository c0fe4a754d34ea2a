import { Duration } from 'cdk8s';

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
}
