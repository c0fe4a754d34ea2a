import { Duration } from 'cdk8s';
import { objectState } from './object-state';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const CRON_JOB = 'CronJob {{ $labels.namespace }}/{{ $labels.cronjob }}';
const DESCRIBE = '`kubectl -n {{ $labels.namespace }} describe cronjob {{ $labels.cronjob }}`';

/** CronJobs that do not start, or whose runs all fail. One that is suspended has no next run, and one that runs is given its time. */
export function cronJobRules(job: string): AlertingRule[] {
  const state = (metric: string) => objectState(`kube_cronjob_${metric}{${job}}`);
  return [
    trustedAlert({
      alert: 'KubeCronJobMissed',
      expr: promql`
        time() - ${state('next_schedule_time')} > 0
        unless ${state('status_active')} > 0`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A CronJob is overdue',
      description: `${CRON_JOB} should have started {{ $value | humanizeDuration }} ago. See its events: ${DESCRIBE}.`,
    }),
    trustedAlert({
      alert: 'KubeCronJobFailing',
      // Of one that never succeeded, since it was made.
      expr: promql`
        ${state('status_last_schedule_time')} - (${state('status_last_successful_time')} or ${state('created')})
        > 2 * (${state('next_schedule_time')} - ${state('status_last_schedule_time')})
        unless ${state('status_active')} > 0`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'The runs of a CronJob fail',
      description: `${CRON_JOB} has not succeeded for {{ $value | humanizeDuration }} before its last start, longer than two runs are apart. `
        + `See its Jobs: ${DESCRIBE}.`,
    }),
  ];
}
