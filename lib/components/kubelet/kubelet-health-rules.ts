import { Duration } from 'cdk8s';
import { KubeletRuleOptions } from './kubelet-rule-options';
import { kubeletThresholds } from './kubelet-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { ends, latest, promql, raised } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const KUBELET = 'The kubelet of node {{ $labels.node }}';

/** Kubelets that are slow, evict Pods, or whose certificates end. */
export function kubeletHealthRules(job: string, options: KubeletRuleOptions): AlertingRule[] {
  const metrics = `${job}, metrics_path="/metrics"`;
  const { relistSeconds, podWorkerSeconds } = kubeletThresholds(options);
  const percentile = (metric: string) => promql`
    histogram_quantile(0.99, sum by (cluster, node, instance, le) (rate(${metric}_bucket{${metrics}}[5m])))`;
  return [
    trustedAlert({
      alert: 'KubeNodeEviction',
      // A signal is counted from its first eviction on.
      expr: promql`
        sum by (cluster, node, eviction_signal) (
          ${raised('kubelet_evictions', metrics, '15m')}
        )`,
      severity: Severity.WARNING,
      summary: 'A node evicts Pods',
      description: `${KUBELET} has evicted Pods within [15m] because {{ $labels.eviction_signal }} went below its threshold. `
        + 'See them: `kubectl get events -A --field-selector reason=Evicted`.',
    }),
    trustedAlert({
      alert: 'KubeletPlegDurationHigh',
      expr: `${percentile('kubelet_pleg_relist_duration_seconds')}\n>= ${relistSeconds}`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'A kubelet is slow to see what its containers do',
      description: `${KUBELET} takes {{ $value | humanizeDuration }} to list its containers (99th percentile). `
        + 'Its container runtime is slow; the node may become not ready.',
    }),
    trustedAlert({
      alert: 'KubeletPodStartUpLatencyHigh',
      expr: `${percentile('kubelet_pod_worker_duration_seconds')}\n> ${podWorkerSeconds}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A kubelet is slow to start Pods',
      description: `${KUBELET} takes {{ $value | humanizeDuration }} for a change of a Pod (99th percentile).`,
    }),
    ...certificates('Client', 'client', metrics, options),
    ...certificates('Server', 'server', metrics, options),
    renewalErrors('Client', 'kubelet_certificate_manager_client_expiration_renew_errors', metrics),
    renewalErrors('Server', 'kubelet_server_expiration_renew_errors', metrics),
  ];
}

function certificates(name: string, kind: string, metrics: string, options: KubeletRuleOptions): AlertingRule[] {
  const { certificateWarningSeconds, certificateCriticalSeconds } = kubeletThresholds(options);
  const levels = [
    { seconds: certificateWarningSeconds, severity: Severity.WARNING },
    { seconds: certificateCriticalSeconds, severity: Severity.CRITICAL },
  ];
  return levels.map(({ seconds, severity }) => trustedAlert({
    alert: `Kubelet${name}CertificateExpiration`,
    expr: `${latest(`kubelet_certificate_manager_${kind}_ttl_seconds{${metrics}}`)} < ${seconds}`,
    severity,
    summary: `The ${kind} certificate of a kubelet is about to end`,
    description: `The ${kind} certificate of the kubelet of node {{ $labels.node }} ${ends()}. See whether requests to renew it wait for approval: `
      + '`kubectl get csr`.',
  }));
}

function renewalErrors(name: string, metric: string, metrics: string): AlertingRule {
  return trustedAlert({
    alert: `Kubelet${name}CertificateRenewalErrors`,
    expr: `increase(${metric}{${metrics}}[5m]) > 0`,
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: `A kubelet cannot renew its ${name.toLowerCase()} certificate`,
    description: `${KUBELET} fails to renew its ${name.toLowerCase()} certificate: errors in [5m]: {{ printf "%.0f" $value }}. `
      + 'See whether its requests wait for approval: `kubectl get csr`.',
  });
}

/** Containers that are held back by their CPU limit. */
export function throttlingRules(job: string, options: KubeletRuleOptions): AlertingRule[] {
  const { throttledPercent } = kubeletThresholds(options);
  const cadvisor = `${job}, metrics_path="/metrics/cadvisor", container!=""`;
  const periods = (what: string) => `sum by (cluster, namespace, pod, container) (increase(container_cpu_cfs_${what}_total{${cadvisor}}[5m]))`;
  return [
    trustedAlert({
      alert: 'CPUThrottlingHigh',
      expr: promql`
        100 * ${periods('throttled_periods')}
          / ${periods('periods')}
        > ${throttledPercent}`,
      for: Duration.minutes(15),
      severity: Severity.INFO,
      summary: 'A container is slowed down by its CPU limit',
      description: 'Container {{ $labels.container }} of Pod {{ $labels.namespace }}/{{ $labels.pod }} has been held back by its CPU limit in '
        + '{{ printf "%.0f" $value }}% of its periods.',
    }),
  ];
}
