import { Construct } from 'constructs';
import { withAllFields } from '../../kubernetes/unknown-fields';
import { apiObject } from '../../kubernetes/api-object';
import { CrdKind } from './crd-settings';
import { typed } from '../crd-spec';
import { clientSpec, endpointWhere, MonitorContext, shardingOf } from './monitor-parts';
import { fieldsOf } from './resource-spelling';
import { sourceSpec } from './source-spec';
import { withoutVariables } from '../variable-checks';
import { ScrapeConfig, ScrapeConfigSpec } from '../../../imports/scrape-config';
import { targetDiscovery } from '../../backend/target-discovery';
import { targetRelabelings } from '../../backend/target-relabelings';
import { ScrapeEndpoint, ScrapeJob } from '../../monitoring';

const fields = fieldsOf<ScrapeConfigSpec>();

function spec(context: MonitorContext, job: ScrapeJob, endpoint: ScrapeEndpoint): ScrapeConfigSpec {
  const { settings: discovery, steps } = targetDiscovery(job, endpoint, context.targetNamespace);
  const where = endpointWhere(context.where, job, endpoint);
  if ((context.shards ?? 1) > 1 && endpoint.relabelings.some((relabeling) => relabeling._step().action === 'hashmod')) {
    throw new Error(`${where}: relabelings have an action hashmod, for which the operator gives each of the ${context.shards} shards all targets of a ScrapeConfig; take it out, or use PrometheusServer`);
  }
  const { path: metricsPath, interval: scrapeInterval, ...settings } = endpoint._settings();
  return withoutVariables(where, typed<ScrapeConfigSpec>({
    ...fields({
      ...discovery,
      metricsPath,
      scrapeInterval,
      ...settings,
      ...job._limitSettings(),
      scrapeClass: context.classes.classOf({ where, kind: CrdKind.SCRAPE_CONFIG }, endpoint._client),
      relabelings: targetRelabelings(job, endpoint, [...steps, ...shardingOf(context, job)]),
      metricRelabelings: endpoint._metricSteps(),
    }),
    ...clientSpec(context, CrdKind.SCRAPE_CONFIG, job, endpoint),
    ...job._discovery.kind === 'external' ? sourceSpec(context, job, job._discovery.source) : {},
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
    apiObject(scope, `scrape-config-${name}`, withAllFields(ScrapeConfig), { metadata: { name, namespace, labels }, spec: spec(context, job, endpoint) });
  });
}
