import { Construct } from 'constructs';
import { withAllFields } from '../../kubernetes/unknown-fields';
import { apiObject } from '../../kubernetes/api-object';
import { CrdKind } from './crd-settings';
import { typed } from '../crd-spec';
import {
  attachedMetadata, EndpointGroup, endpointGroups, endpointSpec, exactSelection, groupSpec, MonitorContext, namespaceSelector, selectorOf,
} from './monitor-parts';
import { withoutVariables } from '../variable-checks';
import { PodMonitor, PodMonitorSpec } from '../../../imports/pod-monitor';
import { endpointLabel, nodeLabels, withoutInitContainers } from '../../backend/target-discovery';
import { excludedNamespaces, podPortPatternMatch } from '../../backend/target-selection';
import { ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { PodDiscovery } from '../../monitoring/scrape/discovery';
import { contract, keepAll, meta, RelabelStep } from '../../wire/relabel-steps';

function steps(job: ScrapeJob, discovery: PodDiscovery, endpoint: ScrapeEndpoint): RelabelStep[] {
  return [
    ...exactSelection('pod', discovery),
    ...excludedNamespaces(discovery),
    ...keepAll(podPortPatternMatch(endpoint)),
    ...withoutInitContainers(endpoint),
    contract('node'),
    ...nodeLabels(job),
    ...(endpoint.port === undefined ? [endpointLabel(endpoint, meta('pod_container_port_name'))] : []),
  ];
}

function spec(context: MonitorContext, job: ScrapeJob, discovery: PodDiscovery, group: EndpointGroup): PodMonitorSpec {
  return typed<PodMonitorSpec>({
    selector: selectorOf(discovery),
    namespaceSelector: namespaceSelector(discovery.namespaces),
    attachMetadata: attachedMetadata(job),
    podTargetLabels: job._copyLabels.length === 0 ? undefined : job._copyLabels,
    ...groupSpec(job, group),
    podMetricsEndpoints: group.endpoints.map((endpoint) => ({
      port: endpoint.port, ...endpointSpec(context, CrdKind.POD_MONITOR, job, endpoint, steps(job, discovery, endpoint)),
    })),
  });
}

/** Whether a PodMonitor finds the endpoints of a job: by number it finds only ports that a container declares. */
export function podMonitorFinds(job: ScrapeJob): boolean {
  return job.endpoints.every(({ portNumber }) => portNumber === undefined);
}

/**
 * The PodMonitors of a job: one, or several where its endpoints need different files.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor
 */
export function podMonitors(scope: Construct, context: MonitorContext, job: ScrapeJob, discovery: PodDiscovery): void {
  const { where, namespace, labels, names } = context;
  endpointGroups(context, CrdKind.POD_MONITOR, job).forEach((group, i) => {
    const name = names.claim('PodMonitor', job, i === 0 ? undefined : `${i + 1}`);
    apiObject(scope, `pod-monitor-${name}`, withAllFields(PodMonitor), {
      metadata: { name, namespace, labels },
      spec: withoutVariables(`${where}: scrape job '${job.name}'`, spec(context, job, discovery, group)),
    });
  });
}
