import { ClusterPartProps, ClusterReach, CustomClusterProps, KubeletReach } from './cluster-reach';
import { DISTRIBUTIONS, Distribution, Reachable } from './distributions';
import { checkArguments } from '../arguments';

/**
 * A cluster of a distribution: components that Pods can reach, and how. One that cannot be reached is not scraped: its targets would be down for
 * ever. What each distribution needs to open it is in the manual, and in the notes of `KubernetesMonitoring`.
 * @see https://kubernetes.io/docs/concepts/cluster-administration/system-metrics/
 */
export class ClusterProfile {
  /**
   * A cluster made by kubeadm: kubelets sign their certificates themselves, and scheduler, controller manager, kube-proxy and etcd serve
   * their metrics on 127.0.0.1 only.
   * @param reach what has been opened since
   * @see https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/
   */
  public static kubeadm(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.kubeadm', { reach });
    return new ClusterProfile('ClusterProfile.kubeadm', DISTRIBUTIONS.kubeadm(), reach);
  }

  /**
   * A cluster made by kind, which is as kubeadm makes it.
   * @param reach what has been opened, by `kubeadmConfigPatches`
   * @see https://kind.sigs.k8s.io/docs/user/configuration/#kubeadm-config-patches
   */
  public static kind(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.kind', { reach });
    return new ClusterProfile('ClusterProfile.kind', DISTRIBUTIONS.kind(), reach);
  }

  /**
   * A cluster made by minikube: as kubeadm makes it, with kube-proxy opened.
   * @param reach what has been opened, by `--extra-config`
   * @see https://minikube.sigs.k8s.io/docs/handbook/config/
   */
  public static minikube(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.minikube', { reach });
    return new ClusterProfile('ClusterProfile.minikube', DISTRIBUTIONS.minikube(), reach);
  }

  /**
   * Amazon EKS: kubelets that can be verified, CoreDNS through a Service of our own, and a control plane that shows its API server.
   * @param reach what has been opened, such as kube-proxy
   * @see https://docs.aws.amazon.com/eks/latest/userguide/view-raw-metrics.html
   */
  public static eks(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.eks', { reach });
    return new ClusterProfile('ClusterProfile.eks', DISTRIBUTIONS.eks(), reach);
  }

  /**
   * Google Kubernetes Engine, Standard: kubelets that can be verified, no CoreDNS, and a control plane that shows its API server.
   * @param reach what this one shows more, or less
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/control-plane-metrics
   */
  public static gke(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.gke', { reach });
    return new ClusterProfile('ClusterProfile.gke', DISTRIBUTIONS.gke(), reach);
  }

  /**
   * Google Kubernetes Engine, Autopilot: as Standard, without node-exporter, which it does not admit, and without objects in `kube-system`.
   * @param reach what this one shows more, or less
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-security
   */
  public static gkeAutopilot(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.gkeAutopilot', { reach });
    return new ClusterProfile('ClusterProfile.gkeAutopilot', DISTRIBUTIONS.gkeAutopilot(), reach);
  }

  /**
   * Azure Kubernetes Service: kubelets that can be verified, CoreDNS through a Service of our own, and a control plane that shows its API server.
   * @param reach what this one shows more, or less; `kubeProxy: true` where its network is not powered by Cilium
   * @see https://learn.microsoft.com/azure/aks/certificate-rotation
   */
  public static aks(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.aks', { reach });
    return new ClusterProfile('ClusterProfile.aks', DISTRIBUTIONS.aks(), reach);
  }

  /**
   * OpenShift 4, which monitors its control plane and its nodes itself, and assigns users and groups to Pods.
   * @param reach what this one shows more, or less
   * @see https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/managing-pod-security-policies
   */
  public static openShift(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.openShift', { reach });
    return new ClusterProfile('ClusterProfile.openShift', DISTRIBUTIONS.openShift(), reach);
  }

  /**
   * k3s, where one process is kubelet, API server, scheduler, controller manager and kube-proxy, and shows the metrics of all at each port: each job
   * stores its own. etcd has to be opened.
   * @param reach what has been opened, or is not there
   * @see https://docs.k3s.io/reference/metrics
   */
  public static k3s(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.k3s', { reach });
    return new ClusterProfile('ClusterProfile.k3s', DISTRIBUTIONS.k3s(), reach);
  }

  /**
   * RKE2: kubelets that can be verified, CoreDNS through a Service of our own, and the rest of the control plane on 127.0.0.1 only.
   * @param reach what has been opened since
   * @see https://docs.rke2.io/reference/server_config
   */
  public static rke2(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.rke2', { reach });
    return new ClusterProfile('ClusterProfile.rke2', DISTRIBUTIONS.rke2(), reach);
  }

