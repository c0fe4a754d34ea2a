import { Construct } from 'constructs';
import { withAllFields } from '../../kubernetes/unknown-fields';
import { apiObject } from '../../kubernetes/api-object';
import { accountFilesOfClient, CrdKind, TOKEN_FILE } from './crd-settings';
import { typed } from '../crd-spec';
import { endpointOfEither, NODE_OF_EITHER, unnamedPortOfEither } from './either-role';
import {
  attachedMetadata, EndpointGroup, endpointGroups, endpointSpec, exactSelection, groupSpec, MonitorContext, namespaceSelector, selectorOf,
} from './monitor-parts';
import { withoutVariables } from '../variable-checks';
import { ServiceMonitor, ServiceMonitorSpec } from '../../../imports/service-monitor';
import { endpointLabel, nodeLabels } from '../../backend/target-discovery';
import { excludedNamespaces, serviceNameMatch, servicePort, unnamedPortMatch } from '../../backend/target-selection';
import { ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { ServiceDiscovery } from '../../monitoring/scrape/discovery';
import { contract, keepAll, meta, RelabelStep } from '../../wire/relabel-steps';

/** Relabelings for what the operator does not discover, or in another way: the Service by name, ports without a name, the node. */
function steps({ endpointSlices }: MonitorContext, job: ScrapeJob, discovery: ServiceDiscovery, endpoint: ScrapeEndpoint): RelabelStep[] {
  const port = servicePort(endpoint, discovery);
  const byName = serviceNameMatch(discovery);
  const [discovered, label] = endpointSlices
    ? [[...keepAll([...byName, ...unnamedPortMatch(port)]), contract('node')], endpointLabel(port, meta('endpointslice_port_name'))]
    : [[...keepAll(byName), ...unnamedPortOfEither(port), NODE_OF_EITHER], endpointOfEither(port)];
  return [
    ...exactSelection('service', discovery),
    ...excludedNamespaces(discovery),
    ...discovered,
    ...nodeLabels(job),
    ...(port.port === undefined ? [label] : []),
  ];
}

/** The file of the token, where no scrape class names it; no other kind has a field for it. */
function tokenFile({ scrapeClass }: EndpointGroup, { _client: client }: ScrapeEndpoint) {
  return scrapeClass === undefined && accountFilesOfClient(client).token ? { bearerTokenFile: TOKEN_FILE } : {};
}

function spec(context: MonitorContext, job: ScrapeJob, discovery: ServiceDiscovery, group: EndpointGroup): ServiceMonitorSpec {
  return typed<ServiceMonitorSpec>({
    selector: selectorOf(discovery),
    namespaceSelector: namespaceSelector(discovery.namespaces),
    attachMetadata: attachedMetadata(job),
    targetLabels: job._copyLabels.length === 0 ? undefined : job._copyLabels,
    ...groupSpec(job, group),
    endpoints: group.endpoints.map((endpoint) => ({
      port: servicePort(endpoint, discovery).port,
      ...endpointSpec(context, CrdKind.SERVICE_MONITOR, job, endpoint, steps(context, job, discovery, endpoint)),
      ...tokenFile(group, endpoint),
    })),
  });
}

/**
 * The ServiceMonitors of a job: one, or several where its endpoints need different files.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export function serviceMonitors(scope: Construct, context: MonitorContext, job: ScrapeJob, discovery: ServiceDiscovery): void {
  const { where, namespace, labels, names } = context;
  endpointGroups(context, CrdKind.SERVICE_MONITOR, job).forEach((group, i) => {
    const name = names.claim('ServiceMonitor', job, i === 0 ? undefined : `${i + 1}`);
    apiObject(scope, `service-monitor-${name}`, withAllFields(ServiceMonitor), {
      metadata: { name, namespace, labels },
      spec: withoutVariables(`${where}: scrape job '${job.name}'`, spec(context, job, discovery, group)),
    });
  });
}
