import { Duration } from 'cdk8s';
import { KubeStateRuleOptions, kubeStateThresholds } from './kube-state-rule-options';
import { ofObject } from './object-state';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const CONTAINER = 'Container {{ $labels.container }} of Pod {{ $labels.namespace }}/{{ $labels.pod }}';
const PREVIOUS_LOG = '`kubectl -n {{ $labels.namespace }} logs {{ $labels.pod }} -c {{ $labels.container }} --previous`';

/** Containers that run for a while and are restarted, which are hardly ever in CrashLoopBackOff. */
export function restartRules(job: string, options: KubeStateRuleOptions): AlertingRule[] {
  const { restartsPerHour } = kubeStateThresholds(options);
  const restarts = `kube_pod_container_status_restarts_total{${job}}`;
  return [
    trustedAlert({
      alert: 'KubeContainerRestarting',
      expr: ofObject(`increase(${restarts}[1h]) > ${restartsPerHour}`),
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A container is restarted over and over',
      description: `${CONTAINER} has been restarted {{ printf "%.0f" $value }} times in [1h]. Its last words: ${PREVIOUS_LOG}.`,
    }),
    trustedAlert({
      alert: 'KubeContainerOOMKilled',
      expr: promql`
        ${ofObject(`increase(${restarts}[15m]) > 0`)}
        and on (cluster, namespace, pod, container)
          ${latest(`kube_pod_container_status_last_terminated_reason{${job}, reason="OOMKilled"}`)} == 1`,
      severity: Severity.WARNING,
      summary: 'A container was killed for using too much memory',
      description: `${CONTAINER} has been killed at its memory limit, or for want of memory of the node, and restarted within [15m]. `
        + 'Compare its use and its limit: `kubectl -n {{ $labels.namespace }} top pod {{ $labels.pod }} --containers`.',
    }),
  ];
}
