import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Access } from './access';
import { makeRole } from '../kubernetes/rbac';
import { WorkloadIdentity } from '../kubernetes/workload-identity';

/** Stands for the whole cluster among namespaces. */
const CLUSTER = '*';

/** Program whose service account gets the roles. */
export interface DiscoveryAccessProps {
  /** The program: its ClusterRole is called `<namespace>-<name>`, and a Role `<namespace>-<name>-<namespace of the Role>`. */
  readonly identity: WorkloadIdentity;
  readonly serviceAccount: IServiceAccount;
}

/** The roles of a program's service account: each made with the first job that needs it, and no wider than all jobs together need. */
export class DiscoveryAccess extends Construct {
  /** The rules of each namespace, by what they say. */
  private readonly rules = new Map<string, Map<string, k8s.PolicyRule>>();

  constructor(scope: Construct, id: string, private readonly props: DiscoveryAccessProps) {
    super(scope, id);
  }

  /** Grants access in its namespaces, or in the whole cluster; what the whole cluster grants is not granted in a namespace as well. */
  public grant(access: Access): void {
    const everywhere = this.rules.get(CLUSTER);
    const missing = access.rules.map((rule) => [keyOf(rule), rule] as const).filter(([key]) => !everywhere?.has(key));
    if (missing.length === 0) {
      return;
    }
    (access.namespaces ?? [CLUSTER]).forEach((namespace) => {
      const known = this.rules.get(namespace);
      const rules = known ?? new Map<string, k8s.PolicyRule>();
      missing.forEach(([key, rule]) => rules.set(key, rule));
      if (known === undefined) {
        this.rules.set(namespace, rules);
        this.makeRole(namespace);
      }
    });
    if (access.namespaces === undefined) {
      this.takeBack(missing.map(([key]) => key));
    }
  }

  /** Takes from the namespaces what the whole cluster has been granted, and the role of a namespace that has nothing left. */
  private takeBack(keys: readonly string[]): void {
    [...this.rules].filter(([namespace]) => namespace !== CLUSTER).forEach(([namespace, rules]) => {
      keys.forEach((key) => rules.delete(key));
      if (rules.size === 0) {
        this.rules.delete(namespace);
        this.node.tryRemoveChild(roleId(namespace));
        this.node.tryRemoveChild(bindingId(namespace));
      }
    });
  }

  private makeRole(namespace: string): void {
    const { identity, serviceAccount } = this.props;
    const cluster = namespace === CLUSTER;
    makeRole(this, identity, {
      ids: [roleId(namespace), bindingId(namespace)],
      name: `${identity.namespace}-${identity.name}${cluster ? '' : `-${namespace}`}`,
      namespace: cluster ? undefined : namespace,
      rules: () => [...(this.rules.get(namespace)?.values() ?? [])],
      serviceAccountName: serviceAccount.name,
    });
  }
}

/** The JSON of each rule, made once, since most jobs need the same rules. */
const keys = new WeakMap<k8s.PolicyRule, string>();

function keyOf(rule: k8s.PolicyRule): string {
  const key = keys.get(rule) ?? JSON.stringify(rule);
  keys.set(rule, key);
  return key;
}

function roleId(namespace: string): string {
  return `role-${namespace === CLUSTER ? 'cluster' : namespace}`;
}

function bindingId(namespace: string): string {
  return `binding-${namespace === CLUSTER ? 'cluster' : namespace}`;
}
