import { checkArguments } from '../../arguments';
/**
 * A kind of object whose state kube-state-metrics exposes.
 * @see https://github.com/kubernetes/kube-state-metrics/tree/main/docs
 */
export class KubeStateResource {
  /** Certificate signing requests. */
  public static readonly CERTIFICATE_SIGNING_REQUESTS = new KubeStateResource('certificatesigningrequests', 'certificates.k8s.io', false);
  /** Cluster role bindings. Not among the defaults. */
  public static readonly CLUSTER_ROLE_BINDINGS = new KubeStateResource('clusterrolebindings', 'rbac.authorization.k8s.io', false);
  /** Cluster roles. Not among the defaults. */
  public static readonly CLUSTER_ROLES = new KubeStateResource('clusterroles', 'rbac.authorization.k8s.io', false);
  /** ConfigMaps. */
  public static readonly CONFIG_MAPS = new KubeStateResource('configmaps', '', true);
  /** CronJobs. */
  public static readonly CRON_JOBS = new KubeStateResource('cronjobs', 'batch', true);
  /** DaemonSets. */
  public static readonly DAEMON_SETS = new KubeStateResource('daemonsets', 'apps', true);
  /** Deployments. */
  public static readonly DEPLOYMENTS = new KubeStateResource('deployments', 'apps', true);
  /** Endpoints, which EndpointSlices have replaced. Not among the defaults. */
  public static readonly ENDPOINTS = new KubeStateResource('endpoints', '', true);
  /** EndpointSlices. */
  public static readonly ENDPOINT_SLICES = new KubeStateResource('endpointslices', 'discovery.k8s.io', true);
  /** Horizontal Pod autoscalers. */
  public static readonly HORIZONTAL_POD_AUTOSCALERS = new KubeStateResource('horizontalpodautoscalers', 'autoscaling', true);
  /** Ingress classes. Not among the defaults. */
  public static readonly INGRESS_CLASSES = new KubeStateResource('ingressclasses', 'networking.k8s.io', false);
  /** Ingresses. */
  public static readonly INGRESSES = new KubeStateResource('ingresses', 'networking.k8s.io', true);
  /** Jobs. */
  public static readonly JOBS = new KubeStateResource('jobs', 'batch', true);
  /** Leases. */
  public static readonly LEASES = new KubeStateResource('leases', 'coordination.k8s.io', true);
  /** Limit ranges. */
  public static readonly LIMIT_RANGES = new KubeStateResource('limitranges', '', true);
  /** Mutating admission webhooks. */
  public static readonly MUTATING_WEBHOOK_CONFIGURATIONS = new KubeStateResource('mutatingwebhookconfigurations', 'admissionregistration.k8s.io', false);
  /** Namespaces. */
  public static readonly NAMESPACES = new KubeStateResource('namespaces', '', false);
  /** Network policies. */
  public static readonly NETWORK_POLICIES = new KubeStateResource('networkpolicies', 'networking.k8s.io', true);
  /** Nodes. */
  public static readonly NODES = new KubeStateResource('nodes', '', false);
  /** Persistent volume claims. */
  public static readonly PERSISTENT_VOLUME_CLAIMS = new KubeStateResource('persistentvolumeclaims', '', true);
  /** Persistent volumes. */
  public static readonly PERSISTENT_VOLUMES = new KubeStateResource('persistentvolumes', '', false);
  /** Pod disruption budgets. */
  public static readonly POD_DISRUPTION_BUDGETS = new KubeStateResource('poddisruptionbudgets', 'policy', true);
  /** Pods. */
  public static readonly PODS = new KubeStateResource('pods', '', true);
  /** ReplicaSets. */
  public static readonly REPLICA_SETS = new KubeStateResource('replicasets', 'apps', true);
  /** Replication controllers. */
  public static readonly REPLICATION_CONTROLLERS = new KubeStateResource('replicationcontrollers', '', true);
  /** Resource quotas. */
  public static readonly RESOURCE_QUOTAS = new KubeStateResource('resourcequotas', '', true);
  /** Role bindings. Not among the defaults. */
  public static readonly ROLE_BINDINGS = new KubeStateResource('rolebindings', 'rbac.authorization.k8s.io', true);
  /** Roles. Not among the defaults. */
  public static readonly ROLES = new KubeStateResource('roles', 'rbac.authorization.k8s.io', true);
  /** Secrets: names, types and ages; reading them takes the right to read their contents. Not among the defaults. */
  public static readonly SECRETS = new KubeStateResource('secrets', '', true);
  /** Service accounts. Not among the defaults. */
  public static readonly SERVICE_ACCOUNTS = new KubeStateResource('serviceaccounts', '', true);
  /** Services. */
  public static readonly SERVICES = new KubeStateResource('services', '', true);
  /** StatefulSets. */
  public static readonly STATEFUL_SETS = new KubeStateResource('statefulsets', 'apps', true);
  /** Storage classes. */
  public static readonly STORAGE_CLASSES = new KubeStateResource('storageclasses', 'storage.k8s.io', false);
  /** Validating admission webhooks. */
  public static readonly VALIDATING_WEBHOOK_CONFIGURATIONS = new KubeStateResource('validatingwebhookconfigurations', 'admissionregistration.k8s.io', false);
  /** Volume attachments. */
  public static readonly VOLUME_ATTACHMENTS = new KubeStateResource('volumeattachments', 'storage.k8s.io', false);

