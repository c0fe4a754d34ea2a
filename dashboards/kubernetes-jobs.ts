import { kubeStateThresholds } from '../lib/components/kube-state/kube-state-rule-options';
import { dashboard, labelVariable, row, top } from './grafana/dashboard';
import { colored, limits, step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { after, alertsFiring, objects, ofRow, ofSeries, toNamespace, toWorkload } from './queries';

const at = limits(kubeStateThresholds());
const ns = 'namespace=~"$namespace"';
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const duration = { unit: 's', min: 0, decimals: 1 } as const;
const state = (metric: string, matchers: string = '') => `${metric}{${objects(`${ns}${after(matchers)}`)}}`;
const alerts = `alertname=~"KubeJob.+", ${ns}`;
const JOB = 'cluster, namespace, job_name';
const CRON_JOB = 'cluster, namespace, cronjob';
/** Seconds after which a run that has not begun is late: the controller looks every ten. */
const LATE = 300;

const active = `${state('kube_job_status_active')} > 0`;
const failed = `${state('kube_job_failed', 'condition="true"')} == 1`;
const running = `time() - ${state('kube_job_status_start_time')} and on (${JOB}) ${active}`;
const isOpen = `(${active} or on (${JOB}) ${failed})`;

const scheduled = state('kube_cronjob_status_last_schedule_time');
const succeeded = state('kube_cronjob_status_last_successful_time');
/** 0 where the last run failed, 1 where it succeeded, 2 where it goes on. */
const lastRun = `clamp_max((${succeeded} >= bool ${scheduled} or 0 * ${scheduled}) + 2 * (${state('kube_cronjob_status_active')} > bool 0), 2)`;
const late = `time() - ${state('kube_cronjob_next_schedule_time')}`;
const sinceSuccess = `time() - ${succeeded}`;
/** Duration of the longest run of each CronJob, of those whose Jobs are kept. */
const runTime = `max by (${CRON_JOB}) (label_replace(
  (${state('kube_job_status_completion_time')} - ${state('kube_job_status_start_time')})
  * on (${JOB}) group_left (owner_name) ${state('kube_job_owner', 'owner_kind="CronJob"')},
  "cronjob", "$1", "owner_name", "(.+)"
))`;

const byCronJob = (vector: string) => `max by (namespace, cronjob) (${vector})`;
const byJob = (vector: string) => `max by (namespace, job_name) (${vector})`;
const topCronJobs = (vector: string) => [{ expr: `topk(10, ${byCronJob(vector)})`, legend: '{{namespace}}/{{cronjob}}' }];
const inNamespace = [toNamespace(ofSeries('namespace'))];

export default dashboard({
  uid: 'kubernetes-jobs',
  title: 'Kubernetes / Jobs and CronJobs',
  description: 'Jobs that failed or run for long, and CronJobs that are late, fail, or have not succeeded for a while.',
  topic: 'kubernetes',
  jobs: ['kube-state-metrics'],
  variables: [labelVariable('namespace', 'Namespace', `kube_job_info{${objects()}}`, true)],
  alerts,
  from: 'now-24h',
  rows: [
    top(
      stat('Failed Jobs', {
        description: 'Jobs that have given up and are still there. The log of their Pods says why; the alert ends when a Job is removed.', ...number,
        thresholds: [step(1, 'orange')], query: `count(${failed}) or vector(0)`,
      }),
      stat('Last run failed', {
        description: 'CronJobs whose last run did not succeed. Their work is not done until the next one does.', ...number, thresholds: [step(1, 'orange')],
        query: `count(${lastRun} == 0) or vector(0)`,
      }),
      stat('CronJobs late', {
        description: 'CronJobs whose next run should have begun five minutes ago. The one before may still run, or the controller does not.', ...number,
        thresholds: [step(1, 'orange')], query: `count(${late} > ${LATE}) or vector(0)`,
      }),
      stat('Longest run', {
        description: 'Time for which the oldest running Job has been running. It may wait for something, or do more than it should.', ...duration,
        thresholds: [at('jobSeconds', 'orange')], noValue: 'none runs', query: `max(${running})`,
      }),
      stat('Running', {
        description: 'Jobs that have Pods now. Many at once may be a schedule that is too dense, or runs that pile up.', ...number,
        query: `count(${active}) or vector(0)`,
      }),
      alertsFiring(alerts),
    ),
    row(
      'CronJobs',
      table('CronJobs by last success', {
        description: 'Each CronJob with its schedule and its last run. One that has not succeeded for longer than its interval is worth a look.', sortBy: 'Last success',
        height: 9, noValue: 'No CronJobs',
        columns: [
          { label: 'namespace', name: 'Namespace', links: [toNamespace(ofRow('Namespace'))] },
          { label: 'cronjob', name: 'CronJob' },
          { label: 'schedule', name: 'Schedule' },
          {
            query: byCronJob(lastRun), name: 'Last run', unit: 'none',
            words: { 0: { text: 'failed', color: 'orange' }, 1: { text: 'succeeded', color: 'green' }, 2: { text: 'running' } },
          },
          { query: byCronJob(sinceSuccess), name: 'Last success', unit: 's', decimals: 1 },
          { query: byCronJob(`clamp_min(${late}, 0)`), name: 'Late by', unit: 's', decimals: 1, thresholds: [step(LATE, 'orange')] },
          { query: byCronJob(runTime), name: 'Longest run kept', unit: 's', decimals: 1 },
          {
            query: `max by (namespace, cronjob, schedule) (
              ${state('kube_cronjob_spec_suspend')} * on (${CRON_JOB}) group_left (schedule) ${state('kube_cronjob_info')}
            )`,
            name: 'Suspended', unit: 'none', words: { 0: { text: 'no' }, 1: { text: 'yes', color: 'orange' } },
          },
        ],
      }),
    ),
    row(
      'Jobs',
      table('Jobs that failed or run', {
        description: 'Jobs that are not done: what failed, and what runs and for how long. A click leads to the Pods of the Job.', sortBy: 'Running for', height: 9,
        noValue: 'No Job has failed or runs',
        columns: [
          { label: 'namespace', name: 'Namespace', links: [toNamespace(ofRow('Namespace'))] },
          { label: 'job_name', name: 'Job', links: [toWorkload(ofRow('Namespace'), ofRow('Job'))] },
          {
            query: byJob(`2 * (${failed}) or on (${JOB}) (${state('kube_job_status_active')} > bool 0) == 1`), name: 'State', unit: 'none',
            words: { 1: { text: 'running' }, 2: { text: 'failed', color: 'orange' } },
          },
          { query: byJob(running), name: 'Running for', unit: 's', decimals: 1, thresholds: [at('jobSeconds', 'orange')] },
          { query: byJob(`time() - ${state('kube_job_created')} and on (${JOB}) ${isOpen}`), name: 'Age', unit: 's', decimals: 1 },
          { query: byJob(`${state('kube_job_spec_completions')} and on (${JOB}) ${isOpen}`), name: 'Completions wanted', unit: 'short', decimals: 0 },
          { query: byJob(`${state('kube_job_status_succeeded')} and on (${JOB}) ${isOpen}`), name: 'Pods succeeded', unit: 'short', decimals: 0 },
        ],
      }),
    ),
    row(
      'Over time',
      timeSeries('Jobs by state', {
        description: 'Jobs that run, that failed, and that are suspended. Failed ones stay until they are removed.', ...number,
        overrides: [colored('running', 'blue'), colored('failed', 'orange'), colored('suspended', 'text')],
        queries: [
          { expr: `count(${active}) or vector(0)`, legend: 'running' },
          { expr: `count(${failed}) or vector(0)`, legend: 'failed' },
          { expr: `sum(${state('kube_job_status_suspended')}) or vector(0)`, legend: 'suspended' },
        ],
      }),
      timeSeries('Failed Jobs by reason', {
        description: 'Jobs that failed by what ended them: too many failed Pods, the deadline, or an eviction. Other reasons are not told apart.', ...number, stacked: true,
        noValue: 'No Job has failed',
        queries: [{ expr: `sum by (reason) (${state('kube_job_status_failed', 'reason!=""')}) > 0`, legend: '{{reason}}' }],
      }),
      timeSeries('Run time', {
        description: 'Duration of the longest run that is kept of each CronJob, the ten longest. One that grows will reach the next run.', ...duration, links: inNamespace,
        noValue: 'No run of a CronJob is kept', queries: topCronJobs(runTime),
      }),
      timeSeries('Time since the last success', {
        description: 'Time since each CronJob succeeded, the ten for which it is longest. A saw is healthy, a line that only rises is not.', ...duration, links: inNamespace,
        noValue: 'No CronJob has succeeded', queries: topCronJobs(sinceSuccess),
      }),
    ),
  ],
});
