import { ApiObject } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Access, mergedRules } from './access';
import { clusterScoped } from '../kubernetes/cluster-scoped';
import { lazily } from '../kubernetes/lazily';

/** Stands for the whole cluster among namespaces. */
const CLUSTER = '';

export interface DiscoveryAccessProps {
  /** Name of the program; its roles are called `<namespace>-<name>`. */
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

  /** Grants access in its namespaces, or in the whole cluster; what the whole cluster grants already is not granted again. */
  public grant(access: Access): void {
    const missing = access.rules.map((rule) => [JSON.stringify(rule), rule] as const).filter(([key]) => !this.isEverywhere(key));
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
  }

  private isEverywhere(key: string): boolean {
    return this.rules.get(CLUSTER)?.has(key) ?? false;
  }

  /** The whole cluster may have been granted a rule after its namespace was. */
  private rulesOf(namespace: string): k8s.PolicyRule[] {
    const rules = [...(this.rules.get(namespace) ?? [])];
    return mergedRules(rules.filter(([key]) => namespace === CLUSTER || !this.isEverywhere(key)).map(([, rule]) => rule));
  }

  private makeRole(namespace: string): void {
    const { labels, serviceAccount } = this.props;
    const name = `${this.props.namespace}-${this.props.name}`;
    const cluster = namespace === CLUSTER;
    const metadata = cluster ? clusterScoped({ name, labels }) : { name, namespace, labels };
    const kind = cluster ? 'ClusterRole' : 'Role';
    const id = cluster ? 'cluster' : namespace;
    new ApiObject(this, `role-${id}`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind,
      metadata,
      rules: lazily(() => this.rulesOf(namespace).map((rule) => k8s.toJson_PolicyRule(rule))),
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
}
