import { k8s } from 'cdk8s-plus-27';
import { versionOf } from './images';
import { WorkloadIdentity } from './workload-identity';
import { WorkloadOptions } from './workload-options';
import { Program } from '../versions';

/** User and group that all programs run as, `nobody`, in numbers: images say its name, which `runAsNonRoot` refuses. */
export const NOBODY = { uid: 65534, gid: 65534 } as const;

/** Security context of every container: read-only root, no capabilities, no way to gain privileges. */
export const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** Security context of every Pod. Its group owns the volumes where containers write to them or read restricted files. */
export function podSecurity(ownsVolumes: boolean): k8s.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: NOBODY.uid,
    runAsGroup: NOBODY.gid,
    ...(ownsVolumes ? { fsGroup: NOBODY.gid, fsGroupChangePolicy: 'OnRootMismatch' } : {}),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** The parts of a Pod that both a Pod template and the operator's resources have. */
export function commonPodSpec(options: WorkloadOptions) {
  return {
    enableServiceLinks: false,
    imagePullSecrets: options.imagePullSecrets?.map(({ name }) => ({ name })),
    nodeSelector: { 'kubernetes.io/os': 'linux', ...options.nodeSelector },
    tolerations: options.tolerations,
    affinity: options.affinity,
    priorityClassName: options.priorityClassName,
  };
}

interface Labels {
  readonly [name: string]: string;
}

/** Throws when `podLabels` or `podAnnotations` gives another value to one that is fixed. */
export function checkFixed(where: string, prop: 'podLabels' | 'podAnnotations', given: Labels = {}, fixed: Labels = {}): void {
  const taken = Object.keys(fixed).find((name) => name in given && given[name] !== fixed[name]);
  if (taken !== undefined) {
    throw new Error(`${where}: '${prop}' sets '${taken}' to '${given[taken]}', which has to be '${fixed[taken]}'; leave it out`);
  }
}

/** Throws when `podLabels` overrides a label that selects the Pods, or `podAnnotations` an annotation that they need. */
export function checkPodOptions({ where, selector }: WorkloadIdentity, options: WorkloadOptions, annotations?: Labels): void {
  checkFixed(where, 'podLabels', options.podLabels, selector);
  checkFixed(where, 'podAnnotations', options.podAnnotations, annotations);
}

/** Parts of a Pod that are a program's own. */
export interface PodParts {
  /** Whose version is a label of the Pods. */
  readonly program: Program;
  /** The first is the program's, and the default of `kubectl logs` and `kubectl exec`. */
  readonly containers: readonly [k8s.Container, ...k8s.Container[]];
  readonly volumes?: k8s.Volume[];
  /** Annotations that `podAnnotations` may not override. */
  readonly annotations?: { readonly [name: string]: string };
  readonly serviceAccountName: string;
  /**
   * Whether the service account's token is mounted into all containers.
   * @default false
   */
  readonly usesToken?: boolean;
  /**
   * Whether the Pod's group owns the volumes.
   * @default false
   */
  readonly ownsVolumes?: boolean;
  readonly more?: Partial<k8s.PodSpec>;
}

function hardenedContainer(container: k8s.Container): k8s.Container {
  return {
    imagePullPolicy: 'IfNotPresent', terminationMessagePolicy: 'FallbackToLogsOnError', ...container, securityContext: CONTAINER_SECURITY,
  };
}

/**
 * The Pod template of a workload: it meets Pod Security `restricted` unless `more` says otherwise, has the recommended labels with the
 * version, and the choices that every workload offers. Throws when `podLabels` overrides a label that selects the Pods.
 */
export function podTemplate(identity: WorkloadIdentity, options: WorkloadOptions, parts: PodParts): k8s.PodTemplateSpec {
  const { labels } = identity;
  const [main] = parts.containers;
  checkPodOptions(identity, options, parts.annotations);
  return {
    metadata: {
      labels: { ...labels, 'app.kubernetes.io/version': versionOf(parts.program, main.image ?? ''), ...options.podLabels },
      annotations: { 'kubectl.kubernetes.io/default-container': main.name, ...options.podAnnotations, ...parts.annotations },
    },
    spec: {
      serviceAccountName: parts.serviceAccountName,
      automountServiceAccountToken: parts.usesToken ?? false,
      ...commonPodSpec(options),
      ...parts.more,
      securityContext: { ...podSecurity(parts.ownsVolumes ?? false), ...parts.more?.securityContext },
      containers: parts.containers.map(hardenedContainer),
      volumes: parts.volumes,
    },
  };
}
