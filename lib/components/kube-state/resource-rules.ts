import { Duration } from 'cdk8s';
import { KubeStateRuleOptions } from './kube-state-rule-options';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql } from '../component-rules';
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
    overcommit('CPU', 'cpu', '{{ $value | humanize }} cores', matchers.job),
    overcommit('Memory', 'memory', '{{ $value | humanize1024 }}B', matchers.job),
    quotaOvercommit('CPU', 'cpu', matchers, options),
    quotaOvercommit('Memory', 'memory', matchers, options),
    ...quotaUse(matchers.workloads),
  ];
}

/**
 * With three control-plane nodes or more a cluster is meant to outlive the loss of a node, so the biggest one is not counted; a smaller
 * cluster only has to hold what is requested.
 */
function overcommit(name: string, resource: string, amount: string, job: string): AlertingRule {
  const requests = promql`
    sum(
      kube_pod_container_resource_requests{${job}, resource="${resource}"}
      and on (namespace, pod) kube_pod_status_phase{${job}, phase=~"Pending|Running"} == 1
    )`;
  const allocatable = `kube_node_status_allocatable{${job}, resource="${resource}"}`;
  return trustedAlert({
    alert: `Kube${name}Overcommit`,
    expr: [
      requests,
      `- sum(${allocatable})`,
      `+ (max(${allocatable}) and on () count(kube_node_role{${job}, role="control-plane"}) >= 3 or vector(0))`,
      '> 0',
    ].join('\n'),
    for: Duration.minutes(10),
    severity: Severity.WARNING,
    summary: `The cluster has promised more ${resource} than it has`,
    description: `The ${resource} requests of all Pods are ${amount} more than the nodes can give, `
      + 'the biggest node left out where there are three control-plane nodes or more: Pods stay pending, now or when a node is lost.',
  });
}

function quotaOvercommit(name: string, resource: string, { job, workloads }: Matchers, options: KubeStateRuleOptions): AlertingRule {
  const { quotaOvercommitPercent = 150 } = options;
  return trustedAlert({
    alert: `Kube${name}QuotaOvercommit`,
    expr: promql`
      100 * sum(min without (resource) (kube_resourcequota{${workloads}, type="hard", resource=~"${resource}|requests.${resource}"}))
        / sum(kube_node_status_allocatable{${job}, resource="${resource}"})
      > ${quotaOvercommitPercent}`,
    for: Duration.minutes(5),
    severity: Severity.WARNING,
    summary: `The quotas allow more ${resource} than the cluster has`,
    description: `The ${resource} quotas of all namespaces add up to {{ printf "%.0f" $value }}% of what the nodes can give.`,
  });
}

function quotaUse(job: string): AlertingRule[] {
  const used = promql`
    kube_resourcequota{${job}, type="used"}
      / ignoring (type) (kube_resourcequota{${job}, type="hard"} > 0)`;
  const rule = (alert: string, condition: string, severity: Severity, summary: string, rest: string) => trustedAlert({
    alert,
    expr: `${used}\n${condition}`,
    for: Duration.minutes(15),
    severity,
    summary,
    description: `${QUOTA}: {{ $value | humanizePercentage }} of {{ $labels.resource }} is used${rest}.`,
  });
  return [
    rule('KubeQuotaAlmostFull', '> 0.9 < 1', Severity.INFO, 'A quota is nearly used up', ''),
    rule('KubeQuotaFullyUsed', '== 1', Severity.INFO, 'A quota is used up', ', nothing more can be made there'),
    rule('KubeQuotaExceeded', '> 1', Severity.WARNING, 'More is used than a quota allows', ', for it was lowered; what is there stays, nothing more can be made'),
  ];
}

/** PersistentVolumes that are of no use. */
export function volumeRules(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'KubePersistentVolumeErrors',
      expr: `kube_persistentvolume_status_phase{${job}, phase=~"Failed|Pending"} > 0`,
      for: Duration.minutes(5),
      severity: Severity.CRITICAL,
      summary: 'A PersistentVolume cannot be used',
      description: 'PersistentVolume {{ $labels.persistentvolume }} has been in phase {{ $labels.phase }} for [for].',
    }),
  ];
}
