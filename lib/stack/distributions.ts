import { ClusterPartProps, ClusterReach, KubeletReach } from './cluster-reach';
import { sharedProcessParts } from './shared-process';

/** Components of a cluster that a profile opens or closes. */
export type Reachable = Exclude<keyof ClusterReach, 'kubelet' | 'controlPlaneAddresses'>;

/** Texts about components. */
type Texts = { readonly [component in Reachable]?: string };

/** An unmodified cluster of a kind. By default API server, CoreDNS and node-exporter are reached, and the rest of the control plane is not. */
export interface Distribution {
  readonly kubelet: KubeletReach;
  readonly reach?: { readonly [component in Reachable]?: boolean };
  /** Settings that open components which listen on 127.0.0.1 only. */
  readonly openings?: Texts;
  /** Reasons for which components are left out otherwise. */
  readonly reasons?: Texts;
  /** Components that run in no Pods, and have to be named by address. */
  readonly podless?: readonly Reachable[];
  readonly parts?: ClusterPartProps;
  readonly isManaged?: boolean;
  readonly clusterAssignsIds?: boolean;
  /** Whether the user describes the cluster, so that no settings of kubeadm hold. */
  readonly isCustom?: boolean;
  /** Whether Pods and Services of CoreDNS and kube-proxy ask to be scraped by annotations besides the Service `kube-dns`. */
  readonly annotatesComponents?: boolean;
  /** Whether nothing may be made in `kube-system`. */
  readonly closesKubeSystem?: boolean;
  /** What its user should know of the kubelets' certificates, by how they are reached. */
  readonly kubeletNotes?: { readonly [reach in KubeletReach]?: string };
}

/** Reasons of a control plane that a provider runs. */
const provided = (provider: string): Texts => Object.fromEntries((['scheduler', 'controllerManager', 'etcd'] as const).map((component) => (
  [component, `${provider} runs it and does not expose it; if yours does, say ${component}: true in the ClusterProfile`]
)));

/** CoreDNS in Pods whose Service has no port `metrics`. */
const OWN_DNS_SERVICE: ClusterPartProps = { coreDns: { ownService: true } };

/** Places of settings that open a cluster made by kubeadm; `where` is the file, or a part of it. */
const kubeadmOpenings = (where: string): Texts => ({
  scheduler: `set bind-address to 0.0.0.0 in scheduler.extraArgs of ${where}`,
  controllerManager: `set bind-address to 0.0.0.0 in controllerManager.extraArgs of ${where}`,
  etcd: `set listen-metrics-urls to http://0.0.0.0:2381 in etcd.local.extraArgs of ${where}`,
});

