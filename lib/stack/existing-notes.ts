import { MonitoringPart } from './monitoring-part';
import { NodeExporterDaemonSet } from '../components/node/node-exporter';

/** Parts that kube-prometheus-stack has as well. */
const COMMON: readonly MonitoringPart[] = [
  MonitoringPart.NODE_EXPORTER, MonitoringPart.KUBE_STATE_METRICS, MonitoringPart.KUBELET, MonitoringPart.API_SERVER, MonitoringPart.SCHEDULER,
  MonitoringPart.CONTROLLER_MANAGER, MonitoringPart.KUBE_PROXY, MonitoringPart.CORE_DNS, MonitoringPart.ETCD,
];

/** Parts of a stack for an existing Prometheus. */
export interface ExistingStack {
  readonly unmade: ReadonlySet<string>;
  readonly nodeExporter?: NodeExporterDaemonSet;
  readonly makesNamespaces: boolean;
}

/** Requirements on a cluster whose Prometheus others make, and whose namespaces and exporters may be theirs too. */
export function existingNotes({ unmade, nodeExporter, makesNamespaces }: ExistingStack): string[] {
  const made = COMMON.filter((part) => !unmade.has(part)).map((part) => (
    part === MonitoringPart.NODE_EXPORTER && nodeExporter !== undefined ? `${part} (port ${nodeExporter.port} of each node)` : part
  ));
  return [
    ...nodeExporter === undefined || makesNamespaces ? [] : [
      `namespace '${nodeExporter.namespace}' has to exist and to admit Pod Security 'privileged' for node-exporter; make it, as by a MonitoringNamespace with `
      + "PodSecurityLevel.PRIVILEGED, or name another by 'nodeNamespace'",
    ],
    ...made.length === 0 ? [] : [
      `the Prometheus may monitor ${made.join(', ')} already, as that of kube-prometheus-stack does, mostly under the same job names; leave out by 'without' `
      + 'what it monitors, or targets and alerts are there twice',
    ],
  ];
}
