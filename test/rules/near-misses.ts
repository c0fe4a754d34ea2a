import { Case } from './cases';
import { AlertTest } from './promtool';
import { labelOf, metricOf, relabelled } from './series-names';
import { AllSamples, firingTest, isValue, quietTest, Samples, WrittenOut } from './written-out';

/** Factor of values of what is almost right, with which a sum or a ratio is far off. */
const LARGE = 1000;

/** A label and a value that make a series another thing's, of one metric or of all that have the label. */
interface Strange {
  readonly metric?: string;
  readonly label: string;
  readonly value: string;
}

function strangers(labels: Exclude<Case['others'], undefined>): Strange[] {
  return Object.entries(labels).flatMap(([key, values]) => {
    const [label, metric] = key.split('.').toReversed();
    return [values].flat().map((value) => ({ metric, label, value }));
  });
}

/** Throws unless a series of the case has what a fact is about. */
function checkFact(fact: string, { rule, series, quiet }: WrittenOut, labels: Exclude<Case['others'], undefined>): void {
  const names = [series, ...quiet.values()].flatMap((each) => [...each.keys()]);
  const idle = strangers(labels).find((strange) => !names.some((name) => isMeant(strange, name)));
  if (idle !== undefined) {
    throw new Error(`case of ${rule.alert}: ${fact} '${idle.label}' proves nothing, for no series has the label`);
  }
}

function isMeant({ metric, label }: Strange, series: string): boolean {
  return metric === undefined ? labelOf(series, label) !== '' : metricOf(series) === metric;
}

const large = (samples: Samples): Samples => samples.map((sample) => (isValue(sample) ? `${Number(sample) * LARGE}` : sample));

/** Series that are almost those given: of another job, another kind of resource and so on. */
export function almost(series: AllSamples, others: Case['others']): Array<[string, Samples]> {
  return strangers({ job: 'another', ...others }).flatMap((strange) => (
    [...series].filter(([name]) => isMeant(strange, name)).flatMap(([name, samples]): Array<[string, Samples]> => {
      const other = relabelled(name, strange.label, strange.value);
      return [[other, samples], [relabelled(other, 'size', 'large'), large(samples)]];
    })
  ));
}

/** The first series and, of the second ones, those of other names. */
export function beside(series: AllSamples, more: Iterable<readonly [string, Samples]>): AllSamples {
  return new Map([...more, ...series]);
}

/** Nothing changes by series of which a label says that they are another thing's, be they of something sick or of something well. */
export function nearMisses(written: WrittenOut): AlertTest[] {
  const { series, quiet, of: { others } } = written;
  checkFact('others', written, others ?? {});
  return [...quiet].flatMap(([why, well]) => [
    quietTest(`is quiet beside what almost makes it fire: ${why}`, written, beside(well, almost(series, others))),
    firingTest(`fires beside what almost keeps it quiet: ${why}`, written, beside(series, almost(well, others))),
  ]);
}

/** What makes an alert fire does not with another value of a label. */
export function harmless(written: WrittenOut): AlertTest[] {
  checkFact('harmless', written, written.of.harmless ?? {});
  return strangers(written.of.harmless ?? {}).map((strange) => quietTest(
    `is quiet with ${strange.label}="${strange.value}"`, written,
    new Map([...written.series].map(([name, samples]) => [isMeant(strange, name) ? relabelled(name, strange.label, strange.value) : name, samples])),
  ));
}

/** Whether what does not have the label is the same in both. */
function shareTheRest(label: string, a: AllSamples, b: AllSamples): boolean {
  const rest = (all: AllSamples) => JSON.stringify([...all].filter(([name]) => labelOf(name, label) === '').sort());
  return rest(a) === rest(b);
}

/** Beside a sick object one that is well, and differs by one label, changes nothing and has no alert. */
export function twoObjects(written: WrittenOut): AlertTest[] {
  const { series, quiet, of: { apart = [] } } = written;
  return apart.map((label) => {
    const well = [...quiet.values()].filter((each) => shareTheRest(label, each, series)).flatMap((each, i) => [...each].map(([name, samples]) => (
      [labelOf(name, label) === '' ? name : relabelled(name, label, `${labelOf(name, label)}-${i}`), samples] as const
    )));
    if (well.length === 0) {
      throw new Error(`case of ${written.rule.alert}: apart '${label}' proves nothing, for all that keeps it quiet differs in series without the label too`);
    }
    return firingTest(`fires for one and not for another ${label}`, written, beside(series, well));
  });
}

/** The series of the case in one cluster, beside others in which each of its quiet ones is. */
function besideOthers({ series, quiet }: WrittenOut): AllSamples {
  const clusters = [series, ...quiet.values()];
  const always = [...series.values()][0].map(() => '1');
  return new Map(clusters.flatMap((each, i) => [...each, ['up{job="another", instance="another"}', always] as const].map(
    ([name, samples]) => [labelOf(name, 'cluster') === '' ? relabelled(name, 'cluster', i === 0 ? 'sick' : `well-${i}`) : name, samples] as const,
  )));
}

/** An alert is of the cluster in which something is wrong, whatever others have. */
export function otherClusters(written: WrittenOut): AlertTest[] {
  return written.quiet.size === 0 ? [] : [firingTest('is of its cluster', written, besideOthers(written), { cluster: 'sick' })];
}
