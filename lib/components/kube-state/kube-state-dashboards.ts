import { KubeStateRuleOptions, kubeStateThresholds } from './kube-state-rule-options';
import { KUBE_STATE_JOB } from './kube-state-rules';
import { ExposedMetrics, exposes } from './rules-with-metrics';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

const PODS = 'kube_pod_info kube_pod_owner kube_pod_status_phase kube_pod_status_ready kube_pod_container_resource_requests kube_replicaset_owner';
const CLUSTER = `${PODS} kube_node_status_allocatable kube_node_status_condition`;

/** Dashboards of the cluster and its objects, each with the metrics without which it would be empty. */
const DASHBOARDS = [
  { file: 'kube-state/kubernetes-clusters', metrics: CLUSTER },
  { file: 'kube-state/kubernetes-cluster', metrics: CLUSTER },
  { file: 'kube-state/kubernetes-namespace', metrics: PODS },
  { file: 'kube-state/kubernetes-workload', metrics: PODS },
  { file: 'kube-state/kubernetes-pod', metrics: PODS },
  { file: 'kube-state/kubernetes-jobs', metrics: 'kube_job_status_active kube_job_failed kube_cronjob_info kube_cronjob_status_last_schedule_time' },
  {
    file: 'kube-state/kubernetes-autoscaling',
    metrics: 'kube_horizontalpodautoscaler_status_current_replicas kube_horizontalpodautoscaler_spec_max_replicas kube_poddisruptionbudget_status_current_healthy',
  },
] as const;

/** Dashboards whose metrics are exposed. */
export function kubeStateDashboards(jobName: string, exposed: ExposedMetrics, options?: KubeStateRuleOptions): Dashboard[] {
  const files = DASHBOARDS.filter(({ metrics }) => exposes(metrics, exposed)).map(({ file }) => file);
  return componentDashboards({ component: KUBE_STATE_JOB, jobName, folder: 'Kubernetes', files, thresholds: kubeStateThresholds(options) });
}
