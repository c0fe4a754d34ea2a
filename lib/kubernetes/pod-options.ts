import { Duration } from 'cdk8s';
import { DnsPolicy, ImagePullPolicy, k8s } from 'cdk8s-plus-27';
import { UpdateStrategy } from './update-strategy';

/**
 * Options of the Pods of every workload. What Kubernetes would refuse, and a name that the library has taken for its own part of the Pod, is an
 * error. Fields that are newer than the `k8s` types of cdk8s-plus-27 reach the manifest as they are given.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */
export interface PodOptions {
  /**
   * Sidecar containers, which run beside the library's own. Each gets the library's security context (read-only root, no capabilities, no
   * privilege escalation) unless it has a `securityContext`, which then replaces it as a whole.
   * @default - none
   */
  readonly containers?: k8s.Container[];
  /**
   * Init containers, which run to their end before the others start, or beside them with the `restartPolicy` `Always`. They get the security
   * context of `containers`.
   * @default - none
   */
  readonly initContainers?: k8s.Container[];
  /**
   * Volumes that `volumeMounts` and the mounts of `containers` and `initContainers` name.
   * @default - none
   */
  readonly volumes?: k8s.Volume[];
  /**
   * Volume mounts of the main container.
   * @default - none
   */
  readonly volumeMounts?: k8s.VolumeMount[];
  /**
   * Environment variables of the main container.
   * @default - none
   */
  readonly env?: k8s.EnvVar[];
  /**
   * ConfigMaps and Secrets with environment variables of the main container. Variables of `env` and of the library take precedence.
   * @default - none
   */
  readonly envFrom?: k8s.EnvFromSource[];
  /**
   * Fields of the Pod's security context that replace the library's; `sysctls` are added to them. With `runAsUser` 0 `runAsNonRoot` is false, and
   * with `hostNetwork` a sysctl `net.*` is an error.
   * @default - user, group and file system group 65534, `runAsNonRoot`, seccomp profile `RuntimeDefault`
   */
  readonly podSecurityContext?: k8s.PodSecurityContext;
  /**
   * Fields of the main container's security context that replace the library's. With `privileged` `allowPrivilegeEscalation` is true, and with
   * `runAsUser` 0 `runAsNonRoot` is false.
   * @default - read-only root, no capabilities, no privilege escalation
   */
  readonly containerSecurityContext?: k8s.SecurityContext;
  /**
   * Whether the cluster assigns users and groups, as OpenShift does: the Pod names no ids then, and still runs as non-root. Elsewhere the Pod would
   * not start, because most images name their user by name.
   * @default false
   */
  readonly clusterAssignsIds?: boolean;
  /**
   * Image pull policy of the library's containers, and of `containers` and `initContainers` that have none.
   * @default - ImagePullPolicy.IF_NOT_PRESENT; for `containers` and `initContainers` that of Kubernetes
   */
  readonly imagePullPolicy?: ImagePullPolicy;
  /**
   * Whether the Pods use the network of their node. Their ports have to be free there, and Pod Security `baseline` and `restricted` refuse them.
   * @default - false, for node-exporter true
   */
  readonly hostNetwork?: boolean;
  /**
   * Whether the Pods use the user namespace of their node. `false` goes without `hostNetwork`.
   * @default - true, the default of Kubernetes
   */
  readonly hostUsers?: boolean;
  /**
   * DNS policy.
   * @default - DnsPolicy.CLUSTER_FIRST, with `hostNetwork: true` DnsPolicy.CLUSTER_FIRST_WITH_HOST_NET
   */
  readonly dnsPolicy?: DnsPolicy;
  /**
   * Name servers, search domains and resolver options besides those of `dnsPolicy`.
   * @default - none
   */
  readonly dnsConfig?: k8s.PodDnsConfig;
  /**
   * Entries of `/etc/hosts`.
   * @default - none
   */
  readonly hostAliases?: k8s.HostAlias[];
  /**
   * Topology spread constraints, in place of the library's. One without a `labelSelector` spreads the Pods of this workload.
   * @default - replicas of Prometheus and Alertmanager are spread over nodes and zones as far as possible
   */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
  /**
   * Runtime class. The resources of the Prometheus Operator have no field for it, so there it is an error.
   * @default - the cluster's default
   */
  readonly runtimeClassName?: string;
  /**
   * Time that the containers get to end, rounded up to seconds.
   * @default - Prometheus 10 minutes, Alertmanager 2 minutes, others 30 seconds
   */
  readonly terminationGracePeriod?: Duration;
  /**
   * Update strategy of the workload. One that its kind does not have is an error.
   * @default - UpdateStrategy.rollingUpdate(); UpdateStrategy.recreate() where two Pods must not run at a time
   */
  readonly updateStrategy?: UpdateStrategy;
}
