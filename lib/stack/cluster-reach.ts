import {
  ApiServerMonitorProps, ControlPlaneMonitorProps, CoreDnsMonitorProps, EtcdMonitorProps, KubeletMonitorProps, KubeProxyMonitorProps,
} from '../components';

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

/** Cluster components that Pods can reach, where that differs from the unmodified cluster of a profile. */
export interface ClusterReach {
  /**
   * Endpoint of the kubelets that Pods can reach.
   * @default - the profile's
   */
  readonly kubelet?: KubeletReach;
  /**
   * Whether the API server's metrics are.
   * @default - the profile's
   */
  readonly apiServer?: boolean;
  /**
   * Whether CoreDNS is.
   * @default - the profile's
   */
  readonly coreDns?: boolean;
  /**
   * Whether kube-scheduler listens on the node's address: `--bind-address`.
   * @default - the profile's
   */
  readonly scheduler?: boolean;
  /**
   * Whether kube-controller-manager listens on the node's address: `--bind-address`.
   * @default - the profile's
   */
  readonly controllerManager?: boolean;
  /**
   * Whether kube-proxy's metrics listen on the node's address: `metricsBindAddress`.
   * @default - the profile's
   */
  readonly kubeProxy?: boolean;
  /**
   * Whether etcd's metrics listen on the node's address, at port 2381: `--listen-metrics-urls`.
   * @default - the profile's
   */
  readonly etcd?: boolean;
  /**
   * Whether the cluster admits node-exporter, which uses the network, the processes and the file systems of the nodes.
   * @default - the profile's
   */
  readonly nodeExporter?: boolean;
  /**
   * IP addresses of the nodes of the control plane, for components that the distribution runs in no Pods.
   * @default - none
   */
  readonly controlPlaneAddresses?: string[];
}

/** Props of the monitors of a cluster, where they differ from those of a cluster that kubeadm made. */
export interface ClusterPartProps {
  /**
   * The kubelets.
   * @default - as in a cluster that kubeadm made
   */
  readonly kubelet?: KubeletMonitorProps;
  /**
   * The API server.
   * @default - as in a cluster that kubeadm made
   */
  readonly apiServer?: ApiServerMonitorProps;
  /**
   * CoreDNS.
   * @default - as in a cluster that kubeadm made
   */
  readonly coreDns?: CoreDnsMonitorProps;
  /**
   * kube-scheduler.
   * @default - as in a cluster that kubeadm made
   */
  readonly scheduler?: ControlPlaneMonitorProps;
  /**
   * kube-controller-manager.
   * @default - as in a cluster that kubeadm made
   */
  readonly controllerManager?: ControlPlaneMonitorProps;
  /**
   * kube-proxy.
   * @default - as in a cluster that kubeadm made
   */
  readonly kubeProxy?: KubeProxyMonitorProps;
  /**
   * etcd.
   * @default - as in a cluster that kubeadm made
   */
  readonly etcd?: EtcdMonitorProps;
}

/** A cluster that no other profile describes. */
export interface CustomClusterProps extends ClusterReach {
  /**
   * Props of the monitors, such as the labels of Pods, ports and addresses. Those of `KubernetesMonitoring` go before them.
   * @default - none
   */
  readonly parts?: ClusterPartProps;
  /**
   * Whether somebody else runs the control plane.
   * @default false
   */
  readonly isManaged?: boolean;
  /**
   * Whether the cluster assigns users and groups, as OpenShift does.
   * @default false
   */
  readonly clusterAssignsIds?: boolean;
}
