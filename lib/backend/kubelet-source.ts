import { KubeletsDiscovery, NodeDiscovery, ServiceDiscovery } from '../monitoring/scrape/discovery';

/** Discovery of kubelets: among the nodes, or behind the Service that an operator keeps for them. */
export type KubeletSource = 'nodes' | 'service';

/** Labels by which the Service that an operator keeps is found. */
export const KUBELET_SERVICE_LABELS = { 'k8s-app': 'kubelet', 'app.kubernetes.io/name': 'kubelet' };

/** Discovery of kubelets in the preferred source, or in the only one that their job has. */
export function kubeletSource(
  { portName, portNumber, serviceNamespace }: KubeletsDiscovery, preferred: KubeletSource,
): NodeDiscovery | ServiceDiscovery {
  if (serviceNamespace !== undefined && (preferred === 'service' || portNumber === undefined)) {
    return { kind: 'service', labels: KUBELET_SERVICE_LABELS, namespaces: [serviceNamespace], port: portName };
  }
  // Labels that targets behind the Service have too.
  return { kind: 'nodes', labels: {}, targetLabels: { namespace: 'kube-system', service: 'kubelet' }, portName, portNumber };
}
