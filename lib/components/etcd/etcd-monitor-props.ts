import { EtcdRuleOptions } from './etcd-rule-options';
import { TlsClient } from '../../monitoring';
import { MonitorOptions } from '../monitor-options';

/** Members of etcd, and their endpoint. */
export interface EtcdMonitorProps extends MonitorOptions {
  /**
   * IP addresses of the members of an etcd outside of the cluster, IPv4 or IPv6, whichever the cluster has.
   * @default - etcd runs in Pods of `kube-system`, as in clusters made by kubeadm or kind
   */
  readonly addresses?: string[];
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
   * Name of the Service, and of the Endpoints.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Namespace of the Service and its Endpoints; only with `addresses`, as Pods are found from `kube-system` alone.
   * @default - the chart's, else `default`
   */
  readonly namespace?: string;
  /**
   * Labels of the Pods in `kube-system`; only without `addresses`.
   * @default - `component: etcd`, `tier: control-plane`
   */
  readonly pods?: { readonly [label: string]: string };
  /**
   * Whether the addresses are written as EndpointSlices, for each family of addresses one, instead of Endpoints, which Kubernetes 1.33
   * deprecates. When this changes in a cluster that runs, delete the objects of the other kind, or each target comes twice.
   * @default false
   */
  readonly endpointSlices?: boolean;
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
