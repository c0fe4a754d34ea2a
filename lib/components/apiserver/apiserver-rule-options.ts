import { Duration } from 'cdk8s';

/** Options of the rules about the API server. */
export interface ApiServerRuleOptions {
  /**
   * Scrape jobs of the cluster's own components, whose Kubernetes versions KubeVersionMismatch compares.
   * @default - the API server, kubelet, kube-scheduler, kube-controller-manager, kube-proxy
   */
  readonly versionedJobs?: string[];

  /**
   * Time that several minor versions of Kubernetes may run side by side, as during an upgrade, before KubeVersionMismatch fires.
   * @default Duration.minutes(15)
   */
  readonly upgrade?: Duration;

  /**
   * Rest of the lifetime of a client's certificate below which KubeClientCertificateExpiration fires as a warning.
   * @default Duration.days(7)
   */
  readonly clientCertificateWarning?: Duration;

  /**
   * Rest of the lifetime of a client's certificate below which KubeClientCertificateExpiration fires as critical.
   * @default Duration.days(1)
   */
  readonly clientCertificateCritical?: Duration;

  /**
   * Share of requests that the API server terminates above which KubeAPITerminatedRequests fires, in percent.
   * @default 20
   */
  readonly terminatedPercent?: number;

  /**
   * Share of requests that are answered with 429 above which KubeAPIThrottledRequests fires, in percent.
   * @default 5
   */
  readonly throttledPercent?: number;

  /**
   * The 99th percentile of the time that an admission webhook takes above which KubeAdmissionWebhookSlow fires.
   * @default Duration.seconds(1)
   */
  readonly slowWebhook?: Duration;

  /**
   * Share of its own requests that fail above which KubeClientErrors fires, in percent.
   * @default 1
   */
  readonly clientErrorsPercent?: number;

  /**
   * Share of the last 10 minutes that an aggregated API is unavailable above which KubeAggregatedAPIDown fires, in percent.
   * @default 15
   */
  readonly apiUnavailablePercent?: number;
}
