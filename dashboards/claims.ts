/** Claims that databases keep their data in, by the kubelet's word. */
import { dashed, Sized, timeSeries } from './grafana/panels';
import { kubelet } from './queries';

const volume = (metric: string) => `kubelet_volume_stats_${metric}_bytes{${kubelet()}}`;
const byClaim = '{{namespace}}/{{persistentvolumeclaim}}';

/** Series of the claims of a StatefulSet's Pods, of which these are the matchers: a claim is named after its Pod. */
function ofPods(matchers: string, expr: string): string {
  const pods = `max by (cluster, namespace, persistentvolumeclaim) (label_replace(up{${matchers}}, "persistentvolumeclaim", "data-$1", "pod", "(.+)"))`;
  return `max by (cluster, namespace, persistentvolumeclaim) (${expr}) and on (cluster, namespace, persistentvolumeclaim) ${pods}`;
}

/** Percentage of each claim that is free. */
export const freeOfClaims = (matchers: string): string => ofPods(matchers, `100 * ${volume('available')} / ${volume('capacity')}`);

/** Space of claims that is used, and their sizes. */
export function claimPanel(matchers: string): Sized {
  return timeSeries('Claim', {
    description: 'Space of the claim that is used, and its size, which is dashed. Shards that are past the retention free theirs at once.', unit: 'bytes', width: 12,
    overrides: [dashed(/^size/)],
    queries: [
      { expr: `topk(20, ${ofPods(matchers, volume('used'))})`, legend: byClaim },
      { expr: `topk(20, ${ofPods(matchers, volume('capacity'))})`, legend: `size ${byClaim}` },
    ],
  });
}