/** The distributions, each read when a profile of it is made. */
export const DISTRIBUTIONS = {
  kubeadm: (): Distribution => ({ kubelet: KubeletReach.UNVERIFIED }),

  kind: (): Distribution => ({
    kubelet: KubeletReach.UNVERIFIED,
    openings: {
      ...kubeadmOpenings("a ClusterConfiguration among kubeadmConfigPatches of kind's Cluster"),
      kubeProxy: "set metricsBindAddress to 0.0.0.0:10249 in a KubeProxyConfiguration among kubeadmConfigPatches of kind's Cluster",
    },
  }),

  minikube: (): Distribution => ({
    kubelet: KubeletReach.UNVERIFIED,
    reach: { kubeProxy: true },
    openings: {
      scheduler: 'start minikube with --extra-config=scheduler.bind-address=0.0.0.0',
      controllerManager: 'start minikube with --extra-config=controller-manager.bind-address=0.0.0.0',
      etcd: 'start minikube with --extra-config=etcd.listen-metrics-urls=http://0.0.0.0:2381',
    },
  }),

  eks: (): Distribution => ({
    kubelet: KubeletReach.VERIFIED,
    isManaged: true,
    openings: { kubeProxy: 'set metricsBindAddress to 0.0.0.0:10249 in ConfigMap kube-system/kube-proxy-config, and restart DaemonSet kube-proxy' },
    reasons: provided('EKS'),
    parts: OWN_DNS_SERVICE,
  }),

  gke: (): Distribution => ({
    kubelet: KubeletReach.VERIFIED,
    isManaged: true,
    reach: { coreDns: false },
    reasons: {
      ...provided('GKE'),
      coreDns: 'GKE serves DNS by kube-dns or Cloud DNS; for a CoreDNS of your own say coreDns: true in the ClusterProfile',
      kubeProxy: 'GKE has it listen on 127.0.0.1, and runs none with Dataplane V2; if yours listens on the node, say kubeProxy: true in the ClusterProfile',
    },
    parts: { kubeProxy: { pods: { component: 'kube-proxy', tier: 'node' } } },
  }),

  gkeAutopilot: (): Distribution => ({
    ...DISTRIBUTIONS.gke(),
    reach: { coreDns: false, nodeExporter: false },
    closesKubeSystem: true,
    reasons: {
      ...provided('GKE'),
      coreDns: 'GKE Autopilot serves DNS by Cloud DNS',
      kubeProxy: 'GKE Autopilot runs none, since its network is Dataplane V2',
      nodeExporter: 'GKE Autopilot admits no Pods that use the network, the processes and the file systems of nodes; cAdvisor and the kubelet tell of their load',
    },
  }),

  aks: (): Distribution => ({
    kubelet: KubeletReach.VERIFIED,
    isManaged: true,
    reasons: {
      ...provided('AKS'),
      kubeProxy: 'AKS runs none where its network is powered by Cilium; elsewhere it can be reached: say kubeProxy: true in the ClusterProfile',
    },
    parts: { ...OWN_DNS_SERVICE, kubeProxy: { pods: { component: 'kube-proxy' } } },
    kubeletNotes: {
      [KubeletReach.VERIFIED]: "AKS has kubelets' certificates signed by the cluster on node pools that were made or upgraded since July 2025; where "
        + '`kubectl get nodes -L kubernetes.azure.com/kubelet-serving-ca` does not show cluster, say kubelet: KubeletReach.UNVERIFIED in the ClusterProfile',
    },
  }),

  openShift: (): Distribution => {
    const monitored = 'OpenShift runs it in a namespace of its own with certificates of its own, and monitors it itself';
    return {
      kubelet: KubeletReach.UNVERIFIED,
      clusterAssignsIds: true,
      reach: { coreDns: false, nodeExporter: false },
      reasons: {
        scheduler: monitored,
        controllerManager: monitored,
        etcd: `${monitored}; give the prop 'etcd' with addresses and client certificates to have it here too`,
        coreDns: monitored,
        kubeProxy: 'OpenShift runs none, since its network is OVN-Kubernetes',
        nodeExporter: 'OpenShift runs one that takes port 9100 of each node; give the prop \'nodeExporter\' with another port, and its service account the security '
          + 'context constraint privileged, to have one here too',
      },
      kubeletNotes: {
        [KubeletReach.UNVERIFIED]: "OpenShift has the kubelets' certificates signed by an authority of their own; to verify them, copy ConfigMap kubelet-serving-ca of "
          + "openshift-config-managed into the namespace of Prometheus, and name its key ca-bundle.crt by TlsClient.configMapCa as 'tls' of the prop 'kubelet'",
      },
    };
  },

  k3s: (): Distribution => ({
    kubelet: KubeletReach.VERIFIED,
    reach: { scheduler: true, controllerManager: true, kubeProxy: true },
    podless: ['etcd'],
    reasons: {
      etcd: 'k3s keeps its state in SQLite unless its servers run with cluster-init or --server; then set etcd-expose-metrics: true in their configuration, say etcd: true in the '
        + "ClusterProfile, and name the servers by 'controlPlaneAddresses'",
    },
    parts: sharedProcessParts({ 'node-role.kubernetes.io/control-plane': 'true' }),
  }),

  rke2: (): Distribution => ({
    kubelet: KubeletReach.VERIFIED,
    openings: {
      scheduler: 'add bind-address=0.0.0.0 to kube-scheduler-arg in /etc/rancher/rke2/config.yaml of the servers',
      controllerManager: 'add bind-address=0.0.0.0 to kube-controller-manager-arg in /etc/rancher/rke2/config.yaml of the servers',
      kubeProxy: 'add metrics-bind-address=0.0.0.0:10249 to kube-proxy-arg in /etc/rancher/rke2/config.yaml of all nodes',
      etcd: 'set etcd-expose-metrics: true in /etc/rancher/rke2/config.yaml of the servers',
    },
    annotatesComponents: true,
    parts: { ...OWN_DNS_SERVICE, kubeProxy: { pods: { component: 'kube-proxy', tier: 'control-plane' } } },
  }),

  talos: (): Distribution => ({
    kubelet: KubeletReach.UNVERIFIED,
    podless: ['etcd'],
    openings: {
      scheduler: 'set bind-address to 0.0.0.0 in cluster.scheduler.extraArgs of the machine configuration',
      controllerManager: 'set bind-address to 0.0.0.0 in cluster.controllerManager.extraArgs of the machine configuration',
      kubeProxy: 'set metrics-bind-address to 0.0.0.0:10249 in cluster.proxy.extraArgs of the machine configuration',
    },
    reasons: {
      etcd: 'Talos runs it in no Pod; set listen-metrics-urls to http://0.0.0.0:2381 in cluster.etcd.extraArgs of the machine configuration, say etcd: true in the '
        + "ClusterProfile, and name the nodes of the control plane by 'controlPlaneAddresses'",
    },
  }),

  microk8s: (): Distribution => ({
    kubelet: KubeletReach.VERIFIED,
    reach: { scheduler: true, controllerManager: true, kubeProxy: true },
    reasons: { etcd: "MicroK8s keeps its state in dqlite, which exposes no metrics to Pods; for an etcd of your own give the prop 'etcd' with addresses" },
    parts: sharedProcessParts({ 'node.kubernetes.io/microk8s-controlplane': 'microk8s-controlplane' }),
  }),

  k0s: (): Distribution => {
    const opening = (file: string) => `k0s runs it in no Pod and on 127.0.0.1 of its controllers; ${file} of its configuration, say`;
    const then = (component: Reachable) => `${component}: true in the ClusterProfile, and name the controllers by 'controlPlaneAddresses'`;
    return {
      kubelet: KubeletReach.VERIFIED,
      reach: { kubeProxy: true },
      podless: ['scheduler', 'controllerManager', 'etcd'],
      reasons: {
        scheduler: `${opening('set bind-address to 0.0.0.0 in spec.scheduler.extraArgs')} ${then('scheduler')}`,
        controllerManager: `${opening('set bind-address to 0.0.0.0 in spec.controllerManager.extraArgs')} ${then('controllerManager')}`,
        etcd: `${opening('set listen-metrics-urls to http://0.0.0.0:2381 in spec.storage.etcd.extraArgs')} ${then('etcd')}`,
      },
      annotatesComponents: true,
    };
  },

  managed: (): Distribution => ({ kubelet: KubeletReach.VERIFIED, isManaged: true, reasons: provided('the provider of a managed cluster') }),
};
