import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { PodSecurityLevel } from './monitoring-namespace';
import { PodOptions } from './pod-options';
import { addedContainers, ownContainer, podSecurity } from './security';
import { WorkloadIdentity } from './workload-identity';
import { quoteList } from '../text';

/** The parts of a Pod that Pod Security judges. */
type JudgedPod = Partial<Pick<k8s.PodSpec, 'hostNetwork' | 'hostPid' | 'hostIpc' | 'securityContext' | 'volumes' | 'containers' | 'initContainers'>>;

/** Properties of a Pod that a level refuses, each with its test. */
type Refusals = ReadonlyArray<readonly [what: string, has: (pod: JudgedPod) => boolean]>;

/** Label by which a namespace says what its Pods may do. */
const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Levels as namespaces spell them. */
const [PRIVILEGED, RESTRICTED]: string[] = [PodSecurityLevel.PRIVILEGED, PodSecurityLevel.RESTRICTED];

const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
];

const RESTRICTED_SOURCES = ['configMap', 'csi', 'downwardApi', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];

const containersOf = ({ containers = [], initContainers = [] }: JudgedPod) => [...initContainers, ...containers];
const contextsOf = (pod: JudgedPod) => containersOf(pod).map(({ securityContext = {} }) => securityContext);
const addsBeyond = (pod: JudgedPod, allowed: readonly string[]) => (
  contextsOf(pod).flatMap(({ capabilities }) => capabilities?.add ?? []).some((one) => !allowed.includes(one))
);

/** Refused by `baseline` and `restricted`. */
const BY_BASELINE: Refusals = [
  ['the network of the node', ({ hostNetwork }) => hostNetwork === true],
  ['the processes of the node', ({ hostPid, hostIpc }) => hostPid === true || hostIpc === true],
  ['a folder of the node', ({ volumes = [] }) => volumes.some(({ hostPath }) => hostPath !== undefined)],
  ['a port of the node', (pod) => containersOf(pod).some(({ ports = [] }) => ports.some(({ hostPort }) => hostPort !== undefined))],
  ['a privileged container', (pod) => contextsOf(pod).some(({ privileged }) => privileged === true)],
  ['an added capability', (pod) => addsBeyond(pod, BASELINE_CAPABILITIES)],
  ['no seccomp profile', (pod) => [pod.securityContext, ...contextsOf(pod)].some((context) => context?.seccompProfile?.type === 'Unconfined')],
];

/** Refused by `restricted` alone. */
const BY_RESTRICTED: Refusals = [
  ['a container that may gain privileges', (pod) => contextsOf(pod).some(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false)],
  ['a container that keeps its capabilities', (pod) => contextsOf(pod).some(({ capabilities }) => capabilities?.drop?.includes('ALL') !== true)],
  ['an added capability', (pod) => addsBeyond(pod, ['NET_BIND_SERVICE'])],
  ['a container that may run as root', (pod) => [pod.securityContext, ...contextsOf(pod)].some((one) => one?.runAsUser === 0 || one?.runAsNonRoot === false)],
  ['a volume that is not of Kubernetes itself', ({ volumes = [] }) => volumes.some(({ name: _, ...sources }) => (
    Object.entries(sources).some(([kind, source]) => source !== undefined && kind !== 'hostPath' && !RESTRICTED_SOURCES.includes(kind))
  ))],
];

/** The objects of the app that make a namespace. */
function namespacesOf(scope: Construct, namespace: string | undefined): ApiObject[] {
  return scope.node.root.node.findAll().filter((one) => ApiObject.isApiObject(one)).filter(({ kind, name }) => kind === 'Namespace' && name === namespace);
}

/** What Pod Security refuses of a Pod, and the strictest level that admits it. */
function refused(pod: JudgedPod, level: string): { readonly what: string[]; readonly admittedBy: keyof typeof PodSecurityLevel } {
  const had = (refusals: Refusals) => refusals.filter(([, has]) => has(pod)).map(([what]) => what);
  const baseline = level === PRIVILEGED ? [] : had(BY_BASELINE);
  const restricted = level === RESTRICTED ? had(BY_RESTRICTED) : [];
  return { what: [...new Set([...baseline, ...restricted])], admittedBy: baseline.length > 0 ? 'PRIVILEGED' : 'BASELINE' };
}

/** The Pods of a workload: what the library writes of itself is admitted by `restricted`, so that the options alone are judged. */
function judgedPod(where: string, options: PodOptions): JudgedPod {
  return {
    hostNetwork: options.hostNetwork,
    securityContext: podSecurity(where, options, {}),
    containers: [ownContainer({ name: 'main' }, options, true), ...addedContainers(options.containers, options)],
    initContainers: addedContainers(options.initContainers, options),
    volumes: options.volumes,
  };
}

/**
 * Fails the synthesis when a namespace that the app makes enforces a level of Pod Security that refuses the Pods of a workload, which then would have
 * none; `more` is what they have of the node without an option.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function requireAdmission(scope: Construct, { where, namespace }: WorkloadIdentity, options: PodOptions, more: JudgedPod = {}): void {
  const pod = { ...judgedPod(where, options), ...more };
  if (refused(pod, RESTRICTED).what.length === 0) {
    return;
  }
  scope.node.addValidation({
    validate: () => namespacesOf(scope, namespace).flatMap((object) => {
      const level = object.metadata.getLabel(ENFORCE);
      const { what, admittedBy } = refused(pod, level ?? PRIVILEGED);
      return what.length === 0 ? [] : [
        `its Pods have ${quoteList(what)}, which namespace '${namespace}' of '${object.node.path}' refuses by Pod Security '${level}'; choose another 'namespace', `
          + `or make that one yourself, with PodSecurityLevel.${admittedBy} (a stack leaves it to you with 'createNamespaces: false')`,
      ];
    }),
  });
}
