import { readCases, ruleOf } from './cases';
import { CATALOGUES } from './catalogues';
import { firingTest, holdMinutes, inTheMiddle, isScraped, jobOf, labelled, ruleFileWithoutTexts, writtenOut, WrittenOut } from './generated';
import { failedRuleTests } from './promtool';

/** Names of the tests that promtool finds failing. */
function failing(component: string, testsOf: (each: WrittenOut) => object[]): string[] {
  const rules = CATALOGUES[component];
  const output = failedRuleTests(readCases(component).map((each) => {
    const rule = ruleOf(rules, each);
    return { rules: ruleFileWithoutTexts(rules, rule), tests: testsOf(writtenOut(rule, each)) };
  }));
  const names = [...output.matchAll(/^ +name: (.+),$/gm)].map(([, name]) => name);
  return names.length > 0 ? [...new Set(names)] : output === '' ? [] : [output];
}

/** The samples with one scrape of a job that failed. */
function withLostScrape({ series }: WrittenOut, job: string, lost: number): Map<string, readonly string[]> {
  return new Map([...series].map(([name, samples]) => [
    name, isScraped(name) && jobOf(name) === job ? samples.map((sample, i) => (i === lost ? 'stale' : sample)) : samples,
  ]));
}

/** A second exporter takes over, with the first still there for two scrapes, as while a Deployment is rolled out. */
function withReplacedExporter({ series }: WrittenOut, job: string, at: number): Map<string, readonly string[]> {
  return new Map([...series].flatMap(([name, samples]): Array<[string, readonly string[]]> => (isScraped(name) && jobOf(name) === job ? [
    [labelled(name, 'instance', '10.0.0.9:8080'), samples.map((sample, i) => (i < at + 2 ? sample : i === at + 2 ? 'stale' : '_'))],
    [labelled(name, 'instance', '10.0.0.77:8080'), samples.map((sample, i) => (i < at ? '_' : sample))],
  ] : [[name, samples]])));
}

/** The series of the case in one cluster, beside others in which each of its quiet ones is. */
function besideOthers(each: WrittenOut): Map<string, readonly string[]> {
  const clusters = [each.series, ...each.quiet.values()];
  const always = [...each.series.values()][0].map(() => '1');
  return new Map(clusters.flatMap((series, i) => [...series, ['up{job="another", instance="another"}', always] as const].map(
    ([name, samples]) => [labelled(name, 'cluster', i === 0 ? 'sick' : `well-${i}`), samples] as const,
  )));
}

describe.each(Object.keys(CATALOGUES))('%s', (component) => {
  test('no alert is lost by one failed scrape', () => {
    expect(failing(component, (each) => (holdMinutes(each.rule) === 0 ? [] : [...new Set([...each.series.keys()].filter(isScraped).map(jobOf))].map(
      (job) => firingTest(`survives a lost scrape of ${job}`, each, withLostScrape(each, job, inTheMiddle(each))),
    )))).toEqual([]);
  });

  test('an alert is of the cluster in which something is wrong, whatever others have', () => {
    expect(failing(component, (each) => (each.quiet.size === 0 ? [] : [
      firingTest('is of its cluster', each, besideOthers(each), { cluster: 'sick' }),
    ]))).toEqual([]);
  });
});

test('an alert about an object does not end when kube-state-metrics is replaced', () => {
  const job = 'kube-state-metrics';
  expect(Object.keys(CATALOGUES).flatMap((component) => failing(component, (each) => (
    [...each.series.keys()].some((series) => isScraped(series) && jobOf(series) === job)
      ? [firingTest('outlives its exporter', each, withReplacedExporter(each, job, inTheMiddle(each)))]
      : []
  )))).toEqual([]);
});
