import { Construct } from 'constructs';
import { apiObject } from '../../kubernetes/api-object';
import { CrdKind } from './crd-settings';
import { typed } from '../crd-spec';
import { at, clientSpec, groupSpec, metricRelabelings, MonitorContext, targetRelabelings } from './monitor-parts';
import { withoutVariables } from '../variable-checks';
import { ScrapeConfig, ScrapeConfigSpec } from '../../../imports/scrape-config';
import { copy, Step } from '../../backend/relabel-steps';
import { Role, targetDiscovery } from '../../backend/target-discovery';
import { Scheme, ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { promDuration } from '../../units';

const ROLES = { endpointslice: 'EndpointSlice', pod: 'Pod', node: 'Node', service: 'Service', ingress: 'Ingress' } as const satisfies Record<Role, string>;

/** Shards part targets by their addresses, which for all probes is the prober's, unless told otherwise. */
function sharding({ shards }: MonitorContext, { _discovery: discovery }: ScrapeJob): Step[] {
  return shards > 1 && 'prober' in discovery ? [copy('__param_target', '__tmp_hash')] : [];
}

function spec(context: MonitorContext, job: ScrapeJob, endpoint: ScrapeEndpoint): ScrapeConfigSpec {
  const { kubernetes, targets, steps } = targetDiscovery(job, endpoint);
  const where = at(context.where, job, endpoint);
  if (context.shards > 1 && endpoint.relabelings.some(({ _action }) => _action === 'hashmod')) {
    throw new Error(`${where}: relabelings have an action hashmod, for which the operator gives each of the ${context.shards} shards all targets of a ScrapeConfig; take it out, or use PrometheusServer`);
  }
  const { params } = endpoint;
  return withoutVariables(where, typed<ScrapeConfigSpec>({
    kubernetesSdConfigs: kubernetes === undefined
      ? undefined
      : [{ role: ROLES[kubernetes.role], namespaces: kubernetes.namespaces === undefined ? undefined : { names: kubernetes.namespaces } }],
    staticConfigs: targets === undefined ? undefined : [targets],
    metricsPath: endpoint.path === '/metrics' ? undefined : endpoint.path,
    scheme: endpoint.scheme === Scheme.HTTP ? undefined : endpoint.scheme,
    params: Object.keys(params).length === 0 ? undefined : params,
    scrapeInterval: promDuration(endpoint.interval),
    scrapeTimeout: promDuration(endpoint.timeout),
    honorLabels: endpoint.honorLabels || undefined,
    honorTimestamps: endpoint.honorTimestamps ? undefined : false,
    trackTimestampsStaleness: endpoint.trackTimestampsStaleness || undefined,
    ...clientSpec(context, CrdKind.SCRAPE_CONFIG, job, endpoint),
    ...groupSpec(job, { endpoints: [endpoint], scrapeClass: context.classes.classOf(endpoint._client) }),
    relabelings: targetRelabelings(job, endpoint, [...steps, ...sharding(context, job)]),
    metricRelabelings: metricRelabelings(endpoint),
  }));
}

/**
 * The ScrapeConfigs of a job, one an endpoint.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1alpha1.ScrapeConfig
 */
export function scrapeConfigs(scope: Construct, context: MonitorContext, job: ScrapeJob): void {
  const { namespace, labels, names } = context;
  job.endpoints.forEach((endpoint) => {
    const name = names.claim('ScrapeConfig', job, job.endpoints.length === 1 ? undefined : endpoint.name);
    apiObject(scope, `scrape-config-${name}`, ScrapeConfig, { metadata: { name, namespace, labels }, spec: spec(context, job, endpoint) });
  });
}
