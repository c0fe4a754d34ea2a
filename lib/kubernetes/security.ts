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
  /**
   * User and group of the image's own, which own files in it.
   * @default - `nobody`
   */
  readonly user?: number;
  readonly sysctls?: k8s.Sysctl[];
  /** Whether the Pod uses the network of its node without an option that says so. */
  readonly hostNetwork?: boolean;
}

/** The group that a Pod runs as, undefined where the cluster assigns it. */
export function podGroup({ clusterAssignsIds, podSecurityContext }: PodOptions): number | undefined {
  return clusterAssignsIds === true ? undefined : podSecurityContext?.runAsGroup ?? NOBODY.gid;
}

/** What a security context says of gaining privileges, where it has to. */
const gainsBy = ({ privileged, capabilities }: k8s.SecurityContext): string | undefined => (
  privileged === true ? "'privileged: true'" : capabilities?.add?.includes('CAP_SYS_ADMIN') === true ? "the capability 'CAP_SYS_ADMIN'" : undefined
);

/** A security context with the fields that follow from others: root is not `runAsNonRoot`, and a privileged container may gain privileges. */
function withConsequences(given: k8s.SecurityContext): k8s.SecurityContext {
  return {
    ...(given.runAsUser === 0 ? { runAsNonRoot: false } : {}),
    ...(gainsBy(given) === undefined ? {} : { allowPrivilegeEscalation: true }),
    ...given,
  };
}

function checkContext(at: string, given: k8s.SecurityContext, pod: k8s.PodSecurityContext): void {
  const gains = gainsBy(given);
  if (gains !== undefined && given.allowPrivilegeEscalation === false) {
    throw new Error(`${at}: got ${gains} with 'allowPrivilegeEscalation: false', which the API server refuses; leave out one of them`);
  }
  if ((given.runAsUser ?? pod.runAsUser) === 0 && (given.runAsNonRoot ?? pod.runAsNonRoot) === true) {
    throw new Error(`${at}: got 'runAsUser: 0' with 'runAsNonRoot: true', so the container would never start; leave out one of them`);
  }
}

/** Throws on fields of the security contexts of a Pod that contradict each other. */
export function checkSecurity(where: string, { podSecurityContext = {}, containerSecurityContext = {}, ...options }: PodOptions): void {
  checkContext(`${where}: podSecurityContext`, {}, podSecurityContext);
  checkContext(`${where}: containerSecurityContext`, containerSecurityContext, podSecurityContext);
  for (const prop of ['containers', 'initContainers'] as const) {
    options[prop]?.forEach(({ name, securityContext = {} }) => checkContext(`${where}: ${prop}: '${name}': securityContext`, securityContext, podSecurityContext));
  }
}

/** What the options say of the main container's security context. */
export function mainSecurity({ containerSecurityContext }: PodOptions): k8s.SecurityContext | undefined {
  return containerSecurityContext === undefined ? undefined : withConsequences(containerSecurityContext);
}

/**
 * Throws on a sysctl that the Pod has no namespace of its own for.
 * @see https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
 */
function checkHostSysctls(where: string, sysctls: readonly k8s.Sysctl[]): void {
  const shared = sysctls.find(({ name }) => /^net[./]/.test(name));
  if (shared !== undefined) {
    throw new Error(`${where}: 'podSecurityContext' sets sysctl '${shared.name}', which the API server refuses in the network of the node; leave it out, or set 'hostNetwork: false'`);
  }
}

/**
 * Security context of every Pod. Throws when it is to name ids that the cluster assigns, or sets a sysctl that the program needs or that the network
 * of the node does not allow.
 */
export function podSecurity(where: string, options: PodOptions, needs: PodSecurityNeeds): k8s.PodSecurityContext {
  const { ownsVolumes = false, user = NOBODY.uid, sysctls = [], hostNetwork = options.hostNetwork } = needs;
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
  if (hostNetwork === true) {
    checkHostSysctls(where, given.sysctls ?? []);
  }
  const all = [...sysctls, ...given.sysctls ?? []];
  return {
    runAsNonRoot: given.runAsUser !== 0,
    ...(clusterAssignsIds ? {} : { runAsUser: user, runAsGroup: user }),
    ...(ownsVolumes ? { ...(clusterAssignsIds ? {} : { fsGroup: user }), fsGroupChangePolicy: 'OnRootMismatch' } : {}),
    seccompProfile: { type: 'RuntimeDefault' },
    ...given,
    ...(all.length === 0 ? {} : { sysctls: all }),
  };
}

/** A container of the library, hardened; the main one with what the options say of it. */
export function ownContainer(container: k8s.Container, options: PodOptions, isMain: boolean): k8s.Container {
  return {
    imagePullPolicy: options.imagePullPolicy ?? 'IfNotPresent',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    ...container,
    securityContext: { ...CONTAINER_SECURITY, ...(isMain ? mainSecurity(options) : undefined) },
  };
}

/** Containers of the user's, each hardened unless it has a security context of its own. */
export function addedContainers(containers: readonly k8s.Container[] = [], { imagePullPolicy }: PodOptions): k8s.Container[] {
  return containers.map((container) => ({
    imagePullPolicy,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    ...container,
    securityContext: container.securityContext === undefined ? CONTAINER_SECURITY : withConsequences(container.securityContext),
  }));
}
