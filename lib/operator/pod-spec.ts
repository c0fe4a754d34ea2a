import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { DataStorage, WorkloadOptions } from '../kubernetes';
import { checkPodOptions, commonPodSpec, FixedParts, PodDefaults } from '../kubernetes/pod';
import { requireAdmission } from '../kubernetes/pod-admission';
import { addedContainers, mainSecurity, podSecurity } from '../kubernetes/security';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { quantity } from '../units';
import { isInRoot } from './operated-storage';
import { some } from '../wire/data';

/** Parts of a Pod specification that differ between resources. */
export interface PodSpecParts extends PodDefaults {
  readonly identity: WorkloadIdentity;
  /** Name of the main container. */
  readonly container: 'prometheus' | 'alertmanager';
  readonly serviceAccountName: string;
  readonly resources: k8s.ResourceRequirements;
  /** Environment of the main container. */
  readonly env: readonly k8s.EnvVar[];
  /** Changes to other containers of the operator's, by name. */
  readonly patches?: readonly k8s.Container[];
  readonly volumes: readonly k8s.Volume[];
  readonly mounts: readonly k8s.VolumeMount[];
  /** Annotations that `podAnnotations` may not override. */
  readonly annotations?: { readonly [name: string]: string };
}

/** Changes to the main container, which the operator merges into its own by name. */
function mainPatch({ container, env: own }: PodSpecParts, options: WorkloadOptions): k8s.Container[] {
  const { env = [], envFrom } = options;
  const securityContext = mainSecurity(options);
  const all = [...own, ...env];
  const patch = {
    ...(all.length === 0 ? {} : { env: all }),
    ...(envFrom === undefined || envFrom.length === 0 ? {} : { envFrom }),
    ...(securityContext === undefined ? {} : { securityContext }),
  };
  return Object.keys(patch).length === 0 ? [] : [{ name: container, ...patch }];
}

/**
 * The Pods as the operator's resources spell them. The operator itself adds the version label, the default container and the security
 * context and termination message policy of containers, the same as those of a Pod template of the library.
 */
export function podSpec(options: WorkloadOptions, parts: PodSpecParts) {
  const { identity, serviceAccountName, resources, patches = [] } = parts;
  // The rest of the labels is the operator's to set.
  const { 'app.kubernetes.io/component': component, 'app.kubernetes.io/part-of': partOf } = identity.labels;
  return {
    podMetadata: {
      labels: { 'app.kubernetes.io/component': component, 'app.kubernetes.io/part-of': partOf, ...options.podLabels },
      annotations: parts.annotations === undefined ? options.podAnnotations : { ...options.podAnnotations, ...parts.annotations },
    },
    imagePullPolicy: options.imagePullPolicy ?? 'IfNotPresent' as const,
    ...commonPodSpec(identity, options, parts),
    resources,
    securityContext: podSecurity(identity.where, options, { ownsVolumes: true }),
    containers: some([...patches, ...mainPatch(parts, options), ...addedContainers(options.containers, options)]),
    initContainers: some(addedContainers(options.initContainers, options)),
    volumes: some([...parts.volumes, ...options.volumes ?? []]),
    // Of the operator's own `secrets` a missing one would keep the Pod from starting.
    volumeMounts: some([...parts.mounts, ...options.volumeMounts ?? []]),
    updateStrategy: options.updateStrategy?._statefulSet,
    serviceAccountName,
    automountServiceAccountToken: false,
  };
}

/** Labels, annotations and names in Pods that the operator sets. */
export interface OperatorSet extends FixedParts {
  /** The construct without an operator. */
  readonly plain: 'PrometheusServer' | 'AlertmanagerServer';
}

/**
 * Throws when options override or take what the operator sets in Pods, and on what its resources have no field for. Fails the synthesis when the
 * namespace refuses the Pods.
 */
export function checkPods(scope: Construct, identity: WorkloadIdentity, options: WorkloadOptions, set: OperatorSet): void {
  const { plain, labels, annotations, names } = set;
  const { where } = identity;
  checkPodOptions(identity, options, { labels: { 'app.kubernetes.io/managed-by': 'prometheus-operator', ...labels }, annotations, names });
  options.updateStrategy?._check(where, 'StatefulSet');
  requireAdmission(scope, identity, options);
  if (options.runtimeClassName !== undefined) {
    throw new Error(`${where}: got 'runtimeClassName' '${options.runtimeClassName}', which the resources of the operator have no field for; leave it out, or use ${plain}`);
  }
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
