import { targetDiscovery } from './target-discovery';
import { targetRelabelings } from './target-relabelings';
import { ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { RawConfig } from '../monitoring/scrape/discovery';
import { prometheusSpelling } from '../wire/prometheus-spelling';
import { RelabelStep } from '../wire/relabel-steps';

/** Relabelings of targets besides those of a job. */
interface MoreSteps {
  /** Before the caller's own. */
  readonly first?: readonly RelabelStep[];
  /** After all others. */
  readonly last?: readonly RelabelStep[];
}

function configName(job: ScrapeJob, endpoint: ScrapeEndpoint): string {
  return `${job.name}/${endpoint.name}`;
}

/** Names that the endpoints of a job have in Prometheus's configuration, where each exists once. */
export function configNames(job: ScrapeJob): string[] {
  return job._discovery.kind === 'raw' ? [job.name] : job.endpoints.map((endpoint) => configName(job, endpoint));
}

/** The entries of `scrape_configs` of a job, one for each endpoint. */
export function scrapeConfigEntries(job: ScrapeJob, more: MoreSteps): RawConfig[] {
  if (job._discovery.kind === 'raw') {
    return [withSteps({ job_name: job.name, ...job._discovery.config }, more.last)];
  }
  return job.endpoints.map((endpoint) => scrapeConfig(job, endpoint, more));
}

/** What a user has already, with further relabelings. */
function withSteps(config: RawConfig, steps: readonly RelabelStep[] = []): RawConfig {
  const own: readonly unknown[] = Array.isArray(config.relabel_configs) ? config.relabel_configs : [];
  return steps.length === 0 ? config : { ...config, relabel_configs: [...own, ...steps.map((step) => prometheusSpelling(step))] };
}

function scrapeConfig(job: ScrapeJob, endpoint: ScrapeEndpoint, { first = [], last = [] }: MoreSteps): RawConfig {
  const { settings, steps } = targetDiscovery(job, endpoint);
  return prometheusSpelling(
    { jobName: configName(job, endpoint) },
    endpoint._settings(),
    endpoint._client,
    job._limitSettings(),
    settings,
    job._discovery.kind === 'external' ? job._discovery.source._wire() : {},
    { relabelings: [...targetRelabelings(job, endpoint, [...steps, ...first]), ...last], metricRelabelings: endpoint._metricSteps() },
  );
}
