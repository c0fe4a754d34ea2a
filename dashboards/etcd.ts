import { SERVER_FAULTS } from '../lib/components/etcd/etcd-service-rules';
import { etcdThresholds } from '../lib/components/etcd/etcd-thresholds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { dashed, heatmap, mirrored, stat, stateTimeline, timeSeries } from './grafana/panels';
import { processes } from './programs';
import { after, alertsFiring, quantile, rate, series, targetsUp, toApiServer } from './queries';

const at = limits(etcdThresholds());
const etcd = (matchers = '') => series('etcd', `instance=~"$instance"${after(matchers)}`);
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const ALERTS = 'alertname=~"etcd.+"';
const unary = 'grpc_type="unary"';
const fails = [at('failedCallsWarningPercent', 'orange'), at('failedCallsCriticalPercent', 'red')];
const syncs = [at('logSyncWarningSeconds', 'orange'), at('logSyncCriticalSeconds', 'red')];
const total = (metric: string, by: string, matchers = '') => `sum by (${by}) (${rate(`${metric}{${etcd(matchers)}}`)})`;
const member = (expr: string, legend = '{{instance}}') => [{ expr, legend }];
const size = (metric: string) => `max by (instance) (${metric}{${etcd()}})`;
/** Times that something happened at each member within a step of the graph. */
const times = (metric: string, legend = '{{instance}}') => ({ expr: `sum by (instance) (increase(${metric}{${etcd()}}[$__rate_interval]))`, legend });
/** The largest value of a gauge within a step; the names of some of etcd's gauges end like those of counters. */
const gauge = (metric: string, legend: string) => ({ expr: `max by (instance) (max_over_time(${metric}{${etcd()}}[$__rate_interval]))`, legend });

/** Share of the calls that fail by the server's fault, in percent. Streams end with such codes whenever their client goes away. */
const failed = (by: string) => {
  const calls = (matchers: string) => `sum${by === '' ? '' : ` by (${by}) `}(${rate(`grpc_server_handled_total{${etcd(`${unary}${matchers}`)}}`)})`;
  return `100 * (${calls(`, grpc_code=~"${SERVER_FAULTS}"`)} or 0 * ${calls('')}) / (${calls('')} > 0)`;
};
const logSync = quantile(0.99, 'etcd_disk_wal_fsync_duration_seconds', etcd(), 'instance');
const commit = quantile(0.99, 'etcd_disk_backend_commit_duration_seconds', etcd(), 'instance');

