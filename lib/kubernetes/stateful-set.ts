import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from './kinds';
import { apiObject } from './api-object';
import { DataStorage } from './data-storage';
import { metadataOf, WorkloadIdentity } from './workload-identity';
import { WorkloadOptions } from './workload-options';

/** Settings of a StatefulSet whose Pods have a volume `data` each. */
export interface StatefulSetParts {
  readonly replicas: number;
  readonly template: k8s.PodTemplateSpec;
  readonly storage: DataStorage;
  /** Size of a claim, unless `storage` says it. */
  readonly claimSize?: Size;
  /** Name of the headless Service; by default that of the StatefulSet. */
  readonly serviceName?: string;
  readonly podManagementPolicy?: 'Parallel';
}

/** Makes the StatefulSet of a workload. Its update strategy is checked before, where the construct checks its props. */
export function statefulSet(scope: Construct, identity: WorkloadIdentity, { updateStrategy }: Pick<WorkloadOptions, 'updateStrategy'>, parts: StatefulSetParts): ApiObject {
  const { replicas, template, storage, claimSize, serviceName = identity.name, podManagementPolicy } = parts;
  return apiObject(scope, 'Resource', KIND.StatefulSet, {
    metadata: metadataOf(identity),
    spec: {
      replicas,
      selector: { matchLabels: identity.selector },
      serviceName,
      podManagementPolicy,
      updateStrategy: updateStrategy?._statefulSet,
      template,
      ...storage._claims('data', claimSize),
    },
  });
}
