/** Queries about Pods, what they belong to, what they request and what they use. */
import { after, containers, objects, podNetwork, rate, series } from './queries';

/** Amounts that Pods request and use. */
export type Resource = 'cpu' | 'memory';

/** Copies a label of series to another one. */
const copied = (vector: string, to: string, from: string): string => `label_replace(${vector}, "${to}", "$1", "${from}", "(.+)")`;

const POD = 'cluster, namespace, pod';

/** Pods with these matchers that are there to stay: those that have ended use and hold nothing. */
const alive = (matchers: string): string => `(kube_pod_status_phase{${objects(`phase=~"Pending|Running"${after(matchers)}`)}} == 1)`;

/** What containers request, or may use at most, of Pods that are there. */
export function promised(what: 'requests' | 'limits', resource: Resource, matchers: string): string {
  return `(kube_pod_container_resource_${what}{${objects(`resource="${resource}"${after(matchers)}`)}} and on (${POD}) ${alive(matchers)})`;
}

/** What containers use: cores, or bytes that cannot be taken from them. */
export function used(resource: Resource, matchers: string): string {
  return resource === 'cpu' ? rate(`container_cpu_usage_seconds_total{${containers(matchers)}}`) : `container_memory_working_set_bytes{${containers(matchers)}}`;
}

/** What nodes can give to Pods. */
export const allocatable = (resource: Resource | 'pods'): string => `kube_node_status_allocatable{${objects(`resource="${resource}"`)}}`;

/** What nodes use, with all that runs on them: cores, or bytes. */
export function nodeUse(resource: Resource): string {
  const root = series('kubelet', 'metrics_path="/metrics/cadvisor", id="/"');
  return resource === 'cpu' ? rate(`container_cpu_usage_seconds_total{${root}}`) : `container_memory_working_set_bytes{${root}}`;
}

/**
 * Rate of a counter of the network of Pods. Those in the network of their node are left out: their counters are the node's, once for each of them.
 * @see https://github.com/google/cadvisor/issues/2615
 */
export function network(direction: 'receive' | 'transmit', of: 'bytes' | 'packets' | 'packets_dropped' | 'errors', matchers: string): string {
  const ownNetwork = `kube_pod_info{${objects(`host_network="false"${after(matchers)}`)}}`;
  return `(${rate(`container_network_${direction}_${of}_total{${podNetwork(matchers)}}`)} and on (${POD}) ${ownNetwork})`;
}

/** Bits a second that Pods receive or send. */
export const traffic = (direction: 'receive' | 'transmit', matchers: string): string => `8 * ${network(direction, 'bytes', matchers)}`;

/** Share of the periods in which containers were held back by their CPU limit, in percent, by these labels. */
export function throttled(by: string, matchers: string): string {
  const periods = (which: string) => `sum by (${by}) (${rate(`container_cpu_cfs_${which}periods_total{${containers(matchers)}}`)})`;
  return `100 * ${periods('throttled_')} / ${periods('')}`;
}

/** 1 for each Pod with these matchers, with its workload and the kind of that: the Deployment of a ReplicaSet, else the owner. */
export function owners(matchers: string): string {
  const pods = (kind: string) => `kube_pod_owner{${objects(`owner_kind${kind}"ReplicaSet"${after(matchers)}`)}}`;
  const labelled = (vector: string) => copied(copied(vector, 'workload', 'owner_name'), 'kind', 'owner_kind');
  return `max by (${POD}, workload, kind) (
  ${labelled(pods('!='))}
  or
  ${copied(pods('='), 'replicaset', 'owner_name')}
    * on (cluster, namespace, replicaset) group_left (workload, kind)
  max by (cluster, namespace, replicaset, workload, kind) (${labelled(`kube_replicaset_owner{${objects(matchers)}}`)})
)`;
}

/** A value of each Pod, summed by workload. */
export function byWorkload(vector: string, matchers: string): string {
  return `sum by (cluster, namespace, workload, kind) (sum by (${POD}) (${vector}) * on (${POD}) group_left (workload, kind) ${owners(matchers)})`;
}

/** 1 for each Pod of the workload that is chosen. */
export const CHOSEN_PODS = `max by (${POD}) (
  kube_pod_owner{${objects('namespace="$namespace", owner_name="$workload"')}}
  or
  ${copied(`kube_pod_owner{${objects('namespace="$namespace", owner_kind="ReplicaSet"')}}`, 'replicaset', 'owner_name')}
    * on (cluster, namespace, replicaset) group_left ()
  max by (cluster, namespace, replicaset) (kube_replicaset_owner{${objects('namespace="$namespace", owner_name="$workload"')}})
)`;

/** A value of each Pod of the workload that is chosen. */
export const ofChosen = (vector: string): string => `sum by (${POD}) (${vector}) * on (${POD}) ${CHOSEN_PODS}`;
