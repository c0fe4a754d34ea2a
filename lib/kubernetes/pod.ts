import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { spread } from './availability';
import { versionOf } from './images';
import { checkFixed, Keyed } from './object-metadata';
import { checkPodAdditions, TakenNames, takenNames } from './pod-additions';
import { requireOwnSecret } from './own-namespace';
import { podNetwork } from './pod-network';
import { checkScheduling } from './scheduling';
import { addedContainers, checkSecurity, ownContainer, podSecurity, PodSecurityNeeds } from './security';
import { WorkloadIdentity } from './workload-identity';
import { WorkloadOptions } from './workload-options';
import { wholeSeconds } from '../units';
import { Program } from '../versions';

/** Parts of a Pod that a workload gives unless the options say otherwise. */
export interface PodDefaults {
  /** Pods over all shards; two or more are spread over nodes and zones. */
  readonly pods?: number;
  readonly terminationGracePeriod?: Duration;
}

/** The parts of a Pod that both a Pod template and the operator's resources have. */
export function commonPodSpec({ where, selector }: WorkloadIdentity, options: WorkloadOptions, defaults: PodDefaults) {
  return {
    enableServiceLinks: false,
    imagePullSecrets: options.imagePullSecrets?.map(({ name }) => ({ name })),
    nodeSelector: { 'kubernetes.io/os': 'linux', ...options.nodeSelector },
    tolerations: options.tolerations,
    affinity: options.affinity,
    priorityClassName: options.priorityClassName,
    ...podNetwork(where, options),
    topologySpreadConstraints: options.topologySpreadConstraints?.map((constraint) => (
      { ...constraint, labelSelector: constraint.labelSelector ?? { matchLabels: selector } }
    )) ?? spread({ selector }, defaults.pods ?? 1),
    terminationGracePeriodSeconds: wholeSeconds(options.terminationGracePeriod ?? defaults.terminationGracePeriod),
  };
}

/** Parts of a Pod that options may not override or take. */
export interface FixedParts {
  /** Labels besides those that select the Pods. */
  readonly labels?: Keyed;
  readonly annotations?: Keyed;
  readonly names: TakenNames;
}

/**
 * Throws when `podLabels` overrides a label that selects the Pods, `podAnnotations` an annotation that they need, when what is added to the Pods has
 * a name or a path that is taken, and on what Kubernetes would refuse.
 */
export function checkPodOptions(identity: WorkloadIdentity, options: WorkloadOptions, { labels, annotations, names }: FixedParts): void {
  const { where, selector } = identity;
  checkFixed(where, 'podLabels', options.podLabels, { ...selector, ...labels });
  checkFixed(where, 'podAnnotations', options.podAnnotations, annotations);
  checkPodAdditions(where, options, names);
  options.imagePullSecrets?.forEach((secret) => requireOwnSecret(`${where}: imagePullSecrets`, secret, identity.namespace, 'Pods use'));
  checkScheduling(where, options);
  checkSecurity(where, options);
  // They throw on what they cannot spell.
  commonPodSpec(identity, options, {});
  podSecurity(where, options, {});
}

/** Parts of a Pod that are a program's own. */
export interface PodParts extends PodDefaults, PodSecurityNeeds {
  /** Whose version is a label of the Pods. */
  readonly program: Program;
  /** The first is the program's, and the default of `kubectl logs` and `kubectl exec`. */
  readonly containers: readonly [k8s.Container, ...k8s.Container[]];
  /** They run to their end before the init containers of the options, which run before the containers. */
  readonly initContainers?: readonly k8s.Container[];
  readonly volumes?: k8s.Volume[];
  /** Annotations that `podAnnotations` may not override. */
  readonly annotations?: Keyed;
  readonly serviceAccountName: string;
  /**
   * Whether the service account's token is mounted into all containers.
   * @default false
   */
  readonly usesToken?: boolean;
  readonly more?: Partial<k8s.PodSpec>;
}

function unlessEmpty<T>(items: T[]): T[] | undefined {
  return items.length === 0 ? undefined : items;
}

/**
 * The Pod template of a workload: it meets Pod Security `restricted` unless `more` says otherwise, has the recommended labels with the
 * version, and the choices that every workload offers. Throws when `podLabels` overrides a label that selects the Pods, and when what is added to
 * the Pod cannot be.
 */
export function podTemplate(identity: WorkloadIdentity, options: WorkloadOptions, parts: PodParts): k8s.PodTemplateSpec {
  const { where, labels } = identity;
  const [main, ...others] = parts.containers;
  const { initContainers = [] } = parts;
  checkPodOptions(identity, options, { annotations: parts.annotations, names: takenNames([main, ...others, ...initContainers], parts.volumes) });
  const { env = [], envFrom = [], volumeMounts = [], volumes = [] } = options;
  return {
    metadata: {
      labels: { ...labels, 'app.kubernetes.io/version': versionOf(parts.program, main.image ?? ''), ...options.podLabels },
      annotations: { 'kubectl.kubernetes.io/default-container': main.name, ...options.podAnnotations, ...parts.annotations },
    },
    spec: {
      serviceAccountName: parts.serviceAccountName,
      automountServiceAccountToken: parts.usesToken ?? false,
      ...commonPodSpec(identity, options, parts),
      runtimeClassName: options.runtimeClassName,
      ...parts.more,
      securityContext: podSecurity(where, options, { hostNetwork: parts.more?.hostNetwork, ...parts }),
      initContainers: unlessEmpty([
        ...initContainers.map((container) => ownContainer(container, options, false)),
        ...addedContainers(options.initContainers, options),
      ]),
      containers: [
        ownContainer({
          ...main,
          env: unlessEmpty([...main.env ?? [], ...env]),
          envFrom: unlessEmpty(envFrom),
          volumeMounts: unlessEmpty([...main.volumeMounts ?? [], ...volumeMounts]),
        }, options, true),
        ...others.map((container) => ownContainer(container, options, false)),
        ...addedContainers(options.containers, options),
      ],
      volumes: unlessEmpty([...parts.volumes ?? [], ...volumes]),
    },
  };
}
