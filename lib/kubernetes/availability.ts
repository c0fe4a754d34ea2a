import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { numberOrText } from './spelling';
import { KIND } from './kinds';
import { apiObject } from './api-object';
import { metadataOf, WorkloadIdentity } from './workload-identity';

/** Spreads replicas over nodes and zones without keeping any of them from running; nothing for a single one. */
export function spread({ selector }: Pick<WorkloadIdentity, 'selector'>, replicas: number): k8s.TopologySpreadConstraint[] | undefined {
  return replicas < 2 ? undefined : ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: selector },
  }));
}

/** Lets a node be drained `maxUnavailable` replicas at a time. A single replica gets no budget: it would block every drain, or forbid nothing. */
export function disruptionBudget(scope: Construct, identity: WorkloadIdentity, replicas: number, maxUnavailable: number = 1): ApiObject | undefined {
  const { where, selector } = identity;
  if (!Number.isInteger(maxUnavailable) || maxUnavailable < 1) {
    throw new Error(`${where}: 'maxUnavailable' ${maxUnavailable} would block all evictions, so no node could be drained; choose a whole number from 1 to ${Math.max(replicas - 1, 1)}`);
  }
  if (replicas < 2) {
    return undefined;
  }
  if (maxUnavailable >= replicas) {
    throw new Error(`${where}: 'maxUnavailable' ${maxUnavailable} of ${replicas} replicas forbids nothing; choose a whole number from 1 to ${replicas - 1}`);
  }
  return apiObject(scope, 'DisruptionBudget', KIND.PodDisruptionBudget, {
    metadata: metadataOf(identity),
    spec: { maxUnavailable: numberOrText(maxUnavailable), selector: { matchLabels: selector } },
  });
}
