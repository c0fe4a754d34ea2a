import { RecordingRule, RuleGroup } from '../../monitoring/rules';
import { optionalRecord, trustedGroup } from '../../monitoring/rules/trusted';

/** Recording rules of kubernetes-mixin over the series of kubelets. */
export function kubeletRecords(job: string): RuleGroup[] {
  return [
    trustedGroup({ name: 'k8s.rules.container_resources', rules: containers(`${job}, metrics_path="/metrics/cadvisor"`) }),
    trustedGroup({ name: 'kubelet.rules', rules: containerListing(`${job}, metrics_path="/metrics"`) }),
  ];
}

/** Usage of each container. Targets of kubelets carry `node`; series without an image are of the Pod's sandbox or a sum. */
function containers(cadvisor: string): RecordingRule[] {
  const series = (metric: string) => `${metric}{${cadvisor}, image!=""}`;
  return [
    ...[['rate', 'sum_rate5m'], ['irate', 'sum_irate']].map(([rate, operation]) => optionalRecord({
      record: `node_namespace_pod_container:container_cpu_usage_seconds_total:${operation}`,
      expr: `sum by (cluster, namespace, pod, container, node) (${rate}(${series('container_cpu_usage_seconds_total')}[5m]))`,
    })),
    ...['working_set_bytes', 'rss', 'cache', 'swap'].map((metric) => optionalRecord({
      record: `node_namespace_pod_container:container_memory_${metric}`,
      expr: series(`container_memory_${metric}`),
    })),
  ];
}

/** Quantiles of the time that a kubelet takes to list its containers. */
function containerListing(kubelet: string): RecordingRule[] {
  return ['0.99', '0.9', '0.5'].map((quantile) => optionalRecord({
    record: 'node_quantile:kubelet_pleg_relist_duration_seconds:histogram_quantile',
    expr: `histogram_quantile(${quantile}, sum by (cluster, instance, node, le) (rate(kubelet_pleg_relist_duration_seconds_bucket{${kubelet}}[5m])))`,
    labels: { quantile },
  }));
}
