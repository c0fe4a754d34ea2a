import { Duration } from 'cdk8s';
import { KubeStateRuleOptions } from './kube-state-rule-options';
import { objectState } from './object-state';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const QUOTA = 'Quota {{ $labels.resourcequota }} of namespace {{ $labels.namespace }}';

/** Matchers of the job, and those that select the workloads of the chosen namespaces as well. */
interface Matchers {
  readonly job: string;
  readonly workloads: string;
}

/** More promised than there is: requests, quotas; and volumes that failed. */
export function resourceRules(matchers: Matchers, options: KubeStateRuleOptions): AlertingRule[] {
  return [
    overcommit('CPU', 'cpu', '{{ $value | humanize }} CPU{{ if ne $value 1.0 }}s{{ end }}', matchers.job),
    overcommit('Memory', 'memory', '{{ $value | humanize1024 }}B of memory', matchers.job),
    quotaOvercommit('CPU', 'cpu', matchers, options),
    quotaOvercommit('Memory', 'memory', matchers, options),
    ...quotaUse(matchers.workloads),
  ];
}

/** A resource in a sentence. */
function nounOf(resource: string): string {
  return resource === 'cpu' ? 'CPU' : resource;
}

/**
 * A cluster is meant to outlive the loss of a node, so the biggest one is not counted, unless there is no other, or one or two control-plane
 * nodes: such a cluster only has to hold what is requested. Of managed clusters no control-plane node is seen.
 */
function overcommit(name: string, resource: string, amount: string, job: string): AlertingRule {
  const requests = promql`
    sum by (cluster) (
      ${latest(`kube_pod_container_resource_requests{${job}, resource="${resource}"}`)}
      and on (cluster, namespace, pod) ${latest(`kube_pod_status_phase{${job}, phase=~"Pending|Running"}`)} == 1
    )`;
  const nodes = objectState(`kube_node_status_allocatable{${job}, resource="${resource}"}`);
  const controlPlane = `group by (cluster, node) (${latest(`kube_node_role{${job}, role="control-plane"}`)})`;
  return trustedAlert({
    alert: `Kube${name}Overcommit`,
    expr: promql`
      ${requests}
      - sum by (cluster) (${nodes})
      + (
        max by (cluster) (${nodes}) and on (cluster) count by (cluster) (${nodes}) > 1 unless on (cluster) count by (cluster) (${controlPlane}) < 3
        or
        0 * max by (cluster) (${nodes})
      )
      > 0`,
    for: Duration.minutes(10),
    severity: Severity.WARNING,
    summary: `The cluster has promised more ${nounOf(resource)} than it has`,
    description: `All Pods together request ${amount} more than the nodes have, `
      + 'without the biggest of them unless the cluster has no spare one: Pods stay pending, now or when a node is lost. '
      + 'See what nodes have left: `kubectl describe nodes`.',
  });
}

function quotaOvercommit(name: string, resource: string, { job, workloads }: Matchers, options: KubeStateRuleOptions): AlertingRule {
  const { quotaOvercommitPercent = 150 } = options;
  const quotas = objectState(`kube_resourcequota{${workloads}, type="hard", resource=~"${resource}|requests.${resource}"}`);
  return trustedAlert({
    alert: `Kube${name}QuotaOvercommit`,
    expr: promql`
      100 * sum by (cluster) (min without (resource) (${quotas}))
        / sum by (cluster) (${objectState(`kube_node_status_allocatable{${job}, resource="${resource}"}`)})
      > ${quotaOvercommitPercent}`,
    for: Duration.minutes(5),
    severity: Severity.WARNING,
    summary: `The quotas allow more ${nounOf(resource)} than the cluster has`,
    description: `The ${nounOf(resource)} quotas of all namespaces add up to {{ printf "%.0f" $value }}% of what the nodes can give.`,
  });
}

function quotaUse(job: string): AlertingRule[] {
  const quota = (type: string, condition: string = '') => objectState(`kube_resourcequota{${job}, type="${type}"}`, condition);
  const used = promql`
    ${quota('used')}
      / ignoring (type) ${quota('hard', ' > 0')}`;
  const rule = (alert: string, condition: string, severity: Severity, summary: string, rest: string) => trustedAlert({
    alert,
    expr: `${used}\n${condition}`,
    for: Duration.minutes(15),
    severity,
    summary,
    description: `${QUOTA}: {{ $value | humanizePercentage }} of {{ $labels.resource }} is used${rest}. `
      + 'See `kubectl -n {{ $labels.namespace }} describe quota {{ $labels.resourcequota }}`.',
  });
  return [
    rule('KubeQuotaAlmostFull', '> 0.9 < 1', Severity.INFO, 'A quota is nearly used up', ''),
    rule('KubeQuotaFullyUsed', '== 1', Severity.INFO, 'A quota is used up', ', so nothing that needs more of it can be created there'),
    rule('KubeQuotaExceeded', '> 1', Severity.WARNING, 'More is used than a quota allows', ', since it was lowered or came later; what is there stays, and nothing that needs more of it can be created'),
  ];
}

/** PersistentVolumes that are of no use. */
export function volumeRules(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'KubePersistentVolumeErrors',
      expr: objectState(`kube_persistentvolume_status_phase{${job}, phase=~"Failed|Pending"}`, ' > 0'),
      for: Duration.minutes(5),
      severity: Severity.CRITICAL,
      summary: 'A PersistentVolume cannot be used',
      description: 'PersistentVolume {{ $labels.persistentvolume }} has been in phase {{ $labels.phase }} for [for]. '
        + 'See why: `kubectl describe pv {{ $labels.persistentvolume }}`.',
    }),
  ];
}
