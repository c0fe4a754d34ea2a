import { Size } from 'cdk8s';
import { Cpu, IServiceAccount, ISecret, k8s } from 'cdk8s-plus-27';

/**
 * What a container asks for and may use.
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface ComputeResources {
  /**
   * CPU that the scheduler sets aside.
   * @default - the component's own
   */
  readonly cpuRequest?: Cpu;
  /**
   * CPU above which the container is throttled.
   * @default - no limit, so that it is never throttled
   */
  readonly cpuLimit?: Cpu;
  /**
   * Memory that the scheduler sets aside.
   * @default - the component's own
   */
  readonly memoryRequest?: Size;
  /**
   * Memory above which the container is killed.
   * @default - the component's own
   */
  readonly memoryLimit?: Size;
}

/** Where the objects of a component stand. */
export interface ObjectOptions {
  /**
   * Name of the objects.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Namespace of the objects.
   * @default - the chart's, else `default`
   */
  readonly namespace?: string;
}

/** What every workload of the library lets one choose. */
export interface WorkloadOptions extends ObjectOptions {
  /**
   * Image with its tag or digest.
   * @default - upstream's, in the version that the library was tested with
   */
  readonly image?: string;
  /**
   * Registry that takes the place of the images' own, with an optional path: `registry.example.com/mirror`.
   * @default - the images' own
   */
  readonly registry?: string;
  /**
   * Secrets with credentials for the registry.
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];
  /**
   * What the main container asks for and may use.
   * @default - the component's own
   */
  readonly resources?: ComputeResources;
  /**
   * Labels that a node has to carry.
   * @default - the component's own
   */
  readonly nodeSelector?: { readonly [label: string]: string };
  /**
   * Taints that the Pods tolerate.
   * @default - the component's own
   */
  readonly tolerations?: k8s.Toleration[];
  /**
   * Where the Pods may and should run.
   * @default - none
   */
  readonly affinity?: k8s.Affinity;
  /**
   * Priority class of the Pods.
   * @default - the component's own
   */
  readonly priorityClassName?: string;
  /**
   * Annotations of the Pods.
   * @default - none
   */
  readonly podAnnotations?: { readonly [name: string]: string };
  /**
   * Further labels of the Pods.
   * @default - none
   */
  readonly podLabels?: { readonly [name: string]: string };
  /**
   * Service account of the Pods.
   * @default - one is made
   */
  readonly serviceAccount?: IServiceAccount;
}
