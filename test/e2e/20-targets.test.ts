import { lines } from './harness/contract';
import { eventually } from './harness/eventually';
import { fullStack, prometheus } from './harness/reference';
import { given, scenario } from './harness/scenario';
import { DISCOVERED_JOBS, everyTargetIsUp, OPENED_SERVICES, REFERENCE_SERVICES } from './harness/stack-checks';

describe('the targets of the full stack', () => {
  given(300, async () => {
    await fullStack();
  });

  scenario('are those of the cluster, each with the labels of the contract, and all are up', 150, async () => {
    await eventually('every target is up', 100, () => everyTargetIsUp([...REFERENCE_SERVICES, ...OPENED_SERVICES]));
  });

  scenario('leave no job without targets, no two targets with the same labels, and nothing scraped twice', 30, async () => {
    const [pools, targets] = await Promise.all([prometheus.scrapePools(), prometheus.activeTargets()]);
    const idle = pools.filter((pool) => targets.every(({ scrapePool }) => scrapePool !== pool));
    expect(idle.filter((pool) => !DISCOVERED_JOBS.includes(pool.split('/')[0]))).toEqual([]);
    const all = lines(targets.map(({ labels }) => labels));
    expect(all).toEqual([...new Set(all)]);
    const urls = targets.map(({ scrapeUrl }) => scrapeUrl).sort();
    expect(urls).toEqual([...new Set(urls)]);
  });
});