  /** Kinds that are watched by default: upstream's, but for Secrets, since no rule needs them and listing them is reading them. */
  public static defaults(): KubeStateResource[] {
    return [
      KubeStateResource.CERTIFICATE_SIGNING_REQUESTS, KubeStateResource.CONFIG_MAPS, KubeStateResource.CRON_JOBS,
      KubeStateResource.DAEMON_SETS, KubeStateResource.DEPLOYMENTS, KubeStateResource.ENDPOINT_SLICES,
      KubeStateResource.HORIZONTAL_POD_AUTOSCALERS, KubeStateResource.INGRESSES, KubeStateResource.JOBS, KubeStateResource.LEASES,
      KubeStateResource.LIMIT_RANGES, KubeStateResource.MUTATING_WEBHOOK_CONFIGURATIONS, KubeStateResource.NAMESPACES,
      KubeStateResource.NETWORK_POLICIES, KubeStateResource.NODES, KubeStateResource.PERSISTENT_VOLUME_CLAIMS,
      KubeStateResource.PERSISTENT_VOLUMES, KubeStateResource.POD_DISRUPTION_BUDGETS, KubeStateResource.PODS,
      KubeStateResource.REPLICA_SETS, KubeStateResource.REPLICATION_CONTROLLERS, KubeStateResource.RESOURCE_QUOTAS,
      KubeStateResource.SERVICES, KubeStateResource.STATEFUL_SETS, KubeStateResource.STORAGE_CLASSES,
      KubeStateResource.VALIDATING_WEBHOOK_CONFIGURATIONS, KubeStateResource.VOLUME_ATTACHMENTS,
    ];
  }

  /**
   * A kind that a newer kube-state-metrics knows, or a fork of it; custom resources are exposed by `customResources`. Throws unless the names are
   * those of the API.
   * @param plural its plural name, as the API has it
   * @param apiGroup its API group, empty for the core
   * @param namespaced whether its objects are in namespaces
   */
  public static of(plural: string, apiGroup: string, namespaced: boolean): KubeStateResource {
    checkArguments('KubeStateResource.of', { plural, apiGroup, namespaced });
    const members: readonly unknown[] = Object.values(KubeStateResource);
    const known = members.filter((member) => member instanceof KubeStateResource).find((resource) => resource.plural === plural);
    if (known !== undefined) {
      return known;
    }
    if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(plural)) {
      throw new Error(`KubeStateResource.of: '${plural}' is not the plural name of a kind; write it as 'deployments'`);
    }
    if (!/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/.test(apiGroup)) {
      throw new Error(`KubeStateResource.of: '${apiGroup}' is not an API group; write it as 'apps', without a version`);
    }
    return new KubeStateResource(plural, apiGroup, namespaced);
  }

  private constructor(
    /** Its plural name, as the API has it. */
    public readonly plural: string,
    /** Its API group, empty for the core. */
    public readonly apiGroup: string,
    /** Whether its objects are in namespaces. */
    public readonly namespaced: boolean,
  ) {}
}
