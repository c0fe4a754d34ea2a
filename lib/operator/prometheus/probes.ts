import { Construct } from 'constructs';
import { withAllFields } from '../../kubernetes/unknown-fields';
import { apiObject } from '../../kubernetes/api-object';
import { Plain, typed } from '../crd-spec';
import { exactSelection, MonitorContext, namespaceSelector, selectorOf } from './monitor-parts';
import { fieldsOf } from './resource-spelling';
import { withoutVariables } from '../variable-checks';
import { Probe, ProbeSpec, ProbeSpecTargets, ProbeSpecTargetsStaticConfig } from '../../../imports/probe';
import { excludedNamespaces, probeAnnotationMatch } from '../../backend/target-selection';
import { targetRelabelings } from '../../backend/target-relabelings';
import { checkHostPort } from '../../checks';
import { ScrapeJob } from '../../monitoring';
import { IngressDiscovery, StaticProbeDiscovery } from '../../monitoring/scrape/discovery';
import { keepAll, RelabelStep, set } from '../../wire/relabel-steps';

const fields = fieldsOf<ProbeSpec>();
const targetFields = fieldsOf<ProbeSpecTargetsStaticConfig>();

function targets({ targetNamespace = '' }: MonitorContext, job: ScrapeJob, discovery: StaticProbeDiscovery | IngressDiscovery): Plain<ProbeSpecTargets> {
  const [endpoint] = job.endpoints;
  const relabelings = (steps: readonly RelabelStep[]) => (
    targetFields({ relabelingConfigs: targetRelabelings(job, endpoint, [...steps, set('module', discovery.module)]) })
  );
  if (discovery.kind === 'static-probes') {
    // Without one the operator gives targets the namespace of the Probe; an empty one is none.
    const labels = { namespace: targetNamespace, ...discovery.targetLabels };
    return { staticConfig: { static: discovery.targets, labels, ...relabelings([]) } };
  }
  return {
    ingress: {
      selector: selectorOf(discovery),
      namespaceSelector: namespaceSelector(discovery.namespaces),
      ...relabelings([
        ...exactSelection('ingress', discovery), ...excludedNamespaces(discovery), ...keepAll(probeAnnotationMatch('ingress', discovery)),
      ]),
    },
  };
}

/**
 * Whether a Probe has fields for all settings of a job: it has none for the limit of the size of a response, and the client of a prober is one of a
 * ScrapeConfig.
 */
export function probeSays(job: ScrapeJob): boolean {
  const hasClient = job.endpoints.some(({ _client: client }) => Object.values(client).some((setting) => setting !== undefined));
  return job._limits.bodySizeLimit === undefined && !hasClient;
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
  const { scheme, interval, scrapeTimeout } = endpoint._settings();
  const { bodySizeLimit: _, ...limits } = job._limitSettings();
  apiObject(scope, `probe-${name}`, withAllFields(Probe), {
    metadata: { name, namespace, labels },
    spec: withoutVariables(where, typed<ProbeSpec>({
      prober: {
        url: discovery.prober.proberAddress,
        scheme,
        path: endpoint.path,
      },
      module: discovery.module,
      targets: targets(context, job, discovery),
      ...fields({ interval, scrapeTimeout, ...limits, metricRelabelings: endpoint._metricSteps() }),
    })),
  });
}
