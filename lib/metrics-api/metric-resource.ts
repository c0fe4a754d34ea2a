import { checkClassicLabelName } from '../checks';
import { checkArguments } from '../arguments';

/** Names of a kind of objects. */
export interface MetricResourceProps {
  /** API group, empty for the core: `apps`. */
  readonly group: string;
  /** Resource in the plural: `replicasets`. */
  readonly resource: string;
  /** Label with the name of the object. */
  readonly label: string;
}

/**
 * Kind of Kubernetes objects, and the label of series with the name of the object. The predefined labels are those of the library's scrape jobs;
 * `withLabel` names another.
 */
export class MetricResource {
  /** Pods, by the label `pod`. */
  public static readonly POD = new MetricResource('', 'pods', 'pod');
  /** Services, by the label `service`. */
  public static readonly SERVICE = new MetricResource('', 'services', 'service');
  /** Ingresses, by the label `ingress`. */
  public static readonly INGRESS = new MetricResource('networking.k8s.io', 'ingresses', 'ingress');
  /** Deployments, by the label `deployment`. */
  public static readonly DEPLOYMENT = new MetricResource('apps', 'deployments', 'deployment');
  /** StatefulSets, by the label `statefulset`. */
  public static readonly STATEFUL_SET = new MetricResource('apps', 'statefulsets', 'statefulset');
  /** Jobs, by the label `job_name`. */
  public static readonly JOB = new MetricResource('batch', 'jobs', 'job_name');
  /** Namespaces, by the label `namespace`. */
  public static readonly NAMESPACE = new MetricResource('', 'namespaces', 'namespace');
  /** Nodes, by the label `node`. */
  public static readonly NODE = new MetricResource('', 'nodes', 'node');

  /**
   * Another kind of namespaced objects, which has to exist when the adapter starts. Throws on what is no name of a resource, of a group or of a
   * label.
   */
  public static of(props: MetricResourceProps): MetricResource {
    checkArguments('MetricResource.of', { props });
    return new MetricResource(props.group, props.resource, props.label);
  }

  private constructor(
    /** API group, empty for the core. */
    public readonly group: string,
    /** Resource in the plural. */
    public readonly resource: string,
    /** Label with the name of the object. */
    public readonly label: string,
  ) {
    checkClassicLabelName(label, `MetricResource '${resource}'`);
  }

  /** The same kind, by another label, such as `exported_service`. Throws on what is no label name. */
  public withLabel(label: string): MetricResource {
    checkArguments('MetricResource.withLabel', { label });
    return new MetricResource(this.group, this.resource, label);
  }

  /** Whether objects of this kind are in no namespace. @internal */
  public get _isClusterScoped(): boolean {
    return this.group === '' && ['namespaces', 'nodes', 'persistentvolumes'].includes(this.resource);
  }

  /** As the adapter's configuration has it. @internal */
  public _override(): { group?: string; resource: string } {
    return { group: this.group === '' ? undefined : this.group, resource: this.resource };
  }
}
