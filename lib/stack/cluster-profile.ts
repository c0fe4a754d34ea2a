import { checkArguments } from '../arguments';

/** Endpoint of the kubelets that Pods can reach. */
export enum KubeletReach {
  /** Port 10250; their certificates are signed by the cluster's authority, as with `serverTLSBootstrap` or on most managed clusters. */
  VERIFIED = 'verified',
  /** Port 10250; their certificates are self-signed, as kubeadm and kind leave them, and taken without verification. */
  UNVERIFIED = 'unverified',
  /** Port 10255, plain HTTP without authentication. */
  READ_ONLY_PORT = 'read-only-port',
  /** Not at all. */
  NONE = 'none',
}

/** Cluster components that Pods can reach. */
export interface ClusterReach {
  /**
   * Endpoint of the kubelets that Pods can reach.
   * @default - the profile's
   */
  readonly kubelet?: KubeletReach;
  /**
   * Whether the API server's metrics are.
   * @default true
   */
  readonly apiServer?: boolean;
  /**
   * Whether CoreDNS is, through the Service `kube-dns` with its port `metrics`.
   * @default true
   */
  readonly coreDns?: boolean;
  /**
   * Whether kube-scheduler listens on the node's address: `--bind-address`.
   * @default false
   */
  readonly scheduler?: boolean;
  /**
   * Whether kube-controller-manager listens on the node's address: `--bind-address`.
   * @default false
   */
  readonly controllerManager?: boolean;
  /**
   * Whether kube-proxy's metrics listen on the node's address: `metricsBindAddress`.
   * @default false
   */
  readonly kubeProxy?: boolean;
  /**
   * Whether etcd's metrics listen on the node's address, at port 2381: `--listen-metrics-urls`.
   * @default false
   */
  readonly etcd?: boolean;
}

/**
 * Cluster components that Pods can reach. One that cannot be reached is not scraped: its targets would be down for ever.
 * @see https://kubernetes.io/docs/concepts/cluster-administration/system-metrics/
 */
export class ClusterProfile {
  /**
   * An unmodified cluster made by kubeadm or kind: kubelets sign their certificates themselves, and scheduler, controller manager,
   * kube-proxy and etcd serve their metrics on 127.0.0.1 only.
   * @param reach what has been opened since
   */
  public static kubeadm(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.kubeadm', { reach });
    return new ClusterProfile(reach, KubeletReach.UNVERIFIED, false);
  }

  /**
   * A cluster whose provider runs the control plane, such as EKS, GKE or AKS: it exposes no scheduler, controller manager or etcd.
   * @param reach what this one shows more, or less
   */
  public static managed(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.managed', { reach });
    return new ClusterProfile(reach, KubeletReach.VERIFIED, true);
  }

  /** Endpoint of the kubelets that Pods can reach. */
  public readonly kubelet: KubeletReach;
  /** Whether the API server's metrics are reached. */
  public readonly apiServer: boolean;
  /** Whether CoreDNS is. */
  public readonly coreDns: boolean;
  /** Whether kube-scheduler is. */
  public readonly scheduler: boolean;
  /** Whether kube-controller-manager is. */
  public readonly controllerManager: boolean;
  /** Whether kube-proxy is. */
  public readonly kubeProxy: boolean;
  /** Whether etcd's metrics port is. */
  public readonly etcd: boolean;

  /** Whether somebody else runs the control plane. */
  public readonly isManaged: boolean;

  private constructor(reach: ClusterReach, kubelet: KubeletReach, isManaged: boolean) {
    this.isManaged = isManaged;
    this.kubelet = reach.kubelet ?? kubelet;
    this.coreDns = reach.coreDns ?? true;
    this.apiServer = reach.apiServer ?? true;
    this.scheduler = reach.scheduler ?? false;
    this.controllerManager = reach.controllerManager ?? false;
    this.kubeProxy = reach.kubeProxy ?? false;
    this.etcd = reach.etcd ?? false;
  }
}
