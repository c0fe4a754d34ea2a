import { KubeletPath } from './kubelet-path';
import { KubeletRuleOptions } from './kubelet-rule-options';
import { KUBELET_JOB } from './kubelet-rules';
import { kubeletThresholds } from './kubelet-thresholds';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/**
 * Dashboards of kubelets, volumes and the network of Pods. Without one of the usual paths there are none: they, and those of Pods, would be
 * half empty.
 */
export function kubeletDashboards(jobName: string, paths: readonly KubeletPath[], options?: KubeletRuleOptions): Dashboard[] {
  return ![KubeletPath.METRICS, KubeletPath.CADVISOR].every((path) => paths.includes(path)) ? [] : componentDashboards({
    component: KUBELET_JOB, jobName, folder: 'Kubernetes',
    files: [
      'kubelet/kubernetes-kubelet', 'kubelet/kubernetes-volumes', 'kubelet/kubernetes-network-namespaces', 'kubelet/kubernetes-network-workloads',
      'kubelet/kubernetes-network-pods',
    ],
    thresholds: kubeletThresholds(options),
  });
}
