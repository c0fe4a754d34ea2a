import { KubernetesMonitoringProps } from './kubernetes-monitoring-props';
import { MonitoringPart } from './monitoring-part';
import { quoteList } from '../text';

/** The parts that the props set up, with the prop that does. */
export function partsSetUp(props: KubernetesMonitoringProps): ReadonlyMap<MonitoringPart, string> {
  const given: ReadonlyArray<readonly [MonitoringPart, string, object | undefined]> = [
    [MonitoringPart.PROMETHEUS_OPERATOR, 'backend.operator', props.backend?._operator?.operator],
    [MonitoringPart.ALERTMANAGER, 'routing', props.routing],
    [MonitoringPart.ALERTMANAGER, 'alertmanager', props.alertmanager],
    [MonitoringPart.NODE_EXPORTER, 'nodeExporter', props.nodeExporter],
    [MonitoringPart.KUBE_STATE_METRICS, 'kubeStateMetrics', props.kubeStateMetrics],
    [MonitoringPart.KUBELET, 'kubelet', props.kubelet],
    [MonitoringPart.API_SERVER, 'apiServer', props.apiServer],
    [MonitoringPart.SCHEDULER, 'scheduler', props.scheduler],
    [MonitoringPart.CONTROLLER_MANAGER, 'controllerManager', props.controllerManager],
    [MonitoringPart.KUBE_PROXY, 'kubeProxy', props.kubeProxy],
    [MonitoringPart.CORE_DNS, 'coreDns', props.coreDns],
    [MonitoringPart.ETCD, 'etcd', props.etcd],
    [MonitoringPart.BLACKBOX_EXPORTER, 'blackboxExporter', props.blackboxExporter],
  ];
  return new Map(given.filter(([, , value]) => value !== undefined).map(([part, prop]) => [part, prop]));
}

/** Throws when a part is both set up and left out. */
export function checkNoContradiction(where: string, setUp: ReadonlyMap<MonitoringPart, string>, without: readonly MonitoringPart[]): void {
  const both = without.flatMap((part) => setUp.get(part) ?? []);
  if (both.length > 0) {
    throw new Error(`${where}: got ${quoteList(both)} together with 'without' of the same part; take it out of one of them`);
  }
}

/** Throws when the props of the stack and those of a part say one thing twice. */
export function checkSaidOnce(where: string, props: KubernetesMonitoringProps): void {
  if (props.routing !== undefined && props.alertmanager?.routing !== undefined) {
    throw new Error(`${where}: got both 'routing' and 'alertmanager.routing'; take one of them out`);
  }
  const inPart = props.nodeExporter?.namespace;
  if (props.nodeNamespace !== undefined && inPart !== undefined && inPart !== props.nodeNamespace) {
    throw new Error(`${where}: nodeNamespace is '${props.nodeNamespace}' and nodeExporter.namespace '${inPart}'; take one of them out`);
  }
}
