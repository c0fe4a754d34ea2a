import { Duration } from 'cdk8s';
import { KubeletRuleOptions } from './kubelet-rule-options';
import { kubeletThresholds } from './kubelet-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** Kubelets that are slow, evict Pods, or whose certificates end. */
export function kubeletHealthRules(job: string): AlertingRule[] {
  const metrics = `${job}, metrics_path="/metrics"`;
  const { relistSeconds, podWorkerSeconds } = kubeletThresholds();
  return [
    trustedAlert({
      alert: 'KubeNodeEviction',
      expr: `sum by (node, eviction_signal) (rate(kubelet_evictions{${metrics}}[15m])) > 0`,
      severity: Severity.INFO,
      summary: 'A node evicts Pods',
      description: 'The kubelet of node {{ $labels.node }} has evicted Pods within [15m], for {{ $labels.eviction_signal }} went below its threshold.',
    }),
    trustedAlert({
      alert: 'KubeletPlegDurationHigh',
      expr: promql`
        histogram_quantile(0.99, sum by (node, instance, le) (rate(kubelet_pleg_relist_duration_seconds_bucket{${metrics}}[5m])))
        >= ${relistSeconds}`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'A kubelet is slow to see what its containers do',
      description: 'The kubelet of node {{ $labels.node }} takes {{ $value | humanizeDuration }} to list its containers (99th percentile). '
        + 'Its container runtime is slow; the node may become not ready.',
    }),
    trustedAlert({
      alert: 'KubeletPodStartUpLatencyHigh',
      expr: promql`
        histogram_quantile(0.99, sum by (node, instance, le) (rate(kubelet_pod_worker_duration_seconds_bucket{${metrics}}[5m])))
        > ${podWorkerSeconds}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A kubelet is slow to start Pods',
      description: 'The kubelet of node {{ $labels.node }} takes {{ $value | humanizeDuration }} for a change of a Pod (99th percentile).',
    }),
    ...certificates('Client', 'client', metrics),
    ...certificates('Server', 'server', metrics),
    renewalErrors('Client', 'kubelet_certificate_manager_client_expiration_renew_errors', metrics),
    renewalErrors('Server', 'kubelet_server_expiration_renew_errors', metrics),
  ];
}

function certificates(name: string, kind: string, metrics: string): AlertingRule[] {
  const { certificateWarningSeconds, certificateCriticalSeconds } = kubeletThresholds();
  const levels = [
    { seconds: certificateWarningSeconds, severity: Severity.WARNING },
    { seconds: certificateCriticalSeconds, severity: Severity.CRITICAL },
  ];
  return levels.map(({ seconds, severity }) => trustedAlert({
    alert: `Kubelet${name}CertificateExpiration`,
    expr: `kubelet_certificate_manager_${kind}_ttl_seconds{${metrics}} < ${seconds}`,
    severity,
    summary: `The ${kind} certificate of a kubelet is about to end`,
    description: `The ${kind} certificate of the kubelet of node {{ $labels.node }} ends in {{ $value | humanizeDuration }}.`,
  }));
}

function renewalErrors(name: string, metric: string, metrics: string): AlertingRule {
  return trustedAlert({
    alert: `Kubelet${name}CertificateRenewalErrors`,
    expr: `increase(${metric}{${metrics}}[5m]) > 0`,
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: `A kubelet cannot renew its ${name.toLowerCase()} certificate`,
    description: `The kubelet of node {{ $labels.node }} has had {{ printf "%.0f" $value }} errors in [5m] `
      + `when it tried to renew its ${name.toLowerCase()} certificate.`,
  });
}

/** Containers that are held back by their CPU limit. */
export function throttlingRules(job: string, options: KubeletRuleOptions): AlertingRule[] {
  const { throttledPercent } = kubeletThresholds(options);
  const cadvisor = `${job}, metrics_path="/metrics/cadvisor", container!=""`;
  return [
    trustedAlert({
      alert: 'CPUThrottlingHigh',
      expr: promql`
        100 * sum by (namespace, pod, container) (increase(container_cpu_cfs_throttled_periods_total{${cadvisor}}[5m]))
          / sum by (namespace, pod, container) (increase(container_cpu_cfs_periods_total{${cadvisor}}[5m]))
        > ${throttledPercent}`,
      for: Duration.minutes(15),
      severity: Severity.INFO,
      summary: 'A container is slowed down by its CPU limit',
      description: 'Container {{ $labels.container }} of Pod {{ $labels.namespace }}/{{ $labels.pod }} has been held back by its CPU limit in '
        + '{{ printf "%.0f" $value }}% of its periods.',
    }),
  ];
}
