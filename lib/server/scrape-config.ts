import { httpClientConfig } from './http-client-config';
import { set, step } from '../backend/relabel-steps';
import { TargetDiscovery, targetDiscovery } from '../backend/target-discovery';
import { Data, defined, some } from '../data';
import { Scheme, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { promDuration } from '../units';

/** The entries of `scrape_configs` that a job becomes: one an endpoint. */
export function scrapeConfigs(job: ScrapeJob): Data[] {
  if (job._discovery.kind === 'raw') {
    return [{ job_name: job.name, ...job._discovery.config }];
  }
  return job.endpoints.map((endpoint) => scrapeConfig(job, endpoint));
}

function serviceDiscovery({ kubernetes, targets }: TargetDiscovery): Data {
  return defined({
    kubernetes_sd_configs: kubernetes === undefined
      ? undefined
      : [defined({ role: kubernetes.role, namespaces: kubernetes.namespaces === undefined ? undefined : { names: kubernetes.namespaces } })],
    static_configs: targets === undefined ? undefined : [defined({ ...targets })],
  });
}

function scrapeConfig(job: ScrapeJob, endpoint: ScrapeEndpoint): Data {
  const discovery = targetDiscovery(job, endpoint);
  const { sampleLimit, targetLimit, labelLimit, labelNameLengthLimit, labelValueLengthLimit, bodySizeLimit, keepDroppedTargets } = job._limits;
  const params = endpoint.params;
  return defined({
    job_name: `${job.name}/${endpoint.name}`,
    honor_labels: endpoint.honorLabels ? true : undefined,
    honor_timestamps: endpoint.honorTimestamps ? undefined : false,
    track_timestamps_staleness: endpoint.trackTimestampsStaleness ? true : undefined,
    scrape_interval: promDuration(endpoint.interval),
    scrape_timeout: promDuration(endpoint.timeout),
    fallback_scrape_protocol: endpoint.fallbackProtocol,
    scrape_native_histograms: endpoint.nativeHistograms,
    metrics_path: endpoint.path === '/metrics' ? undefined : endpoint.path,
    scheme: endpoint.scheme === Scheme.HTTP ? undefined : endpoint.scheme,
    params: Object.keys(params).length === 0 ? undefined : params,
    ...httpClientConfig(endpoint._client),
    body_size_limit: bodySizeLimit === undefined ? undefined : `${bodySizeLimit.toKibibytes()}KiB`,
    sample_limit: sampleLimit,
    target_limit: targetLimit,
    label_limit: labelLimit,
    label_name_length_limit: labelNameLengthLimit,
    label_value_length_limit: labelValueLengthLimit,
    keep_dropped_targets: keepDroppedTargets,
    ...serviceDiscovery(discovery),
    relabel_configs: [
      ...discovery.steps,
      ...(job._hasSeveralPaths ? [set('metrics_path', endpoint.path)] : []),
      ...endpoint.relabelings.map(step),
      // Last, so that the name is the contract's whatever the steps before did.
      set('job', job.name),
    ],
    metric_relabel_configs: some([...endpoint.metrics.toRelabelings(), ...endpoint.metricRelabelings].map(step)),
  });
}
