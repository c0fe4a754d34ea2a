import { Duration } from 'cdk8s';
import { objectState, ofObject } from './object-state';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** Taints that autoscalers and providers of spot nodes set before they take a node away. */
const LEAVING = 'ToBeDeletedByClusterAutoscaler|cloud.google.com/impending-node-termination|aws-node-termination-handler/spot-itn';

const DESCRIBE_NODE = '`kubectl describe node {{ $labels.node }}`';

/** State of the nodes in the API server. Cordoned nodes are left out. */
export function nodeStateRules(job: string): AlertingRule[] {
  const schedulable = `${latest(`kube_node_spec_unschedulable{${job}}`)} == 0`;
  const condition = (matchers: string) => `kube_node_status_condition{${job}, ${matchers}, status="true"}`;
  return [
    trustedAlert({
      alert: 'KubeNodeNotReady',
      expr: promql`
        ${objectState(condition('condition="Ready"'), ' == 0')}
        and on (cluster, node) ${schedulable}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A node is not ready',
      description: `Node {{ $labels.node }} has not been ready for [for]: no Pod is placed there. See its conditions: ${DESCRIBE_NODE}.`,
    }),
    trustedAlert({
      alert: 'KubeNodePressure',
      expr: promql`
        ${objectState(condition('condition=~"(Memory|Disk|PID)Pressure"'), ' == 1')}
        and on (cluster, node) ${schedulable}`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'A node is short of memory, disk or process ids',
      description: 'Node {{ $labels.node }} has had the condition {{ $labels.condition }} for [for]; it accepts no new Pods and may evict some. '
        + `See ${DESCRIBE_NODE}.`,
    }),
    trustedAlert({
      alert: 'KubeNodeUnreachable',
      expr: promql`
        ${objectState(`kube_node_spec_taint{${job}, key="node.kubernetes.io/unreachable", effect="NoSchedule"}`, ' == 1')}
        unless on (cluster, node) ${latest(`kube_node_spec_taint{${job}, key=~"${LEAVING}"}`)}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A node has gone silent',
      description: 'The kubelet of node {{ $labels.node }} has not reported for [for]; its Pods are replaced on other nodes where they can be. '
        + `See when it last did: ${DESCRIBE_NODE}.`,
    }),
    trustedAlert({
      alert: 'KubeletTooManyPods',
      expr: promql`
        100 * count by (cluster, node) (
          ${latest(`kube_pod_info{${job}, node!=""}`)}
          and on (cluster, namespace, pod) ${latest(`kube_pod_status_phase{${job}, phase="Running"}`)} == 1
        )
          / on (cluster, node) (max by (cluster, node) (${latest(`kube_node_status_capacity{${job}, resource="pods"}`)}) > 1)
        > 95`,
      for: Duration.minutes(15),
      severity: Severity.INFO,
      summary: 'A node has nearly as many Pods as it accepts',
      description: 'Node {{ $labels.node }} runs {{ printf "%.0f" $value }}% of the Pods that its kubelet accepts.',
    }),
    trustedAlert({
      alert: 'KubeNodeReadinessFlapping',
      expr: promql`
        ${ofObject(`changes(${condition('condition="Ready"')}[15m]) > 2`)}
        and on (cluster, node) ${schedulable}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A node is ready and then is not, again and again',
      description: `The readiness of node {{ $labels.node }} has changed {{ $value }} times in [15m]. See its conditions: ${DESCRIBE_NODE}.`,
    }),
  ];
}
