import { Duration } from 'cdk8s';
import { NodeRuleOptions } from './node-rule-options';
import { nodeThresholds } from './node-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const INTERFACES_OF_PODS = 'lo|veth.+|cali.+|lxc.+|cni.+|docker.+|br-.+|flannel.+|tunl.+|kube-.+|nodelocaldns';
const NODE = '{{ or $labels.node $labels.instance }}';

/** Errors of network interfaces, the connection table, bonds. */
export function nodeNetworkRules(job: string, options: NodeRuleOptions): AlertingRule[] {
  const { conntrackPercent } = nodeThresholds(options);
  return [
    packetErrors('Receive', 'receive', 'receiving', job, options),
    packetErrors('Transmit', 'transmit', 'sending', job, options),
    trustedAlert({
      alert: 'NodeHighNumberConntrackEntriesUsed',
      expr: promql`
        100 * ${latest(`node_nf_conntrack_entries{${job}}`)} / ${latest(`node_nf_conntrack_entries_limit{${job}}`)}
        > ${conntrackPercent}`,
      severity: Severity.WARNING,
      summary: 'The connection table of a node is nearly full',
      description: `${NODE} uses {{ printf "%.0f" $value }}% of its conntrack entries; when all are used, new connections are dropped.`,
    }),
    trustedAlert({
      alert: 'NodeBondingDegraded',
      expr: `${latest(`node_bonding_slaves{${job}}`)} - ${latest(`node_bonding_active{${job}}`)} > 0`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'A bonded network interface lacks some of its links',
      description: `Not active for [for]: {{ $value }} of the links of bond {{ $labels.master }} on ${NODE}. It is slower and less redundant.`,
    }),
  ];
}

/** Of an interface that hardly sends anything, one error is a large share. */
function packetErrors(name: string, metric: string, verb: string, job: string, options: NodeRuleOptions): AlertingRule {
  const rate = (what: string) => `rate(node_network_${metric}_${what}_total{${job}}[5m])`;
  return trustedAlert({
    alert: `NodeNetwork${name}Errs`,
    expr: promql`
      100 * ${rate('errs')}
        / (${rate('packets')} > 1)
      > ${nodeThresholds(options).packetErrorPercent}`,
    for: Duration.hours(1),
    severity: Severity.WARNING,
    summary: `A network interface has errors ${verb}`,
    description: `Interface {{ $labels.device }} of ${NODE} has had errors ${verb} {{ printf "%.2g" $value }}% of its packets for [for].`,
  });
}

/** Network interfaces that go up and down. The kernel counts it, so nothing between two scrapes is missed. */
export function nodeFlappingRules(job: string, { ignoredInterfaces = INTERFACES_OF_PODS }: NodeRuleOptions): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'NodeNetworkInterfaceFlapping',
      expr: `increase(node_network_carrier_changes_total{${job}, device!~${JSON.stringify(ignoredInterfaces)}}[5m]) > 4`,
      for: Duration.minutes(2),
      severity: Severity.WARNING,
      summary: 'A network interface goes up and down',
      description: `Interface {{ $labels.device }} of ${NODE} has lost or found its carrier {{ printf "%.0f" $value }} times in [5m].`,
    }),
  ];
}
