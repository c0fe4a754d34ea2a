import { Construct } from 'constructs';
import { apiObject } from '../../kubernetes/api-object';
import { CrdKind } from './crd-settings';
import { typed } from '../crd-spec';
import { EndpointGroup, endpointGroups, endpointSpec, exactly, groupSpec, MonitorContext, namespaceSelector } from './monitor-parts';
import { withoutVariables } from '../variable-checks';
import { PodMonitor, PodMonitorSpec } from '../../../imports/pod-monitor';
import { contract, copy, drop, meta, Step } from '../../backend/relabel-steps';
import { ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { PodDiscovery } from '../../monitoring/scrape/discovery';

function steps({ labels }: PodDiscovery, { port }: ScrapeEndpoint): Step[] {
  return [
    ...exactly('pod', labels),
    drop(meta('pod_container_init'), 'true'),
    contract('node'),
    ...(port === undefined ? [copy(meta('pod_container_port_name'), 'endpoint')] : []),
  ];
}

function spec(context: MonitorContext, job: ScrapeJob, discovery: PodDiscovery, group: EndpointGroup): PodMonitorSpec {
  return typed<PodMonitorSpec>({
    selector: { matchLabels: discovery.labels },
    namespaceSelector: namespaceSelector(discovery.namespaces),
    podTargetLabels: job._copyLabels.length === 0 ? undefined : job._copyLabels,
    ...groupSpec(job, group),
    podMetricsEndpoints: group.endpoints.map((endpoint) => ({
      port: endpoint.port, ...endpointSpec(context, CrdKind.POD_MONITOR, job, endpoint, steps(discovery, endpoint)),
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
  endpointGroups(job, context.classes).forEach((group, i) => {
    const name = names.claim('PodMonitor', job, i === 0 ? undefined : `${i + 1}`);
    apiObject(scope, `pod-monitor-${name}`, PodMonitor, {
      metadata: { name, namespace, labels },
      spec: withoutVariables(`${where}: scrape job '${job.name}'`, spec(context, job, discovery, group)),
    });
  });
}