export default dashboard({
  uid: 'etcd',
  title: 'etcd',
  description: 'The members of etcd, where the cluster keeps its objects: leader, calls, disks, the size of the database, and the network between them.',
  topic: 'control-plane',
  jobs: ['etcd'],
  variables: [labelVariable('instance', 'Instance', `up{${series('etcd')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('etcd', 'Members', 'instance=~"$instance"'),
      stat('Members with a leader', {
        description: 'Share of the members that see a leader. One without serves nothing that needs one; without any the cluster takes no writes.', ...percent,
        decimals: 0, base: 'red', thresholds: [step(100, 'green')], query: `100 * avg(etcd_server_has_leader{${etcd()}})`,
      }),
      stat('Quota used', {
        description: 'Share of its quota that the database of a member uses, the fullest. When it is full, the cluster takes no writes.', ...percent, decimals: 1,
        thresholds: [at('quotaPercent', 'red')],
        query: `100 * max(${size('etcd_mvcc_db_total_size_in_bytes')} / ${size('etcd_server_quota_backend_bytes')})`,
      }),
      stat('Log sync', {
        description: 'Time to sync the write-ahead log to disk, 99th percentile, of the slowest member. Every write waits for it; a good disk takes below 10 ms.',
        unit: 's', min: 0, thresholds: syncs, query: `max(${logSync})`,
      }),
      stat('Failed calls', {
        description: 'Share of the calls that fail by the fault of etcd.', ...percent, decimals: 2, thresholds: fails, query: failed(''),
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Members',
      stateTimeline('Roles', {
        description: 'The member that leads. Exactly one does; each change interrupts writes for about a second.', unit: 'none', width: 12,
        words: { 0: { text: 'follower', color: 'blue' }, 1: { text: 'leader', color: 'green' } },
        queries: member(`max by (instance) (etcd_server_is_leader{${etcd()}})`),
      }),
      timeSeries('Leader changes', {
        description: 'Changes of the leader that each member saw. More than a few an hour: look at the disks and the network between the members.', ...number, bars: true,
        queries: [times('etcd_server_leader_changes_seen_total')],
      }),
    ),
    row(
      'Calls',
      timeSeries('Calls by method', {
        description: 'Calls per second, the ten methods with the most.', unit: 'reqps', width: 8, links: [toApiServer],
        queries: [{ expr: `topk(10, ${total('grpc_server_handled_total', 'grpc_method', unary)})`, legend: '{{grpc_method}}' }],
      }),
      timeSeries('Failed calls by method', {
        description: 'Share of the calls that fail by the fault of etcd, the ten methods with the most. Alerts fire above the dashed lines.', ...percent, max: undefined,
        width: 8, thresholds: fails, queries: [{ expr: `topk(10, ${failed('grpc_method')})`, legend: '{{grpc_method}}' }],
      }),
      timeSeries('Time to apply', {
        description: 'Time to apply a request to the database, 99th percentile, by operation. A large range is usually a list of many objects.', unit: 's', min: 0, width: 8,
        queries: [{ expr: `topk(10, ${quantile(0.99, 'etcd_server_apply_duration_seconds', etcd(), 'op')})`, legend: '{{op}}' }],
      }),
    ),
    row(
      'Disk',
      timeSeries('Log sync by member', {
        description: 'Time to sync the write-ahead log to disk, 99th percentile. Alerts fire above the dashed lines; etcd suffers well below them.', unit: 's', min: 0,
        thresholds: syncs, queries: member(logSync),
      }),
      timeSeries('Commit by member', {
        description: 'Time to commit changes to the database on disk, 99th percentile. The alert fires above the dashed line.', unit: 's', min: 0,
        thresholds: [at('commitSeconds', 'orange')], queries: member(commit),
      }),
    ),
    row(
      'Database and proposals',
      timeSeries('Size of the database', {
        description: 'Space that the database takes, and the part of it in use, against the quota. Defragmentation gives back what is not in use.', unit: 'bytes',
        overrides: [dashed('quota')],
        queries: [
          ...member(size('etcd_mvcc_db_total_size_in_bytes')),
          ...member(size('etcd_mvcc_db_total_size_in_use_in_bytes'), '{{instance}} in use'),
          { expr: `min(etcd_server_quota_backend_bytes{${etcd()}})`, legend: 'quota' },
        ],
      }),
      timeSeries('Proposals', {
        description: 'Proposals per second, that is writes, which the members agreed on and applied, and those that failed. Failures come with the loss of a leader.',
        unit: 'reqps',
        queries: [
          { expr: `max(${total('etcd_server_proposals_committed_total', 'instance')})`, legend: 'committed' },
          { expr: `min(${total('etcd_server_proposals_applied_total', 'instance')})`, legend: 'applied by the slowest' },
          { expr: `sum(${total('etcd_server_proposals_failed_total', 'instance')})`, legend: 'failed' },
        ],
      }),
    ),
    collapsed(
      'Raft',
      timeSeries('Pending proposals', {
        description: 'Proposals that wait for agreement. Many: the disks are slow or a majority of the members is out of reach.', ...number, width: 8,
        queries: member(`max by (instance) (etcd_server_proposals_pending{${etcd()}})`),
      }),
      timeSeries('Slow operations', {
        description: 'Requests that took more than 100 ms to apply, reads that waited too long for the leader, and heartbeats that the leader sent too late: '
          + 'an overloaded disk or CPU.',
        unit: 'short', bars: true, width: 8,
        queries: [
          times('etcd_server_slow_apply_total', '{{instance}} slow applies'),
          times('etcd_server_slow_read_indexes_total', '{{instance}} slow reads'),
          times('etcd_server_heartbeat_send_failures_total', '{{instance}} late heartbeats'),
        ],
      }),
      timeSeries('Proposals to apply', {
        description: 'Proposals that a member has agreed on and not applied yet. It should be near 0; a steady rise is a member that cannot keep up.', ...number, width: 8,
        queries: member(`sum by (instance) (max_over_time(etcd_server_proposals_committed_total{${etcd()}}[$__rate_interval]))
          - sum by (instance) (max_over_time(etcd_server_proposals_applied_total{${etcd()}}[$__rate_interval]))`),
      }),
    ),
    collapsed(
      'Peers',
      timeSeries('Round trip between members', {
        description: 'Time from a member to another and back, 99th percentile. The alert fires above the dashed line.', unit: 's', min: 0, width: 8,
        thresholds: [at('slowPeerSeconds', 'orange')],
        queries: member(quantile(0.99, 'etcd_network_peer_round_trip_time_seconds', etcd(), 'instance, To'), '{{instance}} to {{To}}'),
      }),
      mirrored('Traffic between members', {
        description: 'Bits that each member receives, above, and sends, below.', unit: 'bps', below: /sent/, width: 8,
        queries: [
          ...member(`8 * ${total('etcd_network_peer_received_bytes_total', 'instance')}`, '{{instance}} received'),
          ...member(`8 * ${total('etcd_network_peer_sent_bytes_total', 'instance')}`, '{{instance}} sent'),
        ],
      }),
      timeSeries('Failures between members', {
        description: 'Messages per second that a member could not send to another. Any: the other is down or out of reach.', unit: 'short', width: 8,
        queries: member(total('etcd_network_peer_sent_failures_total', 'instance, To'), '{{instance}} to {{To}}'),
      }),
    ),
    collapsed(
      'Keys and watches',
      timeSeries('Keys', {
        description: 'Keys in the database. Steady growth is something that is never deleted; the dashboard of the API server shows the resources.', ...number, width: 8,
        links: [toApiServer], queries: [gauge('etcd_debugging_mvcc_keys_total', '{{instance}}')],
      }),
      timeSeries('Watchers', {
        description: 'Watchers of each member, and those that lag behind: their events are kept in memory.', ...number, width: 8,
        queries: [gauge('etcd_debugging_mvcc_watcher_total', '{{instance}}'), gauge('etcd_debugging_mvcc_slow_watcher_total', '{{instance}} slow')],
      }),
      mirrored('Traffic with clients', {
        description: 'Bits that each member receives from clients, above, and sends to them, below.', unit: 'bps', below: /sent/, width: 8,
        queries: [
          ...member(`8 * ${total('etcd_network_client_grpc_received_bytes_total', 'instance')}`, '{{instance}} received'),
          ...member(`8 * ${total('etcd_network_client_grpc_sent_bytes_total', 'instance')}`, '{{instance}} sent'),
        ],
      }),
    ),
    collapsed(
      'Latency of calls',
      timeSeries('Latency by method', {
        description: 'Time of calls, 99th percentile, the ten slowest methods. Members measure it when they run with --metrics=extensive. The alert fires above the dashed line.',
        unit: 's', min: 0, thresholds: [at('slowCallSeconds', 'red')],
        queries: [{ expr: `topk(10, ${quantile(0.99, 'grpc_server_handling_seconds', etcd(unary), 'grpc_method')})`, legend: '{{grpc_method}}' }],
      }),
      heatmap('Log sync times', {
        description: 'Durations of the syncs of the write-ahead log, of all members. A band above the usual one is a disk that others use too.', unit: 's',
        query: `sum by (le) (${rate(`etcd_disk_wal_fsync_duration_seconds_bucket{${etcd()}}`)})`,
      }),
    ),
    collapsed(
      'File descriptors',
      timeSeries('File descriptors in use', {
        description: 'Share of the file descriptors that a member may open. At 100% it accepts no connection.', ...percent, width: 24,
        queries: member(`100 * max by (instance) (process_open_fds{${etcd()}}) / max by (instance) (process_max_fds{${etcd()}})`),
      }),
    ),
    processes({ matchers: etcd(), by: 'instance', legend: '{{instance}}' }),
  ],
});
