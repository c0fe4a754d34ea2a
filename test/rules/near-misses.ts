import { AlertTest } from './promtool';
import { labelOf, relabelled } from './series-names';
import { AllSamples, firingTest, WrittenOut } from './written-out';

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
