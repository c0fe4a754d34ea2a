import { Shard, shardSteps } from './shards';
import { targetDiscovery } from '../backend/target-discovery';
import { targetRelabelings } from '../backend/target-relabelings';
import { ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { RawConfig } from '../monitoring/scrape/discovery';
import { prometheusSpelling } from '../wire/prometheus-spelling';
import { RelabelStep } from '../wire/relabel-steps';

/** The entries of `scrape_configs` of a job, one for each endpoint, with the targets of a shard. */
export function scrapeConfigs(job: ScrapeJob, shard: Shard): object[] {
  const ofShard = shardSteps(job, shard);
  if (job._discovery.kind === 'raw') {
    return [withSteps({ job_name: job.name, ...job._discovery.config }, ofShard)];
  }
  return job.endpoints.map((endpoint) => scrapeConfig(job, endpoint, ofShard));
}

/** What a user has already, with further relabelings. */
function withSteps(config: RawConfig, steps: readonly RelabelStep[]): RawConfig {
  const own: readonly unknown[] = Array.isArray(config.relabel_configs) ? config.relabel_configs : [];
  return steps.length === 0 ? config : { ...config, relabel_configs: [...own, ...steps.map((step) => prometheusSpelling(step))] };
}

function scrapeConfig(job: ScrapeJob, endpoint: ScrapeEndpoint, ofShard: readonly RelabelStep[]): object {
  const { settings, steps } = targetDiscovery(job, endpoint);
  return prometheusSpelling(
    { jobName: `${job.name}/${endpoint.name}` },
    endpoint._settings(),
    endpoint._client,
    job._limitSettings(),
    settings,
    { relabelings: [...targetRelabelings(job, endpoint, steps), ...ofShard], metricRelabelings: endpoint._metricSteps() },
  );
}
