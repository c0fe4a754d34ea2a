import { blackboxThresholds } from '../lib/components/blackbox/blackbox-rules';
import { dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { stateTimeline, stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { alertsFiring, ofRow, series, toNamespace } from './queries';

const at = limits(blackboxThresholds());
const ALERTS = 'alertname=~"Probe.+|KubeIngressProbeFailing|BlackboxExporterDown"';
const percent = { unit: 'percent', min: 0, max: 100 } as const;
// Probes have jobs that users name. Those that are known at synth are in $probes; others are found by their metrics.
const chosen = 'job=~"$job", cluster=~"$cluster", instance=~"$instance"';
const probe = (metric: string) => `probe_${metric}{${chosen}}`;
const byTarget = (expr: string) => `max by (job, instance, namespace) (${expr})`;
const remaining = `${probe('ssl_earliest_cert_expiry')} - time()`;
const certificate = [at('probedCertificateCriticalSeconds', 'orange'), at('probedCertificateWarningSeconds', 'green')];
// The colour below the first step of a column is that of text.
const YEARS = 1e9;
const states = { 0: { text: 'fails', color: 'red' }, 1: { text: 'succeeds', color: 'green' } } as const;

export default dashboard({
  uid: 'probes',
  title: 'Monitoring / Probes',
  description: 'What is probed from outside, as its users see it: whether it answers, how fast, and how long its certificates are valid.',
  topic: 'monitoring',
  jobs: ['probes'],
  variables: [
    labelVariable('job', 'Job', 'probe_success{cluster=~"$cluster"}', true),
    labelVariable('instance', 'Target', 'probe_success{cluster=~"$cluster", job=~"$job"}', true),
  ],
  alerts: ALERTS,
  from: 'now-6h',
  rows: [
    top(
      stat('Targets that fail', {
        description: 'Targets whose last probe failed. Their users are likely to fail as well.', unit: 'short', min: 0, decimals: 0, thresholds: [step(1, 'red')],
        noValue: 'no result', query: `sum(${probe('success')} == bool 0)`,
      }),
      stat('Availability', {
        description: 'Share of the probes that succeeded within the time that is shown, of all targets together.', ...percent, decimals: 2, course: false,
        noValue: 'no result', query: `100 * avg(avg_over_time(${probe('success')}[$__range]))`,
      }),
      stat('Slowest target', {
        description: 'Time of the slowest probe. One that takes longer than its timeout fails.', unit: 's', min: 0, noValue: 'no result',
        query: `max(${probe('duration_seconds')})`,
      }),
      stat('First certificate ends in', {
        description: 'Time until the first certificate ends, of those that targets present. Red and orange are the alerts.', unit: 's', decimals: 1, base: 'red',
        thresholds: certificate, noValue: 'no TLS', query: `min(${remaining})`,
      }),
      stat('Probes that are made', {
        description: 'Share of the probes that the prober answers, be it that they fail. Below 100% it is down or lacks the module: nothing is known of the others.',
        ...percent, decimals: 0, base: 'red', thresholds: [step(50, 'orange'), step(100, 'green')], noValue: 'none found',
        query: `100 * avg(up{${series('probes', 'job=~"$job", instance=~"$instance"')}})`,
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Targets',
      table('Targets by state', {
        description: 'All that is probed, what fails first. A status of 0 is no answer at all.', sortBy: 'State', height: 10,
        columns: [
          { label: 'instance', name: 'Target', width: 320 },
          { label: 'job', name: 'Job' },
          { label: 'namespace', name: 'Namespace', links: [toNamespace(ofRow('Namespace'))] },
          {
            query: byTarget(`1 - ${probe('success')}`), name: 'State', unit: 'short', width: 100,
            words: { 0: { text: 'succeeds', color: 'green' }, 1: { text: 'fails', color: 'red' } },
          },
          { query: byTarget(`100 * avg_over_time(${probe('success')}[$__range])`), name: 'Availability', ...percent, decimals: 2, bar: true },
          { query: byTarget(probe('duration_seconds')), name: 'Time', unit: 's' },
          { query: byTarget(probe('http_status_code')), name: 'HTTP status', unit: 'none', decimals: 0 },
          { query: `min by (job, instance, namespace) (${remaining})`, name: 'Certificate ends in', unit: 's', decimals: 1, thresholds: [step(-YEARS, 'red'), ...certificate] },
        ],
      }),
    ),
    row(
      'Over time',
      stateTimeline('When targets failed', {
        description: 'Results of the probes, of the twenty targets that failed most recently. Short failures over and over are an overload or a bad replica.', unit: 'short',
        words: states, base: 'red', thresholds: [step(1, 'green')], height: 10,
        queries: [{ expr: `bottomk(20, min by (instance) (${probe('success')}))`, legend: '{{instance}}' }],
      }),
      timeSeries('Status codes', {
        description: 'Targets by the status of their HTTP answer. 0 is no answer, 4xx and 5xx are errors, 3xx a redirect that is not followed.', unit: 'short', decimals: 0,
        stacked: true, queries: [{ expr: `count_values("code", ${probe('http_status_code')})`, legend: '{{code}}' }],
      }),
      timeSeries('Certificates', {
        description: 'Time until the ten certificates end that end first. A line that falls on and on is a renewal that does not work.', unit: 's',
        queries: [{ expr: `bottomk(10, min by (instance) (${remaining}))`, legend: '{{instance}}' }],
      }),
    ),
    row(
      'Duration',
      timeSeries('Slowest targets', {
        description: 'Time of a probe, of the ten slowest targets. One that takes longer than its timeout fails.', unit: 's',
        queries: [{ expr: `topk(10, max by (instance) (${probe('duration_seconds')}))`, legend: '{{instance}}' }],
      }),
      timeSeries('Name resolution', {
        description: 'Time to resolve the name of the target, of the ten slowest. It is part of the time of the probe; a slow one is DNS, not the target.', unit: 's',
        queries: [{ expr: `topk(10, max by (instance) (${probe('dns_lookup_time_seconds')}))`, legend: '{{instance}}' }],
      }),
      timeSeries('HTTP by phase', {
        description: 'Time of the phases of a probe by HTTP, on average of the targets that are chosen. Connecting is the network, processing the target.', unit: 's',
        stacked: true, queries: [{ expr: `avg by (phase) (${probe('http_duration_seconds')})`, legend: '{{phase}}' }],
      }),
      timeSeries('Other protocols by phase', {
        description: 'Time of the phases of other probes, on average of the targets that are chosen. The round trip of ICMP is the network alone.', unit: 's',
        queries: ['ICMP', 'DNS', 'gRPC'].map((protocol) => ({
          expr: `avg by (phase) (${probe(`${protocol.toLowerCase()}_duration_seconds`)})`, legend: `${protocol} {{phase}}`,
        })),
      }),
    ),
  ],
});
