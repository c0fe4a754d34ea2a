import { Duration } from 'cdk8s';
import { seconds } from '../../units';

/** Options of the rules about the objects of the cluster. */
export interface KubeStateRuleOptions {
  /**
   * The regular expression (RE2, anchored) of namespaces that the rules about workloads and quotas look at.
   * @default - all
   */
  readonly namespaces?: string;

  /**
   * Time that a Job runs after which KubeJobNotCompleted fires.
   * @default 12 hours
   */
  readonly jobDuration?: Duration;

  /**
   * Restarts of a container within an hour above which KubeContainerRestarting fires.
   * @default 3
   */
  readonly restartsPerHour?: number;

  /**
   * Sum of the quotas of all namespaces above which the alerts on overcommitted quotas fire, in percent of the allocatable CPU or memory.
   * @default 150
   */
  readonly quotaOvercommitPercent?: number;
}

/** Thresholds of the alerts about objects of the cluster, which colour dashboards too. */
export function kubeStateThresholds({ jobDuration = Duration.hours(12), restartsPerHour = 3 }: KubeStateRuleOptions = {}) {
  return { jobSeconds: seconds(jobDuration), restartsPerHour };
}
