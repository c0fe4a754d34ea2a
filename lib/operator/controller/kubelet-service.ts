import { Duration } from 'cdk8s';
import { checkArguments } from '../../arguments';
import { KUBELET_SERVICE_LABELS } from '../../backend/kubelet-source';
import { checkNamespace, checkServiceName } from '../../checks';

/** Priority of a node's addresses. */
export enum NodeAddressPriority {
  /** `InternalIP`, else `ExternalIP`. */
  INTERNAL = 'internal',
  /** `ExternalIP`, else `InternalIP`. */
  EXTERNAL = 'external',
}

/** The Service of the kubelets that the operator keeps. */
export interface KubeletServiceOptions {
  /**
   * Namespace of the Service.
   * @default kube-system
   */
  readonly namespace?: string;
  /**
   * Name of the Service.
   * @default kubelet
   */
  readonly name?: string;
  /**
   * Labels of the nodes that are in it.
   * @default - all nodes
   */
  readonly nodeLabels?: { readonly [label: string]: string };
  /**
   * Priority of a node's addresses.
   * @default NodeAddressPriority.INTERNAL
   */
  readonly addressPriority?: NodeAddressPriority;
  /**
   * Time between two looks at the nodes, in whole seconds.
   * @default Duration.minutes(3)
   */
  readonly syncPeriod?: Duration;
  /**
   * Whether the Service has port `http-metrics` too, the kubelets' read-only port 10255, which most of them have closed.
   * @default true
   */
  readonly readOnlyPort?: boolean;
}

/** The labels that the operator gives the Service and its EndpointSlices, whatever their name. */
const LABELS = {
  ...KUBELET_SERVICE_LABELS,
  'app.kubernetes.io/managed-by': 'prometheus-operator',
};

/**
 * The kubelets of the cluster as endpoints of a Service, so that ServiceMonitors find them. Kubernetes has none of its own; the operator
 * keeps one, headless and with EndpointSlices, with ports `https-metrics` (10250), `cadvisor` (4194) and `http-metrics` (10255).
 * @see https://prometheus-operator.dev/docs/platform/operator/
 */
export class KubeletService {
  /** The operator keeps it. Throws when a name or a label cannot be one, or the time is not in whole seconds above zero. */
  public static of(options: KubeletServiceOptions = {}): KubeletService {
    checkArguments('KubeletService.of', { options });
    return new KubeletService(true, options);
  }

  /** The operator keeps none and reads no nodes; the kubelets are found otherwise, or not watched. */
  public static none(): KubeletService {
    return new KubeletService(false);
  }

  /** Namespace of the Service. */
  public readonly namespace: string;
  /** Name of the Service. */
  public readonly name: string;
  /** Whether it has port `http-metrics`. */
  public readonly hasReadOnlyPort: boolean;

  private constructor(
    /** Whether the operator keeps it. */
    public readonly isKept: boolean,
    private readonly options: KubeletServiceOptions = {},
  ) {
    const { namespace = 'kube-system', name = 'kubelet', readOnlyPort = true, syncPeriod } = options;
    checkNamespace(namespace, 'KubeletService.of: namespace');
    checkServiceName(name, 'KubeletService.of: name');
    if (syncPeriod !== undefined && (syncPeriod.toMilliseconds() < 1000 || syncPeriod.toMilliseconds() % 1000 !== 0)) {
      throw new Error(`KubeletService.of: 'syncPeriod' is ${syncPeriod.toMilliseconds()} ms, which is not in whole seconds; use one second or more`);
    }
    this.namespace = namespace;
    this.name = name;
    this.hasReadOnlyPort = readOnlyPort;
  }

  /** Labels of the Service. */
  public get labels(): { [label: string]: string } {
    return { ...LABELS };
  }

  /** Flags of the operator. @internal */
  public _flags(): Array<[string, string]> {
    const { nodeLabels, addressPriority, syncPeriod } = this.options;
    if (!this.isKept) {
      return [];
    }
    const chosen: Array<[string, string | undefined]> = [
      ['kubelet-service', `${this.namespace}/${this.name}`],
      ['kubelet-endpointslice', 'true'],
      ['kubelet-endpoints', 'false'],
      ['kubelet-selector', nodeLabels === undefined ? undefined : Object.entries(nodeLabels).map(([label, value]) => `${label}=${value}`).join()],
      ['kubelet-node-address-priority', addressPriority],
      ['kubelet-sync-period', syncPeriod === undefined ? undefined : `${syncPeriod.toSeconds()}s`],
      ['kubelet-http-metrics', this.hasReadOnlyPort ? undefined : 'false'],
    ];
    return chosen.flatMap(([flag, value]): Array<[string, string]> => (value === undefined ? [] : [[flag, value]]));
  }
}
