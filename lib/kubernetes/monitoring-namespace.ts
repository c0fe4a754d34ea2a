import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KIND } from './kinds';
import { apiObject, clusterScoped } from './api-object';
import { nameOf } from './names';
import { checkFixed } from './object-metadata';
import { checkArguments } from '../arguments';

/**
 * Pod Security level of a namespace.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** Pods have only the privileges that they need. */
  RESTRICTED = 'restricted',
  /** No known privilege escalation. */
  BASELINE = 'baseline',
  /** No restrictions, as node agents need it. */
  PRIVILEGED = 'privileged',
}

/** A namespace and its Pod Security level. */
export interface MonitoringNamespaceProps {
  /**
   * Name of the namespace.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Pod Security level that the API server enforces, audits and warns of.
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;
  /**
   * Additional labels.
   * @default - none
   */
  readonly labels?: { readonly [label: string]: string };
}

/**
 * A namespace for monitoring; make it before what goes into it, so that one `kubectl apply` works. Objects go there by the chart's
 * `namespace` or their own prop.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export class MonitoringNamespace extends Construct {
  /** Name of the namespace. */
  public readonly name: string;
  /** Pod Security level that the API server enforces. */
  public readonly podSecurity: PodSecurityLevel;
  /** The Namespace. */
  public readonly resource: ApiObject;

  constructor(scope: Construct, id: string, props: MonitoringNamespaceProps = {}) {
    super(scope, id);
    checkArguments('MonitoringNamespace', { props }, this.node.path);
    this.name = nameOf(scope, id, props.name);
    this.podSecurity = props.podSecurity ?? PodSecurityLevel.RESTRICTED;
    const fixed = Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, this.podSecurity]));
    checkFixed(this.node.path, 'labels', props.labels, fixed);
    this.resource = apiObject(this, 'Resource', KIND.Namespace, { metadata: clusterScoped({ name: this.name, labels: { ...fixed, ...props.labels } }) });
  }
}
