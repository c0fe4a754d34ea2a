import { ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { RelabelStep, set } from '../wire/relabel-steps';

/**
 * All relabelings of the targets of an endpoint: `steps` of the discovery, `metrics_path` where the job has several paths, the caller's own,
 * and last the job's name, so that it is the contract's whatever the others did.
 */
export function targetRelabelings(job: ScrapeJob, endpoint: ScrapeEndpoint, steps: readonly RelabelStep[]): RelabelStep[] {
  return [
    ...steps,
    ...(job._hasSeveralPaths ? [set('metrics_path', endpoint.path)] : []),
    ...endpoint.relabelings.map((relabeling) => relabeling._step()),
    set('job', job.name),
  ];
}
