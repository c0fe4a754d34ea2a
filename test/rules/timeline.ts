import { AlertTest } from './promtool';
import { isCounter, metricOf } from './series-names';
import { AllSamples, alertsOf, alertTest, firingTest, isValue, samplesOf, writtenOut, WrittenOut } from './written-out';

/** Minutes in which all is well before the trouble. */
export const BEFORE = 30;

const lengthOf = (series: AllSamples): number => Math.max(...[...series.values()].map(({ length }) => length));

/** One time after another: counters go on counting, and what is no more goes stale. */
function joined(phases: readonly AllSamples[]): AllSamples {
  const names = new Set(phases.flatMap((phase) => [...phase.keys()]));
  return new Map([...names].map((name) => {
    let counted = 0;
    return [name, phases.flatMap((phase, i) => {
      const own = phase.get(name) ?? (i > 0 ? ['stale'] : []);
      const before = isCounter(name) ? counted : 0;
      counted += Number(own.findLast(isValue) ?? 0);
      return Array.from({ length: lengthOf(phase) }, (_, at) => own[at] ?? '_').map((sample) => (isValue(sample) ? `${Number(sample) + before}` : sample));
    })];
  }));
}

const samplesIn = (minutes: number, { interval }: WrittenOut): number => Math.ceil(minutes * 60 / interval);

/** The usual state for some minutes. */
function usual(written: WrittenOut, minutes: number): AllSamples {
  const { quiet, usually = Object.keys(quiet)[0] } = written.of;
  if (quiet[usually] === undefined) {
    throw new Error(`case of ${written.rule.alert}: usually '${usually}', but it is not among the quiet ones`);
  }
  return samplesOf(quiet[usually], samplesIn(minutes, written));
}

function trouble(written: WrittenOut): AllSamples {
  return new Map([...written.series].map(([name, samples]) => [name, samples.slice(0, samplesIn(written.at, written))]));
}

/** The trouble of a case, with the usual state before and for some minutes after it. */
export function troubled(written: WrittenOut, after: number): AllSamples {
  return joined([usual(written, BEFORE), trouble(written), usual(written, after)]);
}

/** The trouble of a case, and no samples for some minutes after it, of one metric or of all. */
export function vanished(written: WrittenOut, after: number, metric?: string): AllSamples {
  const before = samplesIn(written.at, written);
  const long = writtenOut(written.rule, { ...written.of, at: written.at + after });
  return new Map([...long.series].map(([name, samples]) => [name, metric !== undefined && metricOf(name) !== metric
    ? samples
    : samples.map((sample, i) => (i < before ? sample : i === before ? 'stale' : '_'))]));
}

/** An alert begins and ends so many minutes after its trouble, and after its series are gone, to the minute. */
export function timelines(written: WrittenOut): AlertTest[] {
  const { at, of: { from, begins, ends, gone, needs = [] } } = written;
  const firing = alertsOf(written);
  const untilEnd = (minute: number) => [[minute - 1, firing], [minute, []]] as const;
  return [
    ...(from === undefined ? [] : [alertTest('begins after hours', written, written.series, [[from - 5, []], [from, firing]])]),
    ...(begins === undefined ? [] : [alertTest('begins in time', written, troubled(written, (ends ?? 0) + 1), [
      [BEFORE - 1, []], [BEFORE + begins - 1, []], [BEFORE + begins, firing], ...(ends === undefined ? [] : untilEnd(BEFORE + at + ends)),
    ])]),
    ...(gone === undefined ? [] : [undefined, ...needs].map(
      (metric) => alertTest(`ends without ${metric ?? 'any series'}`, written, vanished(written, gone + 1, metric), untilEnd(at + gone)),
    )),
  ];
}

/** What reports that something is missing does so where nothing has ever been scraped. */
export function nothingAtAll(written: WrittenOut): AlertTest[] {
  return written.of.ofNothing === true ? [firingTest('fires without any series', written, new Map())] : [];
}
