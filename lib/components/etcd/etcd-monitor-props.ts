import { EtcdRuleOptions } from './etcd-rule-options';
import { TlsClient } from '../../monitoring';
import { InstanceOptions } from '../program-service';

/** Members of etcd, and their endpoint. */
export interface EtcdMonitorProps extends InstanceOptions {
  /**
   * TLS settings that verify the members, and the client certificate that they ask for. The Secret has to be in the namespace of the Prometheus.
   * etcd's certificates are signed by an authority of its own, so `ca` has to be named.
   * @default - none: metrics are read by plain HTTP
   */
  readonly tls?: TlsClient;
  /**
   * Port of the members.
   * @default - 2379, where clients connect, with `tls` or `addresses`, else 2381, where kubeadm has etcd serve metrics only, by plain HTTP
   */
  readonly port?: number;
  /**
   * Whether etcd runs with `--metrics=extensive`, by which it exposes the latency of calls. Without it etcdGRPCRequestsSlow could never fire,
   * and is left out.
   * @default false
   */
  readonly extensiveMetrics?: boolean;
  /**
   * Thresholds and scope of the rules.
   * @default - those of the rules
   */
  readonly rules?: EtcdRuleOptions;
}
