import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { apiObject } from './api-object';

/** Spreads replicas over nodes and zones, without keeping any of them from running. */
export function spread(selector: { [label: string]: string }): k8s.TopologySpreadConstraint[] {
  return ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: selector },
  }));
}

export interface DisruptionBudgetProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  readonly selector: { [label: string]: string };
  readonly replicas: number;
  /** Pods that may be evicted at a time. */
  readonly maxUnavailable: number;
}

/** Lets a node be drained one replica at a time. A single replica gets none: it would block every drain, or forbid nothing. */
export function disruptionBudget(scope: Construct, where: string, props: DisruptionBudgetProps): k8s.KubePodDisruptionBudget | undefined {
  const { name, namespace, labels, selector, replicas, maxUnavailable } = props;
  if (!Number.isInteger(maxUnavailable) || maxUnavailable < 1) {
    throw new Error(`${where}: maxUnavailable ${maxUnavailable} would block all evictions, so no node could be drained; it is a whole number from 1 to ${Math.max(replicas - 1, 1)}`);
  }
  if (replicas < 2) {
    return undefined;
  }
  if (maxUnavailable >= replicas) {
    throw new Error(`${where}: maxUnavailable ${maxUnavailable} of ${replicas} replicas forbids nothing; it is a whole number from 1 to ${replicas - 1}`);
  }
  return apiObject(scope, 'DisruptionBudget', k8s.KubePodDisruptionBudget, {
    metadata: { name, namespace, labels },
    spec: { maxUnavailable: k8s.IntOrString.fromNumber(maxUnavailable), selector: { matchLabels: selector } },
  });
}
