import { Duration } from 'cdk8s';
import { Rule, ScrapeJob } from '../monitoring';

/** The jobs that an expression names: `job="etcd"`, `job=~"kubelet|apiserver"`. */
const JOBS = /\bjob=~?"([^"]*)"/g;

/** The longest time between two scrapes of the jobs that a rule names; of all jobs where it names none that is known. */
export function scrapeIntervalOf({ expr }: Rule, jobs: ReadonlyMap<string, ScrapeJob>, byDefault: Duration): Duration {
  const named = [...expr.matchAll(JOBS)].flatMap(([, names]) => names.split('|')).flatMap((name) => jobs.get(name) ?? []);
  const intervals = (named.length > 0 ? named : [...jobs.values()]).flatMap(({ endpoints }) => endpoints.map(({ interval }) => interval ?? byDefault));
  return intervals.reduce((longest, interval) => (interval.toMilliseconds() > longest.toMilliseconds() ? interval : longest), intervals[0] ?? byDefault);
}
