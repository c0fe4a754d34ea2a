import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KubeStateCustomResource } from './kube-state-custom-resource';
import { KubeStateResource } from './kube-state-resource';
import { makeRole } from '../../kubernetes/rbac';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';

/** Service account of kube-state-metrics, and the resources that it reads. */
export interface AccessProps {
  readonly serviceAccountName: string;
  readonly resources: readonly KubeStateResource[];
  readonly customResources: readonly KubeStateCustomResource[];
  /** Namespaces whose objects may be read; all when undefined. */
  readonly namespaces?: readonly string[];
  /** Number of Pods that have to find out which shard they are. */
  readonly shards: number;
}

/** A kind that may be listed and watched. */
type Watched = Pick<KubeStateResource, 'apiGroup' | 'plural' | 'namespaced'>;

/** By these kube-state-metrics learns which custom resources there are. */
const DEFINITIONS: Watched = { apiGroup: 'apiextensions.k8s.io', plural: 'customresourcedefinitions', namespaced: false };

/** Grants `list` and `watch` of the resources, and nothing else: across the cluster, or in the namespaces that are named. */
export function grantAccess(scope: Construct, identity: WorkloadIdentity, props: AccessProps): void {
  const { name, namespace: own } = identity;
  const { namespaces, serviceAccountName } = props;
  const custom = props.customResources.length === 0 ? [] : [...props.customResources.map(watchedOf), DEFINITIONS];
  const resources: readonly Watched[] = [...props.resources, ...custom];
  // Beyond its own namespace another of the same name may be granted something.
  const elsewhere = `${own}-${name}`;
  const bind = (prefix: string, role: string, namespace: string | undefined, rules: k8s.PolicyRule[]): void => {
    const kind = namespace === undefined ? 'ClusterRole' : 'Role';
    makeRole(scope, identity, { ids: [`${prefix}${kind}`, `${prefix}${kind}Binding`], name: role, namespace, rules: () => rules, serviceAccountName });
  };
  const across = namespaces === undefined ? resources : resources.filter(({ namespaced }) => !namespaced);
  if (across.length > 0) {
    bind('', elsewhere, undefined, watching(across));
  }
  const within = resources.filter(({ namespaced }) => namespaced);
  if (namespaces !== undefined && within.length > 0) {
    namespaces.forEach((namespace) => bind(`${namespace}-`, `${elsewhere}-${namespace}`, namespace, watching(within)));
  }
  if (props.shards > 1) {
    const pods = Array.from({ length: props.shards }, (_, i) => `${name}-${i}`);
    bind('Sharding', `${name}-sharding`, own, [
      { apiGroups: [''], resources: ['pods'], resourceNames: pods, verbs: ['get'] },
      { apiGroups: ['apps'], resources: ['statefulsets'], resourceNames: [name], verbs: ['get', 'list', 'watch'] },
    ]);
  }
}

function watchedOf({ group, plural, namespaced = true }: KubeStateCustomResource): Watched {
  return { apiGroup: group, plural, namespaced };
}

function watching(resources: readonly Watched[]): k8s.PolicyRule[] {
  return resources.map(({ apiGroup, plural }) => ({ apiGroups: [apiGroup], resources: [plural], verbs: ['list', 'watch'] }));
}
