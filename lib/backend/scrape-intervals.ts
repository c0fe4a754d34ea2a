import { Rule, ScrapeJob } from '../monitoring';
import { recordedNames } from '../monitoring/rules/used-records';
import { USUAL_INTERVAL } from '../monitoring/rules/windows';

/** The jobs that an expression names: `job="etcd"`, `job=~"kubelet|apiserver"`. */
const JOBS = /\bjob=~?"([^"]*)"/g;

/** The longest time between two samples of the series of a rule, in milliseconds. */
export type IntervalOf = (rule: Rule) => number;

/**
 * The longest time between two scrapes of the jobs that a rule names; of all jobs where it names none that is known; and between two evaluations
 * where it uses recorded series. Undefined where neither is longer than is usual, for which the rules of the library are made.
 * @param byDefault interval of endpoints that say none, in milliseconds
 * @param evaluation interval of evaluations, in milliseconds
 */
export function scrapeIntervals(jobs: readonly ScrapeJob[], byDefault: number, evaluation: number = USUAL_INTERVAL): IntervalOf | undefined {
  const intervalsOf = ({ endpoints }: ScrapeJob) => endpoints.map(({ interval }) => interval?.toMilliseconds() ?? byDefault);
  const longest = new Map(jobs.map((job) => [job.name, Math.max(...intervalsOf(job))]));
  const ofAll = Math.max(...longest.values(), longest.size === 0 ? byDefault : 0);
  return Math.max(ofAll, evaluation) <= USUAL_INTERVAL ? undefined : (rule) => {
    const { expr } = rule;
    const named = [...expr.matchAll(JOBS)].flatMap(([, names]) => names.split('|')).flatMap((name) => longest.get(name) ?? []);
    return Math.max(...(named.length === 0 ? [ofAll] : named), recordedNames([rule]).length === 0 ? 0 : evaluation);
  };
}
