import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { step } from './grafana/fields';
import { mirrored, stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { alertsFiring, rate, series, toPrometheus } from './queries';

const prometheus = series('prometheus');
const chosen = 'job=~"$job", cluster=~"$cluster"';
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const percent = { unit: 'percent', min: 0, decimals: 0 } as const;
const alerts = 'alertname=~"Prometheus(.+LimitHit|DuplicateTimestamps|OutOfOrderTimestamps|NotIngestingSamples)"';
const LIMITS = [
  'prometheus_target_scrape_pool_exceeded_target_limit_total', 'prometheus_target_scrape_pool_exceeded_label_limits_total',
  'prometheus_target_scrapes_exceeded_body_size_limit_total', 'prometheus_target_scrapes_exceeded_sample_limit_total',
];

const inMemory = `prometheus_tsdb_head_series{${prometheus}}`;
const created = `prometheus_tsdb_head_series_created_total{${prometheus}}`;
const exposed = `scrape_samples_scraped{${chosen}}`;
const stored = `scrape_samples_post_metric_relabeling{${chosen}}`;
const addedInAnHour = `sum_over_time(scrape_series_added{${chosen}}[1h])`;
const duration = `scrape_duration_seconds{${chosen}}`;

const byJob = (vector: string) => `sum by (job) (${vector})`;
const TARGET = 'cluster, job, instance';
const largest = `topk(20, sum by (${TARGET}) (${stored}))`;
const ofLargest = (vector: string) => `max by (job, instance) (sum by (${TARGET}) (${vector}) and on (${TARGET}) ${largest})`;
/** The largest of all series of the chosen jobs, counted by labels. This looks at each series, so it is asked in hidden rows alone, and once. */
const counted = (by: string, matchers: string) => `topk(20, count by (${by}) ({${matchers}, ${chosen}}))`;

export default dashboard({
  uid: 'prometheus-cardinality',
  title: 'Monitoring / Cardinality',
  description: 'Number of series by job, target and metric, and how fast new ones come: what a Prometheus needs its memory for.',
  topic: 'monitoring',
  jobs: ['prometheus'],
  variables: [labelVariable('job', 'Job', 'up{cluster=~"$cluster"}', true)],
  alerts,
  from: 'now-6h',
  related: [toPrometheus],
  rows: [
    top(
      stat('Series', {
        description: 'Series in the memory of the Prometheus that has most: all that had a sample within about the last two hours.', ...number, query: `max(${inMemory})`,
      }),
      stat('Churn', {
        description: 'New series an hour against those in memory, over the time that is shown. Pods that come and go, or a label that changes, need memory twice.', ...percent,
        thresholds: [step(50, 'orange'), step(100, 'red')], course: false, query: `max(100 * 3600 * rate(${created}[$__range]) / ${inMemory})`,
      }),
      stat('Samples', {
        description: 'Samples a second that the busiest Prometheus stores.', ...number,
        query: `max(sum without (type) (${rate(`prometheus_tsdb_head_samples_appended_total{${prometheus}}`)}))`,
      }),
      stat('Memory per series', {
        description: 'Memory of Prometheus for each series that it has, queries and all. With it the memory for more series can be estimated.', unit: 'bytes', min: 0,
        query: `max(process_resident_memory_bytes{${prometheus}} / ${inMemory})`,
      }),
      stat('Limits exceeded', {
        description: 'Times that a target or a job exceeded a limit on samples, labels, bytes or targets, within the time that is shown. Its samples are lost.', ...number,
        thresholds: [step(1, 'red')], course: false, query: LIMITS.map((counter) => `sum(increase(${counter}{${prometheus}}[$__range]))`).join(' + '),
      }),
      alertsFiring(alerts),
    ),
    row(
      'Now',
      table('Jobs by series', {
        description: 'Each job with the series that its targets have, and how many are new. Dropped are those that its selection of metrics leaves out.', sortBy: 'Series',
        height: 9,
        columns: [
          { label: 'job', name: 'Job' },
          { query: `count by (job) (${stored})`, name: 'Targets', unit: 'short', decimals: 0 },
          { query: byJob(stored), name: 'Series', unit: 'short' },
          { query: `100 * ${byJob(stored)} / scalar(sum(${stored}))`, name: 'Of all', ...percent, max: 100, decimals: 1, bar: true },
          { query: `max by (job) (${stored})`, name: 'Largest target', unit: 'short' },
          { query: `100 - 100 * ${byJob(stored)} / (${byJob(exposed)} > 0)`, name: 'Dropped', ...percent, max: 100 },
          { query: byJob(addedInAnHour), name: 'New in an hour', unit: 'short' },
          { query: `max by (job) (${duration})`, name: 'Slowest scrape', unit: 's', decimals: 2 },
        ],
      }),
      table('Targets by series', {
        description: 'The twenty targets with the most series. One far above others of its job has a label with too many values.', sortBy: 'Series', height: 9,
        columns: [
          { label: 'job', name: 'Job' },
          { label: 'instance', name: 'Instance' },
          { query: ofLargest(stored), name: 'Series', unit: 'short' },
          { query: ofLargest(addedInAnHour), name: 'New in an hour', unit: 'short' },
          { query: ofLargest(duration), name: 'Scrape takes', unit: 's', decimals: 2 },
        ],
      }),
    ),
    row(
      'Over time',
      timeSeries('Series by job', {
        description: 'Series that each job has, the ten largest. A slope is a label with ever new values, a step a new release.', ...number,
        queries: [{ expr: `topk(10, ${byJob(stored)})`, legend: '{{job}}' }],
      }),
      timeSeries('New series by job', {
        description: 'New series at each scrape of a job, the ten with the most. After a rollout they should go back to none.', unit: 'short', decimals: 1,
        queries: [{ expr: `topk(10, ${byJob(`avg_over_time(scrape_series_added{${chosen}}[$__rate_interval])`)})`, legend: '{{job}}' }],
      }),
      timeSeries('Series in memory', {
        description: 'Series in the memory of each Prometheus. Those without samples are removed every two hours, so a saw is healthy.', ...number,
        queries: [{ expr: inMemory, legend: '{{instance}}' }],
      }),
      mirrored('Series created and removed', {
        description: 'Series a second that are new in memory, above, and removed from it, below. In the long run both are the same.', unit: 'short', below: /removed/,
        queries: [
          { expr: `sum by (instance) (${rate(created)})`, legend: '{{instance}} created' },
          { expr: `sum by (instance) (${rate(`prometheus_tsdb_head_series_removed_total{${prometheus}}`)})`, legend: '{{instance}} removed' },
        ],
      }),
    ),
    collapsed(
      'Metrics: each series of the chosen jobs is looked at, so choose one job where there are millions',
      table('Metrics by series', {
        description: 'The twenty metrics with the most series of the chosen jobs. Those that nobody asks for can be dropped by the selection of metrics of their job.',
        sortBy: 'Series', width: 8, columns: [{ label: '__name__', name: 'Metric' }, { query: counted('__name__', '__name__!=""'), name: 'Series', unit: 'short', width: 100 }],
      }),
      table('Histograms by series', {
        description: 'The twenty classic histograms of the chosen jobs with the most buckets. Each label multiplies by the number of buckets.', sortBy: 'Series', width: 8,
        noValue: 'No histograms',
        columns: [{ label: '__name__', name: 'Metric' }, { query: counted('__name__', '__name__=~".+_bucket"'), name: 'Series', unit: 'short', width: 100 }],
      }),
      table('Namespaces by series', {
        description: 'The twenty namespaces with the most series of the chosen jobs, by the label that series have.', sortBy: 'Series', width: 8,
        columns: [{ label: 'namespace', name: 'Namespace' }, { query: counted('namespace', '__name__!="", namespace!=""'), name: 'Series', unit: 'short', width: 100 }],
      }),
    ),
  ],
});
