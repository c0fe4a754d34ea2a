import { AlertTest } from './promtool';
import { isCounter, isScraped, labelOf, relabelled } from './series-names';
import { AllSamples, firingTest, holdMinutes, isValue, Samples, WrittenOut } from './written-out';

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

/**
 * A second exporter takes over, with the first still there for two scrapes, as while a Deployment is rolled out; the object is made anew with the
 * same name.
 */
function withReplacedExporter({ series }: WrittenOut, at: number): AllSamples {
  const made = (name: string, number: number) => ['instance', 'uid'].reduce(
    (all, label) => (labelOf(all, label) === '' ? relabelled(all, label, `10.0.0.${number}`) : all), name,
  );
  return new Map([...series].flatMap(([name, samples]): Array<[string, Samples]> => (isOfJob(name, KUBE_STATE) ? [
    [made(name, 9), samples.map((sample, i) => (i < at + 2 ? sample : i === at + 2 ? 'stale' : '_'))],
    [made(name, 77), samples.map((sample, i) => (i < at ? '_' : sample))],
  ] : [[name, samples]])));
}

/** An alert about an object does not end when kube-state-metrics is replaced. */
export function replacedExporters(written: WrittenOut): AlertTest[] {
  return [...written.series.keys()].some((series) => isOfJob(series, KUBE_STATE))
    ? [firingTest('outlives its exporter', written, withReplacedExporter(written, inTheMiddle(written)))]
    : [];
}

function countedAnew(samples: Samples, from: number): Samples {
  const before = Number(samples.slice(0, from + 1).findLast(isValue) ?? 0);
  return samples.map((sample, i) => (i > from && isValue(sample) ? `${Number(sample) - before}` : sample));
}

/** An exporter that restarts, and counts from 0 again, ends no alert. */
export function restartedExporters(written: WrittenOut): AlertTest[] {
  const { series } = written;
  const middle = inTheMiddle(written);
  return ![...series.keys()].some(isCounter) ? [] : [firingTest('outlives a restart of its exporter', written, new Map(
    [...series].map(([name, samples]) => [name, isCounter(name) ? countedAnew(samples, middle) : samples]),
  ))];
}

/** The same course with more samples a minute. */
function finer({ series, interval }: WrittenOut, seconds: number): AllSamples {
  const times = interval / seconds;
  return new Map([...series].map(([name, samples]) => [name, samples.flatMap((sample, i) => {
    const next = samples[i + 1] ?? sample;
    const step = isCounter(name) && isValue(sample) && isValue(next) && Number(next) > Number(sample) ? (Number(next) - Number(sample)) / times : 0;
    return Array.from({ length: times }, (_, part) => (step === 0 ? sample : `${Number(sample) + step * part}`));
  })]));
}

/** Whether an alert fires does not depend on how often is scraped. */
export function scrapeIntervals(written: WrittenOut): AlertTest[] {
  return [30, 15].filter((seconds) => written.interval > seconds).map(
    (seconds) => firingTest(`fires with a sample each ${seconds} s`, { ...written, interval: seconds }, finer(written, seconds)),
  );
}
