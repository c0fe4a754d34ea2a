import { Construct } from 'constructs';
import { apiObject } from '../../kubernetes/api-object';
import { CrdKind } from './crd-settings';
import { typed } from '../crd-spec';
import { EndpointGroup, endpointGroups, endpointSpec, exactly, groupSpec, MonitorContext, namespaceSelector } from './monitor-parts';
import { withoutVariables } from '../variable-checks';
import { ServiceMonitor, ServiceMonitorSpec } from '../../../imports/service-monitor';
import { contract, copy, keepAll, literal, meta, set, Step } from '../../backend/relabel-steps';
import { ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { ServiceDiscovery } from '../../monitoring/scrape/discovery';

const ANY = '.+';

/** What the operator does not find out, or finds out otherwise: which Service by name, ports by number, the node, the endpoint's name. */
function steps(discovery: ServiceDiscovery, { port = discovery.port, portNumber }: ScrapeEndpoint): Step[] {
  return [
    ...exactly('service', discovery.labels),
    ...keepAll([
      ...(discovery.serviceName === undefined ? [] : [[meta('service_name'), literal(discovery.serviceName)] as const]),
      // Ports that a container has and the Service lacks are discovered as well, without the labels of the slice.
      ...(port === undefined ? [[meta('endpointslice_port'), portNumber?.toString() ?? ANY] as const] : []),
    ]),
    contract('node'),
    ...(port !== undefined ? [] : [portNumber === undefined ? copy(meta('endpointslice_port_name'), 'endpoint') : set('endpoint', `${portNumber}`)]),
  ];
}

function spec(context: MonitorContext, job: ScrapeJob, discovery: ServiceDiscovery, group: EndpointGroup): ServiceMonitorSpec {
  return typed<ServiceMonitorSpec>({
    selector: { matchLabels: discovery.labels },
    namespaceSelector: namespaceSelector(discovery.namespaces),
    targetLabels: job._copyLabels.length === 0 ? undefined : job._copyLabels,
    ...groupSpec(job, group),
    endpoints: group.endpoints.map((endpoint) => ({
      port: endpoint.port ?? discovery.port,
      ...endpointSpec(context, CrdKind.SERVICE_MONITOR, job, endpoint, steps(discovery, endpoint)),
    })),
  });
}

/**
 * The ServiceMonitors of a job: one, or several where its endpoints need different files.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export function serviceMonitors(scope: Construct, context: MonitorContext, job: ScrapeJob, discovery: ServiceDiscovery): void {
  const { where, namespace, labels, names } = context;
  endpointGroups(job, context.classes).forEach((group, i) => {
    const name = names.claim('ServiceMonitor', job, i === 0 ? undefined : `${i + 1}`);
    apiObject(scope, `service-monitor-${name}`, ServiceMonitor, {
      metadata: { name, namespace, labels },
      spec: withoutVariables(`${where}: scrape job '${job.name}'`, spec(context, job, discovery, group)),
    });
  });
}
