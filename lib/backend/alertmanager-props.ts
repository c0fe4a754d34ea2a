import { Duration } from 'cdk8s';
import { LogLevel } from './prometheus-props';
import { AlertmanagerRuleOptions } from '../components/alertmanager/alertmanager-rules';
import { DataStorage, Exposure, ProxyEnvironment, WorkloadOptions } from '../kubernetes';
import { AlertRouting } from '../monitoring';

/** Props of an Alertmanager of either backend. */
export interface AlertmanagerProps extends WorkloadOptions {
  /**
   * Routing of alerts to receivers.
   * @default - alerts are shown and nobody is notified
   */
  readonly routing?: AlertRouting;
  /**
   * Number of replicas, which share silences and the log of notifications.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Replicas that may be evicted at a time.
   * @default 1
   */
  readonly maxUnavailable?: number;
  /**
   * Storage of silences and of the log of notifications.
   * @default DataStorage.emptyDir()
   */
  readonly storage?: DataStorage;
  /**
   * Retention of silences and of the log of notifications.
   * @default Duration.hours(120)
   */
  readonly retention?: Duration;
  /**
   * HTTP proxy in the environment, for clients with `proxyFromEnvironment`.
   * @default - none
   */
  readonly proxyEnvironment?: ProxyEnvironment;
  /**
   * Exposure of the web server outside of the cluster.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * URL of the web server for links in notifications.
   * @default - that of an exposure with a host, else Alertmanager's own guess
   */
  readonly externalUrl?: string;
  /**
   * Log level.
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;
  /**
   * Name of the scrape job that monitors it, which its rules refer to. A second Alertmanager of one Prometheus needs another.
   * @default alertmanager
   */
  readonly jobName?: string;
  /**
   * Thresholds of the rules about it.
   * @default - the community's
   */
  readonly rules?: AlertmanagerRuleOptions;
}
