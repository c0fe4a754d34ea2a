import { ApiObject } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Access, mergedRules } from './access';
import { apiObject, clusterScoped, lazily } from '../kubernetes/api-object';

/** Stands for the whole cluster among namespaces. */
const CLUSTER = '*';

export interface DiscoveryAccessProps {
  /** Name of the program; its ClusterRole is called `<namespace>-<name>`, and a Role `<namespace>-<name>-<where it holds>`. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
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
    const missing = access.rules.map((rule) => [JSON.stringify(rule), rule] as const).filter(([key]) => !everywhere?.has(key));
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
    const { labels, serviceAccount } = this.props;
    const cluster = namespace === CLUSTER;
    const name = `${this.props.namespace}-${this.props.name}${cluster ? '' : `-${namespace}`}`;
    const metadata = cluster ? clusterScoped({ name, labels }) : { name, namespace, labels };
    const kind = cluster ? 'ClusterRole' : 'Role';
    new ApiObject(this, roleId(namespace), {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind,
      metadata,
      rules: lazily(() => mergedRules([...(this.rules.get(namespace)?.values() ?? [])]).map((rule) => k8s.toJson_PolicyRule(rule))),
    });
    const binding = {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccount.name, namespace: this.props.namespace }],
    };
    if (cluster) {
      apiObject(this, bindingId(namespace), k8s.KubeClusterRoleBinding, binding);
    } else {
      apiObject(this, bindingId(namespace), k8s.KubeRoleBinding, binding);
    }
  }
}

function roleId(namespace: string): string {
  return `role-${namespace === CLUSTER ? 'cluster' : namespace}`;
}

function bindingId(namespace: string): string {
  return `binding-${namespace === CLUSTER ? 'cluster' : namespace}`;
}