  /**
   * Talos Linux: kubelets sign their certificates themselves, etcd runs in no Pod, and the control plane listens on 127.0.0.1 only.
   * @param reach what has been opened since; `controlPlaneAddresses` with `etcd`
   * @see https://docs.siderolabs.com/talos/latest/reference/configuration/v1alpha1/config
   */
  public static talos(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.talos', { reach });
    return new ClusterProfile('ClusterProfile.talos', DISTRIBUTIONS.talos(), reach);
  }

  /**
   * MicroK8s, where one process, kubelite, is kubelet, API server, scheduler, controller manager and kube-proxy, as in k3s.
   * @param reach what is not there, such as CoreDNS without the addon `dns`
   * @see https://microk8s.io/docs/configuring-services
   */
  public static microk8s(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.microk8s', { reach });
    return new ClusterProfile('ClusterProfile.microk8s', DISTRIBUTIONS.microk8s(), reach);
  }

  /**
   * k0s: kubelets that can be verified, kube-proxy opened, and controllers that run scheduler, controller manager and etcd in no Pods.
   * @param reach what has been opened since; `controlPlaneAddresses` with it
   * @see https://docs.k0sproject.io/stable/system-monitoring/
   */
  public static k0s(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.k0s', { reach });
    return new ClusterProfile('ClusterProfile.k0s', DISTRIBUTIONS.k0s(), reach);
  }

  /**
   * A cluster whose provider runs the control plane, and that no other profile describes: it shows its API server alone.
   * @param reach what this one shows more, or less
   */
  public static managed(reach: ClusterReach = {}): ClusterProfile {
    checkArguments('ClusterProfile.managed', { reach });
    return new ClusterProfile('ClusterProfile.managed', DISTRIBUTIONS.managed(), reach);
  }

  /**
   * A cluster that no other profile describes. Kubelets are verified unless `kubelet` says otherwise; scheduler, controller manager, kube-proxy
   * and etcd are reached where their `parts` are given.
   * @param props what it shows, and how
   */
  public static custom(props: CustomClusterProps): ClusterProfile {
    checkArguments('ClusterProfile.custom', { props });
    const { parts = {}, isManaged, clusterAssignsIds, ...reach } = props;
    const isGiven = (part: object | undefined) => part !== undefined;
    return new ClusterProfile('ClusterProfile.custom', {
      kubelet: KubeletReach.VERIFIED,
      reach: {
        scheduler: isGiven(parts.scheduler), controllerManager: isGiven(parts.controllerManager),
        kubeProxy: isGiven(parts.kubeProxy), etcd: isGiven(parts.etcd),
      },
      parts,
      isManaged,
      clusterAssignsIds,
      isCustom: true,
    }, reach);
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
  /** Whether the cluster admits node-exporter. */
  public readonly nodeExporter: boolean;
  /** Whether somebody else runs the control plane. */
  public readonly isManaged: boolean;
  /** Whether the cluster assigns users and groups to Pods. */
  public readonly clusterAssignsIds: boolean;
  /** Props of the monitors, where they differ from those of a cluster that kubeadm made. @internal */
  public readonly _parts: ClusterPartProps;

  private constructor(
    where: string,
    /** The unmodified cluster. @internal */
    public readonly _distribution: Distribution,
    reach: ClusterReach,
  ) {
    const reached = (component: Reachable, usual: boolean) => reach[component] ?? _distribution.reach?.[component] ?? usual;
    this.isManaged = _distribution.isManaged ?? false;
    this.clusterAssignsIds = _distribution.clusterAssignsIds ?? false;
    this.kubelet = reach.kubelet ?? _distribution.kubelet;
    this.coreDns = reached('coreDns', true);
    this.apiServer = reached('apiServer', true);
    this.nodeExporter = reached('nodeExporter', true);
    this.scheduler = reached('scheduler', false);
    this.controllerManager = reached('controllerManager', false);
    this.kubeProxy = reached('kubeProxy', false);
    this.etcd = reached('etcd', false);
    this._parts = this.partsOf(where, reach.controlPlaneAddresses);
  }

  /** The props of the distribution, with the addresses of components that it runs in no Pods. */
  private partsOf(where: string, addresses: readonly string[] | undefined): ClusterPartProps {
    const { parts, podless = [] } = this._distribution;
    const placed = podless.filter((component) => this[component]);
    if (addresses === undefined && placed.length > 0) {
      throw new Error(`${where}: got ${placed[0]}: true, and the distribution runs it in no Pod; name the nodes of the control plane by 'controlPlaneAddresses'`);
    }
    if (addresses === undefined) {
      return { ...parts };
    }
    if (placed.length === 0) {
      throw new Error(`${where}: got 'controlPlaneAddresses', and ${podless.length === 0 ? 'the distribution runs all components in Pods or in the kubelet' : `none of ${podless.join(', ')} is reached`}; leave it out`);
    }
    return {
      ...parts,
      ...Object.fromEntries(placed.map((component) => [component, { addresses: [...addresses], ...(component === 'etcd' ? { port: 2381 } : {}) }])),
    };
  }
}
