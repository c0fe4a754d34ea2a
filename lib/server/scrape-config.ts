import { prometheusSpelling } from '../wire/prometheus-spelling';
import { targetDiscovery } from '../backend/target-discovery';
import { targetRelabelings } from '../backend/target-relabelings';
import { ScrapeEndpoint, ScrapeJob } from '../monitoring';

/** The entries of `scrape_configs` of a job, one for each endpoint. */
export function scrapeConfigs(job: ScrapeJob): object[] {
  if (job._discovery.kind === 'raw') {
    return [{ job_name: job.name, ...job._discovery.config }];
  }
  return job.endpoints.map((endpoint) => scrapeConfig(job, endpoint));
}

function scrapeConfig(job: ScrapeJob, endpoint: ScrapeEndpoint): object {
  const { settings, steps } = targetDiscovery(job, endpoint);
  return prometheusSpelling(
    { jobName: `${job.name}/${endpoint.name}` },
    endpoint._settings(),
    endpoint._client,
    job._limitSettings(),
    settings,
    { relabelings: targetRelabelings(job, endpoint, steps), metricRelabelings: endpoint._metricSteps() },
  );
}
