import { queriesByProxy } from './harness/api-proxy';
import { isListed, OF_OTHER_CLUSTERS, UNTIL_A_FAULT } from './harness/empty-queries';
import { eventually } from './harness/eventually';
import { given, scenario } from './harness/scenario';
import { operated, TWINS, twinDashboards, twins } from './harness/twins';
import { ask } from '../../dashboards/live/ask';
import { faultsIn, queriesIn } from '../dashboards/live-faults';

const queries = queriesByProxy();

describe('every query of every dashboard, asked of a Prometheus of the operator', () => {
  given(400, async () => {
    await twins();
  });

  twinDashboards().forEach((dashboard) => {
    scenario(`of '${dashboard.title}' finds series that can be told apart`, 180, async () => {
      await eventually(`the queries of ${dashboard.uid} find series`, 150, async () => {
        const to = Math.floor(Date.now() / 1000);
        const asked = await ask(queries(operated), dashboard, { from: to - 600, to, scrapeInterval: 10, given: { namespace: TWINS } });
        const empty = queriesIn(dashboard, asked).filter(({ name, found }) => !found && !isListed(name, UNTIL_A_FAULT, OF_OTHER_CLUSTERS));
        expect(empty).toEqual([]);
        expect(faultsIn(dashboard, asked)).toEqual([]);
      });
    });
  });
});
