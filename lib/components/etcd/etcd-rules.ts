import { Duration } from 'cdk8s';
import { EtcdRuleOptions } from './etcd-rule-options';
import { etcdCallRules, etcdStorageRules } from './etcd-service-rules';
import { etcdThresholds } from './etcd-thresholds';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { RuleContext, downRule, jobMatcher, jobRules, latest, promql } from '../component-rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';

/** Default name of the scrape job. */
export const ETCD_JOB = 'etcd';

const MEMBERS = '{{ $value }} member{{ if ne $value 1.0 }}s{{ end }} of etcd';

/** Facts about etcd that its rules depend on. */
export interface EtcdRuleContext extends RuleContext {
  /** Whether its flag `--metrics` is `extensive`, by which it exposes the latency of calls. */
  readonly extensiveMetrics?: boolean;
}

/** Rules about etcd: its members, what its clients get, its storage. */
export function etcdRules(context: EtcdRuleContext = {}, options: EtcdRuleOptions = {}): RuleSet {
  const { jobName = ETCD_JOB, extensiveMetrics = false } = context;
  const job = jobMatcher(jobName);
  return jobRules(jobName, ETCD_JOB, trustedGroup({
    name: 'etcd',
    rules: [
      downRule({ alert: 'etcdDown', what: 'etcd', jobName, consequence: 'if it does not run, nothing in the cluster can be read or changed' }),
      ...memberRules(job, options), ...etcdCallRules(job, options, extensiveMetrics), ...etcdStorageRules(job, options),
    ],
  }));
}

/** The members together: enough of them, one leader, proposals that pass, peers that answer. */
function memberRules(job: string, options: EtcdRuleOptions): AlertingRule[] {
  const { slowPeerSeconds } = etcdThresholds(options);
  return [
    trustedAlert({
      alert: 'etcdMembersDown',
      expr: promql`
        sum by (cluster, job) (up{${job}} == bool 0) > 0
        or
        count by (cluster, job) (sum by (cluster, job, To) (rate(etcd_network_peer_sent_failures_total{${job}}[5m])) > 0.01)`,
      for: Duration.minutes(20),
      severity: Severity.WARNING,
      summary: 'Members of etcd are down',
      description: `${MEMBERS} (job {{ $labels.job }}) {{ if eq $value 1.0 }}has{{ else }}have{{ end }} not answered Prometheus or their peers for [for].`,
    }),
    trustedAlert({
      alert: 'etcdInsufficientMembers',
      expr: promql`
        sum by (cluster, job) (up{${job}} == bool 1) < (count by (cluster, job) (up{${job}}) + 1) / 2`,
      for: Duration.minutes(3),
      severity: Severity.CRITICAL,
      summary: 'etcd has too few members to work',
      description: `Only ${MEMBERS} (job {{ $labels.job }}) {{ if eq $value 1.0 }}answers{{ else }}answer{{ end }} Prometheus, fewer than a majority: `
        + 'unless Prometheus alone cannot reach the others, it accepts no writes, and nothing in the cluster can change.',
    }),
    trustedAlert({
      alert: 'etcdNoLeader',
      expr: `${latest(`etcd_server_has_leader{${job}}`)} == 0`,
      for: Duration.minutes(1),
      severity: Severity.CRITICAL,
      summary: 'A member of etcd has no leader',
      description: 'The member of etcd at {{ $labels.instance }} sees no leader and serves nothing that needs one.',
    }),
    trustedAlert({
      alert: 'etcdHighNumberOfLeaderChanges',
      expr: `max by (cluster, job) (increase(etcd_server_leader_changes_seen_total{${job}}[15m])) >= 4`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'etcd changes its leader too often',
      description: 'etcd (job {{ $labels.job }}) has changed its leader {{ printf "%.0f" $value }} times in [15m]; '
        + 'the network between its members, a disk or the load is the usual reason.',
    }),
    trustedAlert({
      alert: 'etcdMemberCommunicationSlow',
      expr: promql`
        histogram_quantile(0.99, sum by (cluster, job, instance, To, le) (rate(etcd_network_peer_round_trip_time_seconds_bucket{${job}}[5m])))
        > ${slowPeerSeconds}`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'Members of etcd are slow to reach each other',
      description: 'From the member of etcd at {{ $labels.instance }} to member {{ $labels.To }} and back takes {{ $value | humanizeDuration }} (99th percentile).',
    }),
    trustedAlert({
      alert: 'etcdHighNumberOfFailedProposals',
      expr: `increase(etcd_server_proposals_failed_total{${job}}[15m]) >= 5`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'Writes to etcd fail to be agreed on',
      description: 'Proposals of the member of etcd at {{ $labels.instance }} that have failed in [15m]: {{ printf "%.0f" $value }}.',
    }),
  ];
}
