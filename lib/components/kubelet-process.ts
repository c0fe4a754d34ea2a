import { UNUSED_KUBERNETES_METRICS, endpointOptions, kubernetesEndpoints } from './monitor-endpoints';
import { MonitorOptions } from './monitor-options';
import { Authorization, MetricSelection, ScrapeJob, TlsClient } from '../monitoring';

/** Metrics of the process as a whole, which dashboards and rules of every program in it show. */
const OF_PROCESS = [
  'go_goroutines', 'kubernetes_build_info', 'leader_election_master_status', 'process_(cpu_seconds_total|resident_memory_bytes|start_time_seconds)',
  'rest_client_requests_total', 'rest_client_request_duration_seconds_.+',
];

/** A program that runs in the process of the kubelet. */
export interface KubeletProcessProps extends MonitorOptions {
  /** Name of the scrape job. */
  readonly name: string;
  /** Labels of the nodes that run it. */
  readonly nodes: { readonly [label: string]: string };
  /** Port of the kubelets; 10250 if undefined. */
  readonly port?: number;
  /** TLS settings that verify the kubelets; by the cluster's authority if undefined. */
  readonly tls?: TlsClient;
  /** Beginnings of the names of the program's own metrics, up to an underscore. */
  readonly own: readonly string[];
  /** Whether the service level indicators of the process are scraped too. */
  readonly serviceLevelIndicators?: boolean;
}

/**
 * Scrape job of a program that runs in the process of the kubelet, where each port shows the metrics of all programs: the kubelets' port, of which
 * the program's own metrics are stored, and few of the whole process.
 * @see https://docs.k3s.io/reference/metrics
 */
export function kubeletProcessJob(props: KubeletProcessProps): ScrapeJob {
  const { name, nodes, port = 10250, tls = TlsClient.clusterCa(), own } = props;
  const metrics = MetricSelection.keep(`(${own.join('|')})(_.+)?`, ...OF_PROCESS).and(MetricSelection.drop(...UNUSED_KUBERNETES_METRICS));
  return ScrapeJob.fromNodes({
    name,
    labels: nodes,
    portName: 'https-metrics',
    endpoints: kubernetesEndpoints(
      { ...endpointOptions(props, metrics), portNumber: port, tls, authorization: Authorization.serviceAccountToken() }, props.serviceLevelIndicators,
    ),
  });
}
