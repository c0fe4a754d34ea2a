import { Construct } from 'constructs';
import { apiObject } from '../../kubernetes/api-object';
import { typed } from '../crd-spec';
import { exactly, groupSpec, metricRelabelings, MonitorContext, namespaceSelector, targetRelabelings } from './monitor-parts';
import { withoutVariables } from '../variable-checks';
import { Probe, ProbeSpec } from '../../../imports/probe';
import { keepAll, labelName, meta, set, Step } from '../../backend/relabel-steps';
import { Scheme, ScrapeJob } from '../../monitoring';
import { IngressDiscovery, StaticProbeDiscovery } from '../../monitoring/scrape/discovery';
import { checkHostPort } from '../../checks';
import { promDuration } from '../../units';

function targets(job: ScrapeJob, discovery: StaticProbeDiscovery | IngressDiscovery) {
  const [endpoint] = job.endpoints;
  const relabelingConfigs = (steps: Step[]) => targetRelabelings(job, endpoint, [...steps, set('module', discovery.module)]);
  if (discovery.kind === 'static-probes') {
    // Without one the operator gives targets the namespace of the Probe, where they are not.
    const labels = { namespace: '', ...discovery.targetLabels };
    return { staticConfig: { static: discovery.targets, labels, relabelingConfigs: relabelingConfigs([]) } };
  }
  const { annotationPrefix } = discovery;
  const asked = annotationPrefix === undefined ? [] : keepAll([[meta(`ingress_annotation_${labelName(annotationPrefix)}_probe`), 'true']]);
  return {
    ingress: {
      selector: { matchLabels: discovery.labels },
      namespaceSelector: namespaceSelector(discovery.namespaces),
      relabelingConfigs: relabelingConfigs([...exactly('ingress', discovery.labels), ...asked]),
    },
  };
}

/** Whether a Probe can say all of a job: it has no bound of the size of a response. */
export function probeSays(job: ScrapeJob): boolean {
  return job._limits.bodySizeLimit === undefined;
}

/**
 * The Probe of a job.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Probe
 */
export function probe(scope: Construct, context: MonitorContext, job: ScrapeJob, discovery: StaticProbeDiscovery | IngressDiscovery): void {
  const { namespace, labels } = context;
  const where = `${context.where}: scrape job '${job.name}'`;
  checkHostPort(discovery.prober.proberAddress, `${where}: prober`);
  const name = context.names.claim('Probe', job);
  const [endpoint] = job.endpoints;
  const { bodySizeLimit: _, ...common } = groupSpec(job, { endpoints: job.endpoints });
  apiObject(scope, `probe-${name}`, Probe, {
    metadata: { name, namespace, labels },
    spec: withoutVariables(where, typed<ProbeSpec>({
      prober: {
        url: discovery.prober.proberAddress,
        scheme: endpoint.scheme === Scheme.HTTP ? undefined : endpoint.scheme,
        path: endpoint.path,
      },
      module: discovery.module,
      targets: targets(job, discovery),
      interval: promDuration(endpoint.interval),
      scrapeTimeout: promDuration(endpoint.timeout),
      ...common,
      metricRelabelings: metricRelabelings(endpoint),
    })),
  });
}
