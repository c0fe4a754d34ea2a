import { RecordingRule } from '../../monitoring/rules';
import { optionalRecord } from '../../monitoring/rules/trusted';
import { promql } from '../component-rules';

const OWNER = 'namespace_workload_pod:kube_pod_owner:relabel';

/** Node of each Pod, once although two kube-state-metrics expose it during an upgrade. */
export function podNodeRecord(job: string): RecordingRule {
  return optionalRecord({
    record: 'node_namespace_pod:kube_pod_info:',
    expr: `topk by (cluster, namespace, pod) (1, max by (cluster, namespace, pod, node) (kube_pod_info{${job}, node!=""}))`,
  });
}

/**
 * Workload of each Pod: the object that a user made, such as a Deployment, not the ReplicaSet that a controller made of it. `workload_type` is
 * a kind of Kubernetes in lower case; for CronJobs and for kinds of others it is the kind as it is written.
 */
export function podOwnerRecords(job: string): RecordingRule[] {
  const pods = (matchers: string) => `kube_pod_owner{${job}, ${matchers}}`;
  const replicaSetPods = renamed(pods('owner_kind="ReplicaSet"'), 'owner_name', 'replicaset');
  const jobPods = renamed(pods('owner_kind="Job"'), 'owner_name', 'job_name');
  const replicaSets = (matchers: string) => `kube_replicaset_owner{${job}, ${matchers}}`;
  const jobs = (matchers: string) => `kube_job_owner{${job}, ${matchers}}`;
  return [
    ofType('replicaset', promql`
      ${renamed(replicaSetPods, 'owner_name', 'workload')}
      and on (cluster, namespace, replicaset) ${replicaSets('owner_kind=""')}`),
    ofType('deployment', byOwner(replicaSetPods, 'replicaset', renamed(replicaSets('owner_kind="Deployment"'), 'owner_name', 'workload'), 'workload')),
    ofType('daemonset', renamed(pods('owner_kind="DaemonSet"'), 'owner_name', 'workload')),
    ofType('statefulset', renamed(pods('owner_kind="StatefulSet"'), 'owner_name', 'workload')),
    ofType('job', promql`
      ${renamed(jobPods, 'owner_name', 'workload')}
      and on (cluster, namespace, job_name) ${jobs('owner_kind=~"Pod|"')}`),
    ofType('barepod', renamed(pods('owner_kind="", owner_name=""'), 'pod', 'workload')),
    ofType('staticpod', renamed(pods('owner_kind="Node"'), 'pod', 'workload')),
    optionalRecord({
      record: OWNER,
      expr: promql`
        group by (cluster, namespace, workload, workload_type, pod) (
          ${byOwner(jobPods, 'job_name', typed(jobs('owner_kind!~"Pod|"')), 'workload, workload_type')}
          or
          ${byOwner(replicaSetPods, 'replicaset', typed(replicaSets('owner_kind!~"Deployment|"')), 'workload, workload_type')}
          or
          ${typed(pods('owner_kind!~"ReplicaSet|DaemonSet|StatefulSet|Job|Node|"'))}
        )`,
    }),
  ];
}

/** The series with the value of one label under the name of another. */
function renamed(series: string, from: string, to: string): string {
  return `label_replace(${series}, "${to}", "$1", "${from}", "(.*)")`;
}

function typed(series: string): string {
  return renamed(renamed(series, 'owner_name', 'workload'), 'owner_kind', 'workload_type');
}

/** Pods with labels of the owner of their owner; of one, should it have several. */
function byOwner(pods: string, key: string, owners: string, labels: string): string {
  const on = `cluster, namespace, ${key}`;
  return promql`
    ${pods}
    * on (${on}) group_left (${labels})
      topk by (${on}) (1, group by (${on}, ${labels}) (
        ${owners}
      ))`;
}

function ofType(type: string, expr: string): RecordingRule {
  const one = promql`
    group by (cluster, namespace, workload, pod) (
      ${expr}
    )`;
  return optionalRecord({ record: OWNER, expr: one, labels: { workload_type: type } });
}
