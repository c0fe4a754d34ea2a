import { checkArguments } from '../../arguments';

/** Discovery of the kubelets. */
export class KubeletDiscovery {
  /** By the nodes of the cluster, which needs nothing else. */
  public static nodes(): KubeletDiscovery {
    return new KubeletDiscovery();
  }

  /**
   * By a Service that a Prometheus Operator keeps for them, with the labels `k8s-app` and `app.kubernetes.io/name` both `kubelet` and the
   * ports `https-metrics` (10250) and `http-metrics` (10255).
   * @param namespace namespace of the Service, by default `kube-system`
   * @see https://prometheus-operator.dev/docs/platform/operator/
   */
  public static service(namespace: string = 'kube-system'): KubeletDiscovery {
    checkArguments('KubeletDiscovery.service', { namespace });
    return new KubeletDiscovery(namespace);
  }

  private constructor(
    /** Namespace of the Service; undefined for discovery by nodes. @internal */
    public readonly _namespace?: string,
  ) {}
}
