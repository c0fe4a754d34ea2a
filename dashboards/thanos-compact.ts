import { thanosCompactorThresholds } from '../lib/components/thanos/thanos-thresholds';
import { dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { alertsFiring, rate, series, targetsUp } from './queries';
import { bucket, chosenPods, percent, thanosProcesses } from './thanos';

const at = limits(thanosCompactorThresholds());
const ALERTS = 'alertname=~"ThanosCompact.+"';
const chosen = chosenPods('thanos-compact');
const own = (metric: string) => `thanos_compact_${metric}{${chosen}}`;
const grown = (counter: string) => `sum(increase(${own(counter)}[$__rate_interval]))`;

export default dashboard({
  uid: 'thanos-compact',
  title: 'Monitoring / Thanos Compactor',
  description: 'Blocks of the bucket that are merged, downsampled and deleted: whether that happens, and what is left to do.',
  topic: 'monitoring',
  jobs: ['thanos-compact'],
  variables: [labelVariable('pod', 'Pod', `thanos_compact_halted{${series('thanos-compact')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('thanos-compact', 'Compactors', 'pod=~"$pod"'),
      stat('Halted', {
        description: 'Compactors that have met blocks that they cannot compact, and do nothing until they are restarted.', unit: 'short', min: 0, decimals: 0,
        thresholds: [step(1, 'orange')], query: `sum(${own('halted')})`,
      }),
      stat('Failed compactions', {
        description: 'Share of the compactions that fail.', ...percent, decimals: 1, thresholds: [at('compactionErrorPercent', 'orange')], noValue: 'none',
        query: `100 * sum(${rate(own('group_compactions_failures_total'))}) / (sum(${rate(own('group_compactions_total'))}) > 0)`,
      }),
      stat('Blocks to compact', {
        description: 'Blocks that wait to be merged. Steady growth: more CPU, or a higher concurrency.', unit: 'short', min: 0, decimals: 0, query: `sum(${own('todo_compaction_blocks')})`,
      }),
      stat('Blocks to downsample', {
        description: 'Blocks that wait to be downsampled. Until then long queries read raw samples.', unit: 'short', min: 0, decimals: 0, query: `sum(${own('todo_downsample_blocks')})`,
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Work',
      timeSeries('Work left', {
        description: 'Blocks that wait to be merged, downsampled or deleted. They grow as new ones come, and fall with each run.', unit: 'short', decimals: 0,
        queries: [
          { expr: `sum(${own('todo_compaction_blocks')})`, legend: 'to compact' },
          { expr: `sum(${own('todo_downsample_blocks')})`, legend: 'to downsample' },
          { expr: `sum(${own('todo_deletion_blocks')})`, legend: 'to delete' },
        ],
      }),
      timeSeries('Work done', {
        description: 'Compactions and downsamplings that ended, and blocks that were deleted.', unit: 'short', bars: true,
        queries: [
          { expr: grown('group_compactions_total'), legend: 'compactions' },
          { expr: grown('downsample_total'), legend: 'downsamplings' },
          { expr: grown('blocks_cleaned_total'), legend: 'blocks deleted' },
        ],
      }),
      timeSeries('Work failed', {
        description: 'Compactions, downsamplings and deletions that failed. The log names the blocks.', unit: 'short', bars: true,
        queries: [
          { expr: grown('group_compactions_failures_total'), legend: 'compactions' },
          { expr: grown('downsample_failures_total'), legend: 'downsamplings' },
          { expr: grown('block_cleanup_failures_total'), legend: 'deletions' },
        ],
      }),
      timeSeries('Blocks in the bucket', {
        description: 'Blocks that the compactor found at its last look into the bucket, and those that it leaves alone, by the reason.', unit: 'short', decimals: 0,
        queries: [{ expr: `sum by (state) (thanos_blocks_meta_synced{${chosen}}) > 0`, legend: '{{state}}' }],
      }),
    ),
    row('Bucket', ...bucket(chosen)),
    thanosProcesses(chosen),
  ],
});
