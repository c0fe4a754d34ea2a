import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from './kinds';
import { apiObject } from './api-object';
import { requireAdmission } from './pod-admission';
import { metadataOf, WorkloadIdentity } from './workload-identity';
import { WorkloadOptions } from './workload-options';

/** Settings of a Deployment. */
export interface DeploymentParts {
  readonly replicas: number;
  readonly template: k8s.PodTemplateSpec;
  /** Update strategy in place of that of the options. */
  readonly strategy?: k8s.DeploymentStrategy;
}

/** Makes the Deployment of a workload. Throws when a Deployment cannot be updated as the options say. */
export function deployment(scope: Construct, identity: WorkloadIdentity, options: WorkloadOptions, parts: DeploymentParts): ApiObject {
  const { updateStrategy } = options;
  const { replicas, template, strategy = updateStrategy?._deployment } = parts;
  updateStrategy?._check(identity.where, 'Deployment');
  requireAdmission(scope, identity, options);
  return apiObject(scope, 'Resource', KIND.Deployment, {
    metadata: metadataOf(identity),
    spec: { replicas, selector: { matchLabels: identity.selector }, strategy, template },
  });
}
