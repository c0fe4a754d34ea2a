import { influxDbThresholds } from '../lib/components/influxdb/influxdb-rules';
import { claimPanel, freeOfClaims } from './claims';
import { dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { dashed, stat, timeSeries } from './grafana/panels';
import { processes } from './programs';
import { alertsFiring, ofSeries, rate, series, targetsUp, toPod, toRemoteWrite } from './queries';

const at = limits(influxDbThresholds());
const ALERTS = 'alertname=~"InfluxDB[A-Z].+"';
const matchers = series('influxdb', 'instance=~"$instance"');
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const links = [toRemoteWrite];

// InfluxDB tells nothing of what is written to it: whoever writes does, and InfluxDB alone has this path.
const sent = (metric: string) => `prometheus_remote_storage_${metric}{${series('prometheus', 'url=~".+/api/v1/prom/write.*"')}}`;
const flow = (counter: string) => rate(sent(counter));
const byStore = (expr: string) => (
  { expr: `sum by (remote_name, store) (label_replace(${expr}, "store", "$1", "url", "https?://([^/]+)/.*"))`, legend: '{{remote_name}} {{store}}' }
);

export default dashboard({
  uid: 'influxdb',
  title: 'Monitoring / InfluxDB',
  description: 'Samples that Prometheus sends to InfluxDB and what comes of them, and the disk and memory that it takes.',
  topic: 'monitoring',
  jobs: ['influxdb', 'prometheus', 'kubelet'],
  variables: [labelVariable('instance', 'Instance', `up{${series('influxdb')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('influxdb', 'Instances', 'instance=~"$instance"'),
      stat('Disk free', {
        description: 'Share of the claim that is free, of the instance with the least. Nothing is stored once it is full.', ...percent, decimals: 0,
        base: 'red', thresholds: [step(3, 'orange'), at('freeDiskPercent', 'green')], noValue: 'no claim', query: `min(${freeOfClaims(matchers)})`,
      }),
      stat('Samples rejected', {
        description: 'Share of the samples sent to it that it rejects. They are lost.', ...percent, decimals: 1,
        thresholds: [at('writeErrorPercent', 'red')], noValue: 'none sent', links,
        query: `100 * sum(${flow('samples_failed_total')}) / (sum(${flow('samples_total')}) > 0)`,
      }),
      stat('Samples sent again', {
        description: 'Share of the samples that have to be sent once more, because InfluxDB is out of reach or fails. They are late.', ...percent, decimals: 1,
        thresholds: [step(1, 'orange')], noValue: 'none sent', links,
        query: `100 * sum(${flow('samples_retried_total')}) / (sum(${flow('samples_total')}) > 0)`,
      }),
      stat('Samples sent', { description: 'Samples a second that are sent to it.', unit: 'cps', min: 0, links, query: `sum(${flow('samples_total')})` }),
      alertsFiring(ALERTS),
    ),
    row(
      'Writing',
      timeSeries('Samples by writer', {
        description: 'Samples a second that are sent, by remote write.', unit: 'cps', stacked: true, links, queries: [byStore(flow('samples_total'))],
      }),
      timeSeries('Rejected by writer', {
        description: 'Samples a second that are lost: wrong password, no such database, or values that InfluxDB cannot store. Its log names each request.', unit: 'cps', links,
        queries: [byStore(flow('samples_failed_total'))],
      }),
      timeSeries('Sent again by writer', {
        description: 'Samples a second that have to be sent once more. More than some for long: InfluxDB is overloaded or out of reach.', unit: 'cps', links,
        queries: [byStore(flow('samples_retried_total'))],
      }),
      timeSeries('Waiting', {
        description: 'Samples that wait in the queue of Prometheus. Growth means that InfluxDB is slower than what is scraped.', unit: 'short', links,
        queries: [byStore(sent('samples_pending'))],
      }),
    ),
    row(
      'Disk and files',
      claimPanel(matchers),
      timeSeries('Open files', {
        description: 'Files and connections that the process has open, and how many it may have, which is dashed. At the limit writes fail.', unit: 'short', width: 12,
        overrides: [dashed(/^at most/)],
        queries: [
          { expr: `topk(20, max by (namespace, pod) (process_open_fds{${matchers}}))`, legend: '{{namespace}}/{{pod}}' },
          { expr: `min(process_max_fds{${matchers}})`, legend: 'at most' },
        ],
      }),
    ),
    processes({ matchers, by: 'namespace, pod', legend: '{{namespace}}/{{pod}}', links: [toPod(ofSeries('namespace'), ofSeries('pod'))] }),
  ],
});
