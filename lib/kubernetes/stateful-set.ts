import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from './kinds';
import { apiObject } from './api-object';
import { DataStorage } from './data-storage';
import { requireAdmission } from './pod-admission';
import { metadataOf, WorkloadIdentity } from './workload-identity';
import { WorkloadOptions } from './workload-options';

/** Settings of a StatefulSet. */
export interface StatefulSetParts {
  readonly replicas: number;
  readonly template: k8s.PodTemplateSpec;
  /** Storage of the volume `data` that each Pod has; by default there is none. */
  readonly storage?: DataStorage;
  /** Size of a claim, unless `storage` says it. */
  readonly claimSize?: Size;
  /** Name of the headless Service; by default that of the StatefulSet. */
  readonly serviceName?: string;
  readonly podManagementPolicy?: 'Parallel';
}

/** Makes the StatefulSet of a workload. Throws when a StatefulSet cannot be updated as the options say. */
export function statefulSet(scope: Construct, identity: WorkloadIdentity, options: WorkloadOptions, parts: StatefulSetParts): ApiObject {
  const { replicas, template, storage, claimSize, serviceName = identity.name, podManagementPolicy } = parts;
  const { updateStrategy } = options;
  updateStrategy?._check(identity.where, 'StatefulSet');
  requireAdmission(scope, identity, options);
  return apiObject(scope, 'Resource', KIND.StatefulSet, {
    metadata: metadataOf(identity),
    spec: {
      replicas,
      selector: { matchLabels: identity.selector },
      serviceName,
      podManagementPolicy,
      updateStrategy: updateStrategy?._statefulSet,
      template,
      ...storage?._claims('data', claimSize),
    },
  });
}
