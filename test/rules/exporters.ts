import { AlertTest } from './promtool';
import { isScraped, labelOf, relabelled } from './series-names';
import { AllSamples, firingTest, holdMinutes, Samples, WrittenOut } from './written-out';

/** Number of the sample in the middle of the last holding time, at a whole minute, when rules are evaluated. */
function inTheMiddle({ rule, at, interval }: WrittenOut): number {
  return Math.floor(at - holdMinutes(rule) / 2) * 60 / interval;
}

const isOfJob = (series: string, job: string): boolean => isScraped(series) && labelOf(series, 'job') === job;

/** The samples with one scrape of a job that failed. */
function withLostScrape({ series }: WrittenOut, job: string, lost: number): AllSamples {
  return new Map([...series].map(([name, samples]) => [name, isOfJob(name, job) ? samples.map((sample, i) => (i === lost ? 'stale' : sample)) : samples]));
}

/** An alert is not lost by one failed scrape of a job. */
export function lostScrapes(written: WrittenOut): AlertTest[] {
  const jobs = new Set([...written.series.keys()].filter(isScraped).map((series) => labelOf(series, 'job')));
  return holdMinutes(written.rule) === 0 ? [] : [...jobs].map(
    (job) => firingTest(`survives a lost scrape of ${job}`, written, withLostScrape(written, job, inTheMiddle(written))),
  );
}

const KUBE_STATE = 'kube-state-metrics';

/** A second exporter takes over, with the first still there for two scrapes, as while a Deployment is rolled out. */
function withReplacedExporter({ series }: WrittenOut, at: number): AllSamples {
  const named = (name: string, label: string, value: string) => (labelOf(name, label) === '' ? relabelled(name, label, value) : name);
  return new Map([...series].flatMap(([name, samples]): Array<[string, Samples]> => (isOfJob(name, KUBE_STATE) ? [
    [named(name, 'instance', '10.0.0.9:8080'), samples.map((sample, i) => (i < at + 2 ? sample : i === at + 2 ? 'stale' : '_'))],
    [named(name, 'instance', '10.0.0.77:8080'), samples.map((sample, i) => (i < at ? '_' : sample))],
  ] : [[name, samples]])));
}

/** An alert about an object does not end when kube-state-metrics is replaced. */
export function replacedExporters(written: WrittenOut): AlertTest[] {
  return [...written.series.keys()].some((series) => isOfJob(series, KUBE_STATE))
    ? [firingTest('outlives its exporter', written, withReplacedExporter(written, inTheMiddle(written)))]
    : [];
}
