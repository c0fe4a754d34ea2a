import { Duration } from 'cdk8s';
import { Rule, ScrapeJob } from '../monitoring';

/** The jobs that an expression names: `job="etcd"`, `job=~"kubelet|apiserver"`. */
const JOBS = /\bjob=~?"([^"]*)"/g;

/** The longest time between two scrapes of the jobs that a rule names; of all jobs where it names none that is known. */
export function scrapeIntervalOf({ expr }: Rule, jobs: ReadonlyMap<string, ScrapeJob>, byDefault: Duration): Duration {
  const named = [...expr.matchAll(JOBS)].flatMap(([, names]) => names.split('|')).flatMap((name) => jobs.get(name) ?? []);
  const endpoints = (named.length > 0 ? named : [...jobs.values()]).flatMap((job) => job.endpoints);
  const milliseconds = endpoints.map(({ interval }) => (interval ?? byDefault).toMilliseconds());
  return milliseconds.length === 0 ? byDefault : Duration.millis(Math.max(...milliseconds));
}
