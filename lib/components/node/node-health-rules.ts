import { Duration } from 'cdk8s';
import { NodeRuleOptions } from './node-rule-options';
import { nodeThresholds } from './node-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { counted, jobMatcher, latest, missing, promql, unanswering } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const NODE = '{{ or $labels.node $labels.instance }}';

/** Clock, disk arrays, units and the exporter itself. */
export function nodeHealthRules(jobName: string, systemd: boolean, options: NodeRuleOptions): AlertingRule[] {
  const job = jobMatcher(jobName);
  return [...clock(job, options), ...raid(job), ...exporter(jobName), exporterMissing(job, options), ...(systemd ? units(job, options) : [])];
}

function clock(job: string, options: NodeRuleOptions): AlertingRule[] {
  const offset = `node_timex_offset_seconds{${job}}`;
  return [
    trustedAlert({
      alert: 'NodeClockSkewDetected',
      expr: promql`
        abs(${latest(offset)}) > ${nodeThresholds(options).clockSkewSeconds}
        and deriv(${offset}[5m]) * sgn(${latest(offset)}) >= 0`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'The clock of a node is off and not getting nearer',
      description: `The clock of ${NODE} has been off for [for], now by {{ $value | humanizeDuration }}. Check that its time synchronisation runs.`,
    }),
    trustedAlert({
      alert: 'NodeClockNotSynchronising',
      expr: `min_over_time(node_timex_sync_status{${job}}[5m]) == 0 and ${latest(`node_timex_maxerror_seconds{${job}}`)} >= 16`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'The clock of a node is not synchronised',
      description: `By its kernel, nothing has set the clock of ${NODE} for [for]. Check that NTP or chrony runs there.`,
    }),
  ];
}

function raid(job: string): AlertingRule[] {
  const disks = (state: string) => latest(`node_md_disks{${job}, state="${state}"}`);
  return [
    trustedAlert({
      alert: 'NodeRAIDDegraded',
      expr: `${latest(`node_md_disks_required{${job}}`)} - ignoring (state) ${disks('active')} > 0`,
      for: Duration.minutes(15),
      severity: Severity.CRITICAL,
      summary: 'A disk array has lost disks and no spare has replaced them',
      description: `Array {{ $labels.device }} of ${NODE} has lacked ${counted('disk')} for [for]. Losing more may lose its data. See \`cat /proc/mdstat\` there.`,
    }),
    trustedAlert({
      alert: 'NodeRAIDDiskFailure',
      expr: `${disks('failed')} > 0`,
      severity: Severity.WARNING,
      summary: 'A disk of an array has failed',
      description: `Array {{ $labels.device }} of ${NODE} has ${counted('failed disk')} to be replaced. See \`cat /proc/mdstat\` there.`,
    }),
  ];
}

function exporter(jobName: string): AlertingRule[] {
  const job = jobMatcher(jobName);
  return [
    trustedAlert({
      alert: 'NodeTextFileCollectorScrapeError',
      expr: `${latest(`node_textfile_scrape_error{${job}}`)} == 1`,
      severity: Severity.WARNING,
      summary: 'node-exporter cannot read a file of metrics',
      description: `A file in the textfile folder of node-exporter on ${NODE} cannot be read or parsed; its metrics are missing. The log of node-exporter names it.`,
    }),
    trustedAlert({
      alert: 'NodeExporterDown',
      // Any program may listen at a port of the node.
      expr: promql`
        ${unanswering({ jobName, proof: 'node_exporter_build_info' })}
        or (
          ${missing(`up{${job}}`)}
        )`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      labels: { job: jobName },
      summary: 'node-exporter does not answer',
      description: '{{ if $labels.instance }}node-exporter at {{ $labels.instance }}{{ with $labels.node }}, node {{ . }},{{ end }} has failed every scrape, '
        + 'or another program has answered{{ else }}No node-exporter has been known{{ end }} for [for]. A node in trouble would not be noticed; '
        + 'the node itself may be well.',
    }),
  ];
}

/** A node that no exporter runs on has no target that could be down. */
function exporterMissing(job: string, { kubeStateJobName = 'kube-state-metrics' }: NodeRuleOptions): AlertingRule {
  return trustedAlert({
    alert: 'NodeExporterMissing',
    expr: promql`
      group by (cluster, node) (${latest(`kube_node_info{${jobMatcher(kubeStateJobName)}}`)})
      unless on (cluster, node) up{${job}}
      and on (cluster) up{${job}, node!=""}`,
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: 'A node has no node-exporter',
    description: 'No node-exporter has been found on node {{ $labels.node }} for [for]: what happens there is not noticed. '
      + 'See whether its Pod is there: `kubectl get pods -A -o wide --field-selector spec.nodeName={{ $labels.node }}`.',
  });
}

function units(job: string, options: NodeRuleOptions): AlertingRule[] {
  const { ignoredUnits } = options;
  const matchers = ignoredUnits === undefined ? job : `${job}, name!~${JSON.stringify(ignoredUnits)}`;
  return [
    trustedAlert({
      alert: 'NodeSystemdServiceFailed',
      expr: `${latest(`node_systemd_unit_state{${matchers}, state="failed"}`)} == 1`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'A systemd unit has failed',
      description: `Unit {{ $labels.name }} of ${NODE} has been failed for [for]. See \`systemctl status {{ $labels.name }}\` there.`,
    }),
    trustedAlert({
      alert: 'NodeSystemdServiceCrashlooping',
      expr: `increase(node_systemd_service_restart_total{${matchers}}[5m]) > 2`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A systemd service restarts over and over',
      description: `Service {{ $labels.name }} of ${NODE} restarts {{ printf "%.0f" $value }} times in [5m], and has done so for [for]. `
        + 'See `journalctl -u {{ $labels.name }}` there.',
    }),
  ];
}
