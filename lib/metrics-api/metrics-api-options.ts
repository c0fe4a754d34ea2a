import { ApiServiceTls } from './api-service-tls';
import { MonitorOptions } from '../components';
import { MetricsApiRuleOptions } from '../components/metrics-api-rules';
import { WorkloadOptions } from '../kubernetes';
import { TlsClient } from '../monitoring';

/** Options of a server of metrics APIs. */
export interface MetricsApiOptions extends WorkloadOptions, MonitorOptions {
  /** Certificate of the server, and its verification by the API server. */
  readonly tls: ApiServiceTls;
  /**
   * Verification of the server by Prometheus. Required for a Prometheus in another namespace, which cannot read the Secret of `tls`.
   * @default - by the authority in the Secret of `tls`; none with `ApiServiceTls.insecureSkipVerify()`
   */
  readonly scrapeTls?: TlsClient;
  /**
   * Number of Pods. Several are spread over nodes and zones.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Number of Pods that may be evicted at a time, with several replicas.
   * @default 1
   */
  readonly maxUnavailable?: number;
  /**
   * Port that the server listens on. The control plane has to reach it: firewalls of private clusters, as on GKE, allow 443 and 10250 only. An API
   * server that reaches nodes but not Pods, as on EKS with another CNI plugin, needs `hostNetwork`.
   * @default - 10250 for metrics-server and 6443 for prometheus-adapter; with `hostNetwork` 4443 and 6444
   */
  readonly port?: number;
  /**
   * Options of the rules.
   * @default - those of the rules
   */
  readonly rules?: MetricsApiRuleOptions;
}
