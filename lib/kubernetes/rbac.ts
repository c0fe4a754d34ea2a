import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from './kinds';
import { apiObject, clusterScoped, lazily, objectsBelow } from './api-object';
import { WorkloadIdentity } from './workload-identity';

const API_GROUP = 'rbac.authorization.k8s.io';
/** In this order verbs are written. */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'delete', 'patch'];

/** Some access of a service account: in a namespace, or in the whole cluster. */
export interface RoleProps {
  /** Ids of the role and its binding. */
  readonly ids: readonly [string, string];
  /** Name of both. */
  readonly name: string;
  /** @default - the whole cluster */
  readonly namespace?: string;
  /** Read when the manifest is written. */
  readonly rules: () => readonly k8s.PolicyRule[];
  readonly serviceAccountName: string;
}

/** Makes a Role with its binding, or a ClusterRole with its. The account is in the namespace of the workload. */
export function makeRole(scope: Construct, identity: WorkloadIdentity, { ids, name, namespace, rules, serviceAccountName }: RoleProps): void {
  const { labels } = identity;
  const cluster = namespace === undefined;
  const metadata = cluster ? clusterScoped({ name, labels }) : { name, namespace, labels };
  apiObject(scope, ids[0], cluster ? KIND.ClusterRole : KIND.Role, { metadata, rules: lazily(() => mergedRules(rules())) });
  bindRole(scope, identity, { id: ids[1], name, namespace, role: name, serviceAccountName });
}

/** A role of a namespace, or of the cluster, that a service account gets. */
export interface BindingProps extends Pick<RoleProps, 'name' | 'namespace' | 'serviceAccountName'> {
  readonly id: string;
  readonly role: string;
}

/** Binds a Role of a namespace, or a ClusterRole, to an account in the namespace of the workload. */
export function bindRole(scope: Construct, identity: WorkloadIdentity, { id, name, namespace, role, serviceAccountName }: BindingProps): void {
  const { labels } = identity;
  const cluster = namespace === undefined;
  apiObject(scope, id, cluster ? KIND.ClusterRoleBinding : KIND.RoleBinding, {
    metadata: cluster ? clusterScoped({ name, labels }) : { name, namespace, labels },
    roleRef: { apiGroup: API_GROUP, kind: cluster ? 'ClusterRole' : 'Role', name: role },
    subjects: [{ kind: 'ServiceAccount', name: serviceAccountName, namespace: identity.namespace }],
  });
}

/** The roles below a construct so far, each with its binding. */
export function rolesBelow(scope: Construct): ApiObject[] {
  return objectsBelow(scope, 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding');
}

interface Granted {
  /** Undefined for URLs. */
  readonly group?: string;
  readonly target: string;
  readonly resourceNames: readonly string[];
  readonly verbs: Set<string>;
}

function targetsOf({ apiGroups = [], resources = [], nonResourceUrLs = [], resourceNames = [], verbs }: k8s.PolicyRule): Granted[] {
  return [
    ...apiGroups.flatMap((group) => resources.map((target) => ({ group, target, resourceNames, verbs: new Set(verbs) }))),
    ...nonResourceUrLs.map((target) => ({ target, resourceNames: [], verbs: new Set(verbs) })),
  ];
}

interface MergedRule {
  readonly group?: string;
  readonly targets: string[];
  readonly resourceNames: readonly string[];
  readonly verbs: string[];
}

/** The rules without repetition: all verbs of a resource together, resources of one group with the same verbs in one rule, in alphabetical order. */
export function mergedRules(rules: readonly k8s.PolicyRule[]): k8s.PolicyRule[] {
  const granted = new Map<string, Granted>();
  rules.flatMap(targetsOf).forEach((one) => {
    const key = JSON.stringify([one.group ?? '~', one.target, one.resourceNames.join()]);
    const before = granted.get(key);
    granted.set(key, { ...one, verbs: new Set([...before?.verbs ?? [], ...one.verbs]) });
  });
  const merged = new Map<string, MergedRule>();
  [...granted].sort(([a], [b]) => (a < b ? -1 : 1)).forEach(([, { group, target, resourceNames, verbs: unordered }]) => {
    const verbs = [...VERBS.filter((verb) => unordered.has(verb)), ...[...unordered].filter((verb) => !VERBS.includes(verb))];
    const key = JSON.stringify([group ?? '~', resourceNames, verbs]);
    const rule = merged.get(key) ?? { group, targets: [], resourceNames, verbs };
    rule.targets.push(target);
    merged.set(key, rule);
  });
  return [...merged.values()].map(({ group, targets, resourceNames, verbs }) => (group === undefined
    ? { nonResourceUrLs: targets, verbs }
    : { apiGroups: [group], resources: targets, resourceNames: resourceNames.length === 0 ? undefined : [...resourceNames], verbs }));
}
