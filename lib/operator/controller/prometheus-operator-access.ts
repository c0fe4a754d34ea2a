import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KubeletService } from './kubelet-service';
import { OperatorController, OperatorFeature, OperatorRepair } from './prometheus-operator-controller';
import { GROUP } from '../crds/crd-schema';
import { makeRole } from '../../kubernetes/rbac';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';

/** Service account of the operator, and the features that it needs access for. */
export interface OperatorAccessProps {
  readonly serviceAccountName: string;
  readonly controllers: readonly OperatorController[];
  readonly features: readonly OperatorFeature[];
  readonly repair: OperatorRepair;
  readonly kubeletService: KubeletService;
  /** Namespaces of Prometheus and Alertmanager resources; all when undefined. */
  readonly instances?: readonly string[];
  /** Namespaces of monitors and rules; all when undefined. */
  readonly configurations?: readonly string[];
}

const READ = ['get', 'list', 'watch'];
const KEEP = [...READ, 'create', 'update', 'delete'];

/**
 * Grants what the operator's client calls need, each read from its source, and nothing else. The operator asks the API server at its start
 * what it may do: a controller without its rights stays off, and the operator says so in its log.
 */
export function grantOperatorAccess(scope: Construct, identity: WorkloadIdentity, props: OperatorAccessProps): void {
  const { instances, configurations, kubeletService, serviceAccountName } = props;
  // Beyond its own namespace another of the same name may be granted something.
  const elsewhere = `${identity.namespace}-${identity.name}`;
  const bind = (prefix: string, name: string, namespace: string | undefined, rules: k8s.PolicyRule[]): void => {
    const kind = namespace === undefined ? 'ClusterRole' : 'Role';
    makeRole(scope, identity, { ids: [`${prefix}${kind}`, `${prefix}${kind}Binding`], name, namespace, rules: () => rules, serviceAccountName });
  };
  const across = [
    ...(instances === undefined ? instanceGrants(props) : []),
    ...(configurations === undefined ? [...configurationGrants(props), ...CLUSTER_GRANTS] : []),
    ...(kubeletService.isKept ? [grant('', ['nodes'], ['list'])] : []),
  ];
  if (across.length > 0) {
    bind('', elsewhere, undefined, across);
  }
  [...new Set([...instances ?? [], ...configurations ?? []])].forEach((within) => bind(`${within}-`, `${elsewhere}-${within}`, within, [
    ...(instances?.includes(within) ? instanceGrants(props) : []),
    ...(configurations?.includes(within) ? configurationGrants(props) : []),
    // A Role may grant reading the namespace that it is in; the operator then asks for it by name, again and again.
    grant('', ['namespaces'], ['get']),
  ]));
  if (kubeletService.isKept) {
    bind('Kubelet', `${elsewhere}-kubelet-service`, kubeletService.namespace, kubeletRules(kubeletService));
  }
}

/** Access to cluster-scoped resources, or that only a ClusterRole can grant. The operator works without the last two as well. */
const CLUSTER_GRANTS: readonly k8s.PolicyRule[] = [
  grant('', ['namespaces'], ['list', 'watch']),
  // why a monitor is refused; the operator writes events only where it may do so everywhere
  grant('events.k8s.io', ['events'], ['create', 'patch']),
  // whether the storage class that a resource names is there
  grant('storage.k8s.io', ['storageclasses'], ['get']),
];

/** The resources that workloads are made of, and these workloads. */
function instanceGrants({ controllers, features, repair }: OperatorAccessProps): k8s.PolicyRule[] {
  const is = (...some: OperatorController[]) => some.some((controller) => controllers.includes(controller));
  const has = (feature: OperatorFeature) => features.includes(feature);
  return [
    grant(GROUP, controllers, READ),
    // it applies the status, and stays off unless it may update it
    grant(GROUP, controllers.map((controller) => `${controller}/status`), ['update', 'patch']),
    // what it makes blocks the deletion of its owner, which the admission plugin OwnerReferencesPermissionEnforcement asks this for
    grant(GROUP, controllers.map((controller) => `${controller}/finalizers`), ['update']),
    // the finalizer that clears the status of monitors
    ...(has(OperatorFeature.CONFIGURATION_STATUS) ? [grant(GROUP, controllers, ['patch'])] : []),
    grant('apps', ['statefulsets'], [...KEEP, 'patch']),
    grant('', ['secrets'], KEEP),
    // rule files
    grant('', ['configmaps'], is(OperatorController.PROMETHEUS) ? KEEP : READ),
    grant('', ['services'], ['get', 'create', 'update']),
    grant('', ['pods'], ['list']),
    ...(repair === OperatorRepair.DELETE ? [grant('', ['pods'], ['delete'])] : []),
    ...(repair === OperatorRepair.EVICT ? [grant('', ['pods/eviction'], ['create'])] : []),
  ];
}

/** The resources that configure workloads, and the Secrets and ConfigMaps that they name. */
function configurationGrants({ controllers, features }: OperatorAccessProps): k8s.PolicyRule[] {
  const is = (...some: OperatorController[]) => some.some((controller) => controllers.includes(controller));
  const scraping = is(OperatorController.PROMETHEUS, OperatorController.PROMETHEUS_AGENT);
  const watched = [
    ...(scraping ? ['servicemonitors', 'podmonitors', 'probes', 'scrapeconfigs'] : []),
    ...(is(OperatorController.PROMETHEUS) ? ['prometheusrules'] : []),
  ];
  return [
    grant(GROUP, watched, ['list', 'watch']),
    // asked for at the start, and without it ScrapeConfigs are left out
    ...(scraping ? [grant(GROUP, ['scrapeconfigs'], ['get'])] : []),
    ...(features.includes(OperatorFeature.CONFIGURATION_STATUS) ? [grant(GROUP, watched.map((resource) => `${resource}/status`), ['update', 'patch'])] : []),
    ...(is(OperatorController.ALERTMANAGER) ? [grant(GROUP, ['alertmanagerconfigs'], READ)] : []),
    ...(scraping || is(OperatorController.ALERTMANAGER) ? [grant('', ['secrets', 'configmaps'], READ)] : []),
  ];
}

function kubeletRules({ name }: KubeletService): k8s.PolicyRule[] {
  return [
    { apiGroups: [''], resources: ['services'], verbs: ['create'] },
    { apiGroups: [''], resources: ['services'], resourceNames: [name], verbs: ['get', 'update'] },
    // the EndpointSlices block the deletion of the Service
    { apiGroups: [''], resources: ['services/finalizers'], resourceNames: [name], verbs: ['update'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'create', 'update', 'delete'] },
  ];
}

function grant(group: string, resources: readonly string[], verbs: readonly string[]): k8s.PolicyRule {
  return { apiGroups: [group], resources: [...resources], verbs: [...verbs] };
}
