/** What can be set of the rules about the API server. */
export interface ApiServerRuleOptions {
  /**
   * The job label of its targets.
   *
   * @default 'apiserver'
   */
  readonly jobName?: string;

  /**
   * The jobs whose Kubernetes versions KubeVersionMismatch compares, those of the cluster's own components.
   *
   * @default - the API server, kubelet, kube-scheduler, kube-controller-manager, kube-proxy
   */
  readonly versionedJobs?: string[];
}
