import { Use } from './audit-log';
import { getObject, kubectl, KubeObject, listObjects } from './kubectl';

interface RoleBinding extends KubeObject {
  readonly roleRef: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

interface Role extends KubeObject {
  readonly rules?: readonly {
    readonly verbs: readonly string[];
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
    readonly resourceNames?: readonly string[];
    readonly nonResourceURLs?: readonly string[];
  }[];
}

export interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** One verb on one resource, in one namespace or across the cluster. */
export interface Grant extends Omit<Use, 'allowed'> {
  readonly role: string;
}

async function grantsBy({ metadata, roleRef }: RoleBinding): Promise<Grant[]> {
  const { namespace } = metadata;
  const role = await getObject<Role>(roleRef.kind.toLowerCase(), roleRef.name, roleRef.kind === 'Role' ? namespace : undefined);
  const name = `${roleRef.kind} ${roleRef.kind === 'Role' ? `${namespace}/` : ''}${roleRef.name}`;
  return (role.rules ?? []).flatMap(({ verbs, apiGroups = [], resources = [], nonResourceURLs = [] }) => verbs.flatMap((verb) => [
    ...apiGroups.flatMap((group) => resources.map((resource) => ({ role: name, verb, group, resource, namespace }))),
    ...nonResourceURLs.map((resource) => ({ role: name, verb, resource })),
  ]));
}

/** All that roles bound to the account by name grant it, piece by piece. */
export async function grantsOf(account: Account): Promise<Grant[]> {
  const bindings = [...await listObjects<RoleBinding>('rolebindings'), ...await listObjects<RoleBinding>('clusterrolebindings')]
    .filter(({ subjects = [] }) => subjects.some(({ kind, name, namespace }) => kind === 'ServiceAccount' && name === account.name && namespace === account.namespace));
  return (await Promise.all(bindings.map(grantsBy))).flat();
}

/** A grant or a use, for people. */
export function spelled({ verb, group, resource, namespace }: Omit<Use, 'allowed'>): string {
  const where = group === undefined ? '' : namespace === undefined ? ' across the cluster' : ` in ${namespace}`;
  return `${verb} ${group ? `${resource}.${group}` : resource}${where}`;
}

/** Whether somebody used just this grant: one for the whole cluster is not used by a request for a namespace. */
export function isUsed(grant: Grant, uses: readonly Use[]): boolean {
  return uses.some(({ verb, group, resource, namespace }) => (
    verb === grant.verb && group === grant.group && resource === grant.resource && namespace === grant.namespace
  ));
}

/** What the API server says to the same question. */
export async function mayDo(account: Account, { verb, group, resource, namespace }: Use): Promise<boolean> {
  const [main, subresource] = group === undefined ? [resource] : resource.split('/');
  const what = group ? `${main}.${group}` : main;
  const answer = await kubectl([
    'auth', 'can-i', verb, what, ...(subresource === undefined ? [] : [`--subresource=${subresource}`]),
    ...(group === undefined ? [] : namespace === undefined ? ['--all-namespaces'] : ['--namespace', namespace]),
    '--as', `system:serviceaccount:${account.namespace}:${account.name}`,
    '--as-group', 'system:serviceaccounts', '--as-group', `system:serviceaccounts:${account.namespace}`, '--as-group', 'system:authenticated',
  ], { accept: [1] });
  return answer.trim().startsWith('yes');
}
