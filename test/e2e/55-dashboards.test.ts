import { queriesByProxy } from './harness/api-proxy';
import { dashboardsOfStack } from './harness/dashboards';
import { isListed, OF_OTHER_CLUSTERS, UNTIL_A_FAULT } from './harness/empty-queries';
import { eventually } from './harness/eventually';
import { fullStack, prometheus, STACK_NAMESPACE } from './harness/reference';
import { given, scenario } from './harness/scenario';
import { ask } from '../../dashboards/live/ask';
import { faultsIn, queriesIn } from '../dashboards/live-faults';

const queries = queriesByProxy();

describe('every query of every dashboard', () => {
  given(300, async () => {
    await fullStack();
  });

  dashboardsOfStack().forEach((dashboard) => {
    scenario(`of '${dashboard.title}' finds series that can be told apart`, 180, async () => {
      await eventually(`the queries of ${dashboard.uid} find series`, 150, async () => {
        const to = Math.floor(Date.now() / 1000);
        const asked = await ask(queries(prometheus), dashboard, { from: to - 900, to, scrapeInterval: 30, given: { namespace: STACK_NAMESPACE } });
        const empty = queriesIn(dashboard, asked).filter(({ name, found }) => !found && !isListed(name, UNTIL_A_FAULT, OF_OTHER_CLUSTERS));
        expect(empty).toEqual([]);
        expect(faultsIn(dashboard, asked)).toEqual([]);
      });
    });
  });
});
