import { RecordingRule } from '../../monitoring/rules';
import { optionalRecord } from '../../monitoring/rules/trusted';
import { promql } from '../component-rules';

/** Requests and limits of CPU and memory: of each container whose Pod is pending or runs, and their sums by namespace. */
export function resourceRecords(job: string): RecordingRule[] {
  return ['requests', 'limits'].flatMap((kind) => ['memory', 'cpu'].flatMap((resource) => held(job, kind, resource)));
}

/** A Pod that has ended holds nothing, although kube-state-metrics still exposes its requests. */
function held(job: string, kind: string, resource: string): RecordingRule[] {
  const active = `cluster:namespace:pod_${resource}:active:kube_pod_container_resource_${kind}`;
  return [
    optionalRecord({
      record: active,
      expr: promql`
        kube_pod_container_resource_${kind}{${job}, resource="${resource}"}
        and on (cluster, namespace, pod)
          kube_pod_status_phase{${job}, phase=~"Pending|Running"} == 1`,
    }),
    optionalRecord({
      record: `namespace_${resource}:kube_pod_container_resource_${kind}:sum`,
      // Each container once, although two kube-state-metrics expose it during an upgrade.
      expr: `sum by (cluster, namespace) (max by (cluster, namespace, pod, container) (${active}{${job}}))`,
    }),
  ];
}
