import { k8s } from 'cdk8s-plus-27';
import { PodOptions } from './pod-options';

/** User and group that all programs run as, `nobody`, in numbers: images say its name, which `runAsNonRoot` refuses. */
export const NOBODY = { uid: 65534, gid: 65534 } as const;

/** Security context of every container: read-only root, no capabilities, no way to gain privileges. */
export const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** Fields of a security context that a cluster fills in which assigns ids. */
const IDS = ['runAsUser', 'runAsGroup', 'fsGroup'] as const;

/** Requirements of a program on the security context of its Pod. */
export interface PodSecurityNeeds {
  /** Whether the Pod's group owns the volumes where containers write to them or read restricted files. */
  readonly ownsVolumes?: boolean;
  readonly sysctls?: k8s.Sysctl[];
}

/** The group that a Pod runs as, undefined where the cluster assigns it. */
export function groupOf({ clusterAssignsIds, podSecurityContext }: PodOptions): number | undefined {
  return clusterAssignsIds === true ? undefined : podSecurityContext?.runAsGroup ?? NOBODY.gid;
}

/** Security context of every Pod. Throws when it is to name ids that the cluster assigns, or sets a sysctl that the program needs. */
export function podSecurity(where: string, options: PodOptions, { ownsVolumes = false, sysctls = [] }: PodSecurityNeeds): k8s.PodSecurityContext {
  const { clusterAssignsIds = false, podSecurityContext: given = {}, containerSecurityContext } = options;
  const named = IDS.find((id) => given[id] !== undefined);
  if (clusterAssignsIds && named !== undefined) {
    throw new Error(`${where}: got '${named}' in 'podSecurityContext' with 'clusterAssignsIds'; leave out one of them`);
  }
  if (clusterAssignsIds && (containerSecurityContext?.runAsUser ?? containerSecurityContext?.runAsGroup) !== undefined) {
    throw new Error(`${where}: got an id in 'containerSecurityContext' with 'clusterAssignsIds'; leave out one of them`);
  }
  const twice = given.sysctls?.find(({ name }) => sysctls.some((needed) => needed.name === name));
  if (twice !== undefined) {
    throw new Error(`${where}: 'podSecurityContext' sets sysctl '${twice.name}', which the library sets; leave it out`);
  }
  const all = [...sysctls, ...given.sysctls ?? []];
  const { uid, gid } = NOBODY;
  return {
    runAsNonRoot: true,
    ...(clusterAssignsIds ? {} : { runAsUser: uid, runAsGroup: gid }),
    ...(ownsVolumes ? { ...(clusterAssignsIds ? {} : { fsGroup: gid }), fsGroupChangePolicy: 'OnRootMismatch' } : {}),
    seccompProfile: { type: 'RuntimeDefault' },
    ...given,
    ...(all.length === 0 ? {} : { sysctls: all }),
  };
}

/** A container of the library, hardened; the main one with what the options say of it. */
export function ownContainer(container: k8s.Container, { imagePullPolicy, containerSecurityContext }: PodOptions, isMain: boolean): k8s.Container {
  return {
    imagePullPolicy: imagePullPolicy ?? 'IfNotPresent',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    ...container,
    securityContext: { ...CONTAINER_SECURITY, ...(isMain ? containerSecurityContext : undefined) },
  };
}

/** Containers of the user's, each hardened unless it has a security context of its own. */
export function addedContainers(containers: readonly k8s.Container[] = [], { imagePullPolicy }: PodOptions): k8s.Container[] {
  return containers.map((container) => ({
    imagePullPolicy, terminationMessagePolicy: 'FallbackToLogsOnError', ...container, securityContext: container.securityContext ?? CONTAINER_SECURITY,
  }));
}
