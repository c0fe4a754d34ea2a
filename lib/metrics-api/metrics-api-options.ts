import { ApiServiceTls } from './api-service-tls';
import { MonitorOptions } from '../components';
import { MetricsApiRuleOptions } from '../components/metrics-api-rules';
import { WorkloadOptions } from '../kubernetes';
import { TlsClient } from '../monitoring';

/** Options of every server of a metrics API. */
export interface MetricsApiOptions extends WorkloadOptions, MonitorOptions {
  /** Certificate of the server, and its verification by the API server. */
  readonly tls: ApiServiceTls;
  /**
   * Verification of the server by Prometheus. A Prometheus of another namespace needs it: it reads Secrets of its own namespace only.
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
   * Whether the Pods are in the network of their node. An API server that reaches nodes and no Pods needs it, as on EKS with another network
   * than its own. Pod Security `restricted` and `baseline` refuse such Pods.
   * @default false
   */
  readonly hostNetwork?: boolean;
  /**
   * Port that the server listens on. The control plane has to reach it: on GKE and in other private clusters a firewall lets 443 and 10250 pass.
   * @default - 10250 for metrics-server and 6443 for prometheus-adapter; with `hostNetwork` 4443 and 6444
   */
  readonly port?: number;
  /**
   * Names that the rules depend on.
   * @default - those of the rules
   */
  readonly rules?: MetricsApiRuleOptions;
}
