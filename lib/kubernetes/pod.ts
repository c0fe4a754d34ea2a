import { k8s } from 'cdk8s-plus-27';
import { ComputeResources, WorkloadOptions } from './workload-options';
import { quantity } from '../units';

/** The ids that a program runs by; images name users by name, which `runAsNonRoot` refuses. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody`, whom most images of the Prometheus project run as. */
export const NOBODY: Identity = { uid: 65534, gid: 65534 };

const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** A container that no Pod Security level refuses: read-only root, no capabilities, no way up. */
export function hardenedContainer(container: k8s.Container): k8s.Container {
  return { imagePullPolicy: 'IfNotPresent', ...container, securityContext: CONTAINER_SECURITY };
}

export interface PodParts {
  readonly containers: k8s.Container[];
  readonly initContainers?: k8s.Container[];
  readonly volumes?: k8s.Volume[];
  readonly serviceAccountName: string;
  /** Whether a container talks to the API server. */
  readonly usesToken: boolean;
  readonly identity: Identity;
  /** Whether volumes have to be written by the identity's group. */
  readonly ownsVolumes?: boolean;
  readonly more?: Partial<k8s.PodSpec>;
}

/** A Pod that meets Pod Security `restricted`, with the choices that every workload offers. */
export function hardenedPod(options: WorkloadOptions, parts: PodParts): k8s.PodSpec {
  const { uid, gid } = parts.identity;
  return {
    serviceAccountName: parts.serviceAccountName,
    automountServiceAccountToken: parts.usesToken,
    enableServiceLinks: false,
    imagePullSecrets: options.imagePullSecrets?.map((secret) => ({ name: secret.name })),
    nodeSelector: { 'kubernetes.io/os': 'linux', ...options.nodeSelector },
    tolerations: options.tolerations,
    affinity: options.affinity,
    priorityClassName: options.priorityClassName,
    ...parts.more,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: uid,
      runAsGroup: gid,
      ...(parts.ownsVolumes ? { fsGroup: gid, fsGroupChangePolicy: 'OnRootMismatch' } : {}),
      seccompProfile: { type: 'RuntimeDefault' },
      ...parts.more?.securityContext,
    },
    initContainers: parts.initContainers?.map(hardenedContainer),
    containers: parts.containers.map(hardenedContainer),
    volumes: parts.volumes,
  };
}

/** The resources of a container, each value the caller's or the default. */
export function resourcesOf(given: ComputeResources | undefined, defaults: ComputeResources): k8s.ResourceRequirements {
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = { ...defaults, ...definedOf(given) };
  const quantities = (cpu: ComputeResources['cpuLimit'], memory: ComputeResources['memoryLimit']) => {
    const entries: Array<[string, k8s.Quantity]> = [];
    if (cpu !== undefined) {
      entries.push(['cpu', k8s.Quantity.fromString(cpu.amount)]);
    }
    if (memory !== undefined) {
      entries.push(['memory', k8s.Quantity.fromString(quantity(memory))]);
    }
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  return { requests: quantities(cpuRequest, memoryRequest), limits: quantities(cpuLimit, memoryLimit) };
}

function definedOf(given: ComputeResources | undefined): ComputeResources {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
}
