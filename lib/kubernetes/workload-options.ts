import { Size } from 'cdk8s';
import { Cpu, IServiceAccount, ISecret, k8s } from 'cdk8s-plus-27';
import { PodOptions } from './pod-options';

/**
 * Resource requests and limits of a container. What is left out has the component's own default, as far as it does not contradict what is
 * given: a request that is given lifts the default limit, and a limit lowers the default request.
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface ComputeResources {
  /**
   * CPU that the scheduler sets aside.
   * @default - the component's own, at most `cpuLimit`
   */
  readonly cpuRequest?: Cpu;
  /**
   * CPU above which the container is throttled. Below `cpuRequest` it is an error.
   * @default - no limit, so that it is never throttled
   */
  readonly cpuLimit?: Cpu;
  /**
   * Memory that the scheduler sets aside. Above `memoryLimit` it is an error.
   * @default - the component's own, at most `memoryLimit`
   */
  readonly memoryRequest?: Size;
  /**
   * Memory above which the container is killed.
   * @default - the component's own, at least twice a `memoryRequest` that is given
   */
  readonly memoryLimit?: Size;
  /**
   * Whether the container runs without a memory limit. Goes without `memoryLimit`.
   * @default false
   */
  readonly noMemoryLimit?: boolean;
}

/** Name and namespace of the objects of a component. */
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

/** Options of every workload. */
export interface WorkloadOptions extends ObjectOptions, PodOptions {
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
   * Resource requests and limits of the main container.
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
   * Affinity of the Pods to nodes and to other Pods.
   * @default - none
   */
  readonly affinity?: k8s.Affinity;
  /**
   * Priority class of the Pods.
   * @default - the component's own
   */
  readonly priorityClassName?: string;
  /**
   * Additional annotations of the Pods. One that a workload needs cannot be overridden, such as the checksum of its configuration.
   * @default - none
   */
  readonly podAnnotations?: { readonly [name: string]: string };
  /**
   * Additional labels of the Pods. Those that select the Pods, `app.kubernetes.io/name` and `/instance`, cannot be overridden.
   * @default - none
   */
  readonly podLabels?: { readonly [name: string]: string };
  /**
   * Service account of the Pods.
   * @default - one is made
   */
  readonly serviceAccount?: IServiceAccount;
  /**
   * Annotations of the service account that is made, such as the role of a cloud provider. Goes without `serviceAccount`.
   * @default - none
   */
  readonly serviceAccountAnnotations?: { readonly [name: string]: string };
  /**
   * Additional labels of the service account that is made. Goes without `serviceAccount`.
   * @default - none
   */
  readonly serviceAccountLabels?: { readonly [name: string]: string };
  /**
   * Annotations of the Service, the property `service`.
   * @default - those of the exposure
   */
  readonly serviceAnnotations?: { readonly [name: string]: string };
  /**
   * Additional labels of the Service, the property `service`. Those by which it is found cannot be overridden.
   * @default - none
   */
  readonly serviceLabels?: { readonly [name: string]: string };
}
