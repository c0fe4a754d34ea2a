import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KubeStateResource } from './kube-state-resource';
import { apiObject, clusterScoped } from '../../kubernetes/api-object';

export interface AccessProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  readonly serviceAccountName: string;
  readonly resources: readonly KubeStateResource[];
  /** Where namespaced objects may be read; everywhere when undefined. */
  readonly namespaces?: readonly string[];
  /** Number of Pods that have to find out which shard they are. */
  readonly shards: number;
}

/** Grants `list` and `watch` of the resources, and nothing else: across the cluster, or in the namespaces that are named. */
export function grantAccess(scope: Construct, props: AccessProps): void {
  const { name, labels, resources, namespaces } = props;
  // Beyond its own namespace another of the same name may be granted something.
  const elsewhere = `${props.namespace}-${name}`;
  const subjects = [{ kind: 'ServiceAccount', name: props.serviceAccountName, namespace: props.namespace }];
  const across = namespaces === undefined ? resources : resources.filter(({ namespaced }) => !namespaced);
  if (across.length > 0) {
    const metadata = clusterScoped({ name: elsewhere, labels });
    apiObject(scope, 'ClusterRole', k8s.KubeClusterRole, { metadata, rules: watching(across) });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: elsewhere };
    apiObject(scope, 'ClusterRoleBinding', k8s.KubeClusterRoleBinding, { metadata, roleRef, subjects });
  }
  const bind = (id: string, metadata: k8s.ObjectMeta & { name: string }, rules: k8s.PolicyRule[]): void => {
    apiObject(scope, `${id}Role`, k8s.KubeRole, { metadata, rules });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name };
    apiObject(scope, `${id}RoleBinding`, k8s.KubeRoleBinding, { metadata, roleRef, subjects });
  };
  const within = resources.filter(({ namespaced }) => namespaced);
  if (namespaces !== undefined && within.length > 0) {
    namespaces.forEach((namespace) => bind(`${namespace}-`, { name: `${elsewhere}-${namespace}`, namespace, labels }, watching(within)));
  }
  if (props.shards > 1) {
    const pods = Array.from({ length: props.shards }, (_, i) => `${name}-${i}`);
    bind('Sharding', { name: `${name}-sharding`, namespace: props.namespace, labels }, [
      { apiGroups: [''], resources: ['pods'], resourceNames: pods, verbs: ['get'] },
      { apiGroups: ['apps'], resources: ['statefulsets'], resourceNames: [name], verbs: ['get', 'list', 'watch'] },
    ]);
  }
}

function watching(resources: readonly KubeStateResource[]): k8s.PolicyRule[] {
  const groups = [...new Set(resources.map(({ apiGroup }) => apiGroup))].sort();
  return groups.map((group) => ({
    apiGroups: [group],
    resources: resources.filter(({ apiGroup }) => apiGroup === group).map(({ plural }) => plural).sort(),
    verbs: ['list', 'watch'],
  }));
}
