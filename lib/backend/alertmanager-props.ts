import { Duration } from 'cdk8s';
import { LogLevel } from './prometheus-props';
import { AlertmanagerRuleOptions } from '../components/alertmanager/alertmanager-rules';
import { Exposure, DataStorage, WorkloadOptions } from '../kubernetes';
import { AlertRouting } from '../monitoring';

/** An Alertmanager, whichever way it is deployed. */
export interface AlertmanagerProps extends WorkloadOptions {
  /**
   * Who is told of which alert, and when.
   * @default - nobody is told; alerts are shown
   */
  readonly routing?: AlertRouting;
  /**
   * Replicas, which share silences and what has been sent.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Replicas that may be evicted at a time.
   * @default 1
   */
  readonly maxUnavailable?: number;
  /**
   * Where silences and the log of notifications are kept.
   * @default DataStorage.emptyDir()
   */
  readonly storage?: DataStorage;
  /**
   * How long silences and the log of notifications are kept.
   * @default Duration.hours(120)
   */
  readonly retention?: Duration;
  /**
   * How people reach it.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * URL that people use, for links in notifications.
   * @default - follows from an exposure with a host, else Alertmanager's own guess
   */
  readonly externalUrl?: string;
  /**
   * What is logged.
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;
  /**
   * The name of the job by which it is monitored, and by which its rules know it. The second of a Prometheus needs its own.
   * @default alertmanager
   */
  readonly jobName?: string;
  /**
   * Thresholds of the rules about it.
   * @default - the community's
   */
  readonly rules?: AlertmanagerRuleOptions;
}
