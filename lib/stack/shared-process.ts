import { ClusterPartProps } from './cluster-reach';
import { APISERVER_METRICS } from '../components/apiserver/apiserver-metrics';
import { COMPONENTS } from '../components/catalogue';
import { KUBELET_METRICS } from '../components/kubelet/kubelet-metrics';
import { MetricSelection } from '../monitoring';

/** Components that are one process. */
const TOGETHER = ['kubelet', 'apiserver', 'scheduler', 'controller-manager', 'kube-proxy'] as const;

/** All but the metrics that only other components of the process have. */
function withoutOthers(own: typeof TOGETHER[number]): MetricSelection {
  const mine: readonly string[] = COMPONENTS[own].metrics;
  const others = new Set(TOGETHER.flatMap((one) => COMPONENTS[one].metrics));
  const foreign = [...others].filter((name) => !mine.some((known) => known === name || known.startsWith(`${name}_`)));
  return MetricSelection.drop(`(${foreign.join('|')})(_.+)?`);
}

/**
 * Monitors of a distribution that runs all components of a server as one process, which shows the metrics of all at each port: scheduler, controller
 * manager and kube-proxy are scraped at the kubelets' port, and each job stores what is its own.
 * @param servers labels of the nodes of the control plane
 */
export function sharedProcessParts(servers: { readonly [label: string]: string }): ClusterPartProps {
  return {
    kubelet: { metrics: KUBELET_METRICS.and(withoutOthers('kubelet'))._asDefault() },
    apiServer: { metrics: APISERVER_METRICS.and(withoutOthers('apiserver'))._asDefault() },
    scheduler: { kubeletNodes: servers },
    controllerManager: { kubeletNodes: servers },
    kubeProxy: { kubeletNodes: {} },
  };
}
