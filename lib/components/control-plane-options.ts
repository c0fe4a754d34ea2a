import { TlsClient } from '../monitoring';
import { MonitorOptions } from './monitor-options';

/** How a part of the control plane that runs in Pods is found and scraped. */
export interface ControlPlaneOptions extends MonitorOptions {
  /**
   * Name of the headless Service that is made in `kube-system`.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Labels of its Pods in `kube-system`.
   * @default - those that kubeadm and kind give them: `component` and `tier: control-plane`
   */
  readonly pods?: { readonly [label: string]: string };
  /**
   * Port of its metrics.
   * @default - Kubernetes' own
   */
  readonly port?: number;
  /**
   * How its certificate is verified. Unless it is given one by `--tls-cert-file`, it signs itself a new one at each start, as in clusters
   * made by kubeadm or kind; nothing can verify that.
   * @default TlsClient.insecureSkipVerify()
   */
  readonly tls?: TlsClient;
  /**
   * Whether the service level indicators, at /metrics/slis, are scraped too. Targets carry `metrics_path` then.
   * @default false
   */
  readonly serviceLevelIndicators?: boolean;
}
