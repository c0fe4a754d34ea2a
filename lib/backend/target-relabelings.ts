import { ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { copy, labelName, meta, RelabelStep, set } from '../wire/relabel-steps';

/**
 * All relabelings of the targets of an endpoint: `steps` of the discovery, `metrics_path` where the job has several paths, the caller's own,
 * and last the job's name, or the value of the Kubernetes label that gives it, so that it is the contract's whatever the others did.
 */
export function targetRelabelings(job: ScrapeJob, endpoint: ScrapeEndpoint, steps: readonly RelabelStep[]): RelabelStep[] {
  return [
    ...steps,
    ...(job._hasSeveralPaths ? [set('metrics_path', endpoint.path)] : []),
    ...endpoint.relabelings.map((relabeling) => relabeling._step()),
    set('job', job.name),
    ...jobFromLabel(job),
  ];
}

function jobFromLabel({ _jobLabel: label, _discovery: { kind } }: ScrapeJob): RelabelStep[] {
  const owner = kind === 'pods' || kind === 'annotated-pods' ? 'pod' : 'service';
  return label === undefined ? [] : [copy(meta(`${owner}_label_${labelName(label)}`), 'job')];
}
