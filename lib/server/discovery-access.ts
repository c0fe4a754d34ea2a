import { ApiObject, Lazy } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Access, mergedRules } from './access';
import { clusterScoped } from '../kubernetes/cluster-scoped';

export interface DiscoveryAccessProps {
  /** Name of the program; its roles are called `<namespace>-<name>`. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  readonly serviceAccount: IServiceAccount;
}

/** The roles of a program's service account: each made with the first job that needs it, and no wider than all jobs together need. */
export class DiscoveryAccess extends Construct {
  private readonly rules = new Map<string, k8s.PolicyRule[]>();

  constructor(scope: Construct, id: string, private readonly props: DiscoveryAccessProps) {
    super(scope, id);
  }

  /** Grants access in its namespaces, or in the whole cluster. */
  public grant(access: Access): void {
    (access.namespaces ?? ['']).forEach((namespace) => {
      const rules = this.rules.get(namespace);
      if (rules === undefined) {
        this.rules.set(namespace, [...access.rules]);
        this.makeRole(namespace);
      } else {
        rules.push(...access.rules);
      }
    });
  }

  /** The empty namespace is the whole cluster. */
  private makeRole(namespace: string): void {
    const { labels, serviceAccount } = this.props;
    const name = `${this.props.namespace}-${this.props.name}`;
    const cluster = namespace === '';
    const metadata = cluster ? clusterScoped({ name, labels }) : { name, namespace, labels };
    const kind = cluster ? 'ClusterRole' : 'Role';
    const id = cluster ? 'cluster' : namespace;
    new ApiObject(this, `role-${id}`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind,
      metadata,
      rules: Lazy.any({ produce: () => this.mergedRules(namespace).map((rule) => k8s.toJson_PolicyRule(rule)) }),
    });
    const binding = {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccount.name, namespace: this.props.namespace }],
    };
    if (cluster) {
      new k8s.KubeClusterRoleBinding(this, `binding-${id}`, binding);
    } else {
      new k8s.KubeRoleBinding(this, `binding-${id}`, binding);
    }
  }

  /** What the whole cluster grants is not granted again in a namespace. */
  private mergedRules(namespace: string): k8s.PolicyRule[] {
    return mergedRules(this.rules.get(namespace) ?? []);
  }
}
