import { Size } from 'cdk8s';
import { PrometheusStorage, ComputeResources, WorkloadOptions } from '../kubernetes';
import { spread } from '../kubernetes/availability';
import { NOBODY, resourcesOf } from '../kubernetes/pod';
import { quantity } from '../units';

export interface PodSpecParts {
  readonly labels: { readonly [label: string]: string };
  /** Labels by which the Pods are selected. */
  readonly selector: { [label: string]: string };
  /** Pods in all. */
  readonly pods: number;
  readonly serviceAccountName: string;
  readonly defaultResources: ComputeResources;
}

/** The choices that every workload offers, as the operator's resources take them. */
export function podSpec(props: WorkloadOptions, { labels, selector, pods, serviceAccountName, defaultResources }: PodSpecParts) {
  // The rest of the labels is the operator's to set.
  const { 'app.kubernetes.io/component': component, 'app.kubernetes.io/part-of': partOf } = labels;
  return {
    podMetadata: {
      labels: { 'app.kubernetes.io/component': component, 'app.kubernetes.io/part-of': partOf, ...props.podLabels },
      annotations: props.podAnnotations,
    },
    imagePullPolicy: 'IfNotPresent' as const,
    imagePullSecrets: props.imagePullSecrets?.map(({ name }) => ({ name })),
    resources: resourcesOf(props.resources, defaultResources),
    nodeSelector: { 'kubernetes.io/os': 'linux', ...props.nodeSelector },
    tolerations: props.tolerations,
    affinity: props.affinity,
    priorityClassName: props.priorityClassName,
    topologySpreadConstraints: pods > 1 ? spread(selector) : undefined,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: NOBODY.uid,
      runAsGroup: NOBODY.gid,
      fsGroup: NOBODY.gid,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
  };
}

/** Where data is kept, as the operator's resources take it; a claim that says no size has the one that is given. */
export function storageSpec(storage: PrometheusStorage, claimSize?: Size) {
  const { volumeClaimTemplates: [claim] = [], persistentVolumeClaimRetentionPolicy } = storage._claims('data', claimSize);
  const { sizeLimit } = storage._emptyDir;
  return {
    storage: claim === undefined
      ? { emptyDir: sizeLimit === undefined ? {} : { sizeLimit: { value: quantity(sizeLimit) } } }
      : { volumeClaimTemplate: { spec: claim.spec } },
    persistentVolumeClaimRetentionPolicy,
  };
}
