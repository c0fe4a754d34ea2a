import { k8s } from 'cdk8s-plus-27';
import { requireOwnSecret } from '../kubernetes/own-namespace';
import { SecretKey } from '../kubernetes/secret-key';
import { Variables } from '../monitoring/http/cloud-credentials';

function origin(value: string | SecretKey): string {
  return typeof value === 'string' ? `'${value}'` : `of Secret '${value._id}'`;
}

/** Variables of Prometheus's environment that hold credentials which it reads from no file. */
export class CredentialVariables {
  private readonly variables = new Map<string, string | SecretKey>();

  constructor(private readonly where: string, private readonly namespace: string) {}

  /** Adds variables. Throws when one has another value already, and when the app makes a Secret in another namespace. */
  public add(variables: Variables): void {
    Object.entries(variables).forEach(([name, value]) => {
      const before = this.variables.get(name);
      if (before !== undefined && origin(before) !== origin(value)) {
        throw new Error(`${this.where}: variable '${name}' is ${origin(before)} already, and got ${origin(value)}; a Prometheus has one environment, so use the same credentials, or OperatedPrometheus`);
      }
      if (typeof value !== 'string') {
        requireOwnSecret(this.where, value.secret, this.namespace);
      }
      this.variables.set(name, value);
    });
  }

  /** The variables of the container. A Secret has to exist before it starts. */
  public get env(): k8s.EnvVar[] {
    return [...this.variables].map(([name, value]) => (typeof value === 'string'
      ? { name, value }
      : { name, valueFrom: { secretKeyRef: { name: value.secret.name, key: value.key } } }));
  }
}
