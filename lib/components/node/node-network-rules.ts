import { Duration } from 'cdk8s';
import { NodeRuleOptions } from './node-rule-options';
import { nodeThresholds } from './node-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const INTERFACES_OF_PODS = 'lo|veth.+|cali.+|lxc.+|cni.+|docker.+|br-.+|flannel.+|tunl.+|kube-.+|nodelocaldns';

/** Errors of network interfaces, the connection table, bonds. */
export function nodeNetworkRules(job: string): AlertingRule[] {
  return [
    packetErrors('Receive', 'receive', 'receiving', job),
    packetErrors('Transmit', 'transmit', 'sending', job),
    trustedAlert({
      alert: 'NodeHighNumberConntrackEntriesUsed',
      expr: `node_nf_conntrack_entries{${job}} / node_nf_conntrack_entries_limit{${job}} > ${nodeThresholds().conntrackPercent / 100}`,
      severity: Severity.WARNING,
      summary: 'The connection table of a node is nearly full',
      description: '{{ or $labels.node $labels.instance }} uses {{ $value | humanizePercentage }} of its conntrack entries; when all are used, new connections are dropped.',
    }),
    trustedAlert({
      alert: 'NodeBondingDegraded',
      expr: `node_bonding_slaves{${job}} - node_bonding_active{${job}} > 0`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'A bonded network interface lacks some of its links',
      description: 'Bond {{ $labels.master }} on {{ or $labels.node $labels.instance }} has {{ $value }} links that are not active: it is slower and less redundant.',
    }),
  ];
}

function packetErrors(name: string, metric: string, verb: string, job: string): AlertingRule {
  return trustedAlert({
    alert: `NodeNetwork${name}Errs`,
    expr: promql`
      rate(node_network_${metric}_errs_total{${job}}[2m])
        / rate(node_network_${metric}_packets_total{${job}}[2m])
      > 0.01`,
    for: Duration.hours(1),
    severity: Severity.WARNING,
    summary: `A network interface has errors ${verb}`,
    description: `Interface {{ $labels.device }} of {{ or $labels.node $labels.instance }} has errors ${verb} {{ $value | humanizePercentage }} of its packets for [for].`,
  });
}

/** Network interfaces that go up and down. */
export function nodeFlappingRules(job: string, { ignoredInterfaces = INTERFACES_OF_PODS }: NodeRuleOptions): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'NodeNetworkInterfaceFlapping',
      expr: `changes(node_network_up{${job}, device!~${JSON.stringify(ignoredInterfaces)}}[2m]) > 2`,
      for: Duration.minutes(2),
      severity: Severity.WARNING,
      summary: 'A network interface goes up and down',
      description: 'Interface {{ $labels.device }} of {{ or $labels.node $labels.instance }} has changed its state {{ $value }} times in [2m].',
    }),
  ];
}
