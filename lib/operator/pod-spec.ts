import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { DataStorage, WorkloadOptions } from '../kubernetes';
import { spread } from '../kubernetes/availability';
import { checkFixed, commonPodSpec, podSecurity } from '../kubernetes/pod';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { quantity } from '../units';
import { isInRoot } from './operated-storage';

/** Parts of a Pod specification that differ between resources. */
export interface PodSpecParts {
  readonly identity: WorkloadIdentity;
  /** Pods in all. */
  readonly pods: number;
  readonly serviceAccountName: string;
  readonly resources: k8s.ResourceRequirements;
}

/**
 * The Pods as the operator's resources spell them. The operator itself adds the version label, the default container and the security
 * context and termination message policy of containers, the same as those of a Pod template of the library.
 */
export function podSpec(options: WorkloadOptions, { identity, pods, serviceAccountName, resources }: PodSpecParts) {
  // The rest of the labels is the operator's to set.
  const { 'app.kubernetes.io/component': component, 'app.kubernetes.io/part-of': partOf } = identity.labels;
  return {
    podMetadata: {
      labels: { 'app.kubernetes.io/component': component, 'app.kubernetes.io/part-of': partOf, ...options.podLabels },
      annotations: options.podAnnotations,
    },
    imagePullPolicy: 'IfNotPresent' as const,
    ...commonPodSpec(options),
    resources,
    topologySpreadConstraints: spread(identity, pods),
    securityContext: podSecurity(true),
    serviceAccountName,
    automountServiceAccountToken: false,
  };
}

/** Labels and annotations of Pods that the operator sets, by name. */
export interface OperatorSet {
  readonly labels: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
}

/** Throws when `podLabels` or `podAnnotations` gives another value to one that the operator sets or that selects the Pods. */
export function checkPodMetadata({ where, selector }: WorkloadIdentity, options: WorkloadOptions, made: OperatorSet): void {
  checkFixed(where, 'podLabels', options.podLabels, { ...selector, 'app.kubernetes.io/managed-by': 'prometheus-operator', ...made.labels });
  checkFixed(where, 'podAnnotations', options.podAnnotations, made.annotations);
}

/** Storage as the operator's resources spell it; a claim without a size gets the one that is given. */
export function storageSpec(storage: DataStorage, claimSize?: Size) {
  const { volumeClaimTemplates: [claim] = [], persistentVolumeClaimRetentionPolicy } = storage._claims('data', claimSize);
  const { sizeLimit } = storage._emptyDir;
  // Left out it is the operator's.
  const name = storage._template?.name;
  return {
    storage: claim === undefined
      ? { emptyDir: sizeLimit === undefined ? {} : { sizeLimit: { value: quantity(sizeLimit) } } }
      : {
        volumeClaimTemplate: { metadata: name === undefined ? undefined : { name }, spec: claim.spec },
        disableMountSubPath: isInRoot(storage) || undefined,
      },
    persistentVolumeClaimRetentionPolicy,
  };
}
