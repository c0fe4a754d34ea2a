import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** State of the nodes in the API server. Cordoned nodes are left out. */
export function nodeStateRules(job: string): AlertingRule[] {
  const schedulable = `kube_node_spec_unschedulable{${job}} == 0`;
  return [
    trustedAlert({
      alert: 'KubeNodeNotReady',
      expr: promql`
        kube_node_status_condition{${job}, condition="Ready", status="true"} == 0
        and on (node) ${schedulable}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A node is not ready',
      description: 'Node {{ $labels.node }} has not been ready for [for].',
    }),
    trustedAlert({
      alert: 'KubeNodePressure',
      expr: promql`
        kube_node_status_condition{${job}, condition=~"(Memory|Disk|PID)Pressure", status="true"} == 1
        and on (node) ${schedulable}`,
      for: Duration.minutes(10),
      severity: Severity.INFO,
      summary: 'A node is short of something',
      description: 'Node {{ $labels.node }} has had the condition {{ $labels.condition }} for [for]; it takes no new Pods and may evict some.',
    }),
    trustedAlert({
      alert: 'KubeNodeUnreachable',
      // The other taints are those that autoscalers and providers of spot nodes set before they take a node away.
      expr: promql`
        kube_node_spec_taint{${job}, key="node.kubernetes.io/unreachable", effect="NoSchedule"} == 1
        unless on (node)
          kube_node_spec_taint{${job}, key=~"ToBeDeletedByClusterAutoscaler|cloud.google.com/impending-node-termination|aws-node-termination-handler/spot-itn"}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A node has gone silent',
      description: 'Node {{ $labels.node }} has not reported for [for]; its Pods are made anew on other nodes where they can be.',
    }),
    trustedAlert({
      alert: 'KubeletTooManyPods',
      expr: promql`
        100 * count by (node) (
          kube_pod_info{${job}, node!=""}
          and on (namespace, pod) kube_pod_status_phase{${job}, phase="Running"} == 1
        )
          / on (node) (max by (node) (kube_node_status_capacity{${job}, resource="pods"}) > 1)
        > 95`,
      for: Duration.minutes(15),
      severity: Severity.INFO,
      summary: 'A node has nearly as many Pods as it takes',
      description: 'Node {{ $labels.node }} runs {{ printf "%.0f" $value }}% of the Pods that its kubelet takes.',
    }),
    trustedAlert({
      alert: 'KubeNodeReadinessFlapping',
      expr: promql`
        changes(kube_node_status_condition{${job}, condition="Ready", status="true"}[15m]) > 2
        and on (node) ${schedulable}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A node is ready and then is not, again and again',
      description: 'The readiness of node {{ $labels.node }} has changed {{ $value }} times in [15m].',
    }),
  ];
}
