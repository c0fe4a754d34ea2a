import { queriesByProxy } from './harness/api-proxy';
import { dashboardsOf } from './harness/dashboards';
import { isListed, OF_OTHER_CLUSTERS, UNTIL_A_FAULT } from './harness/empty-queries';
import { eventually } from './harness/eventually';
import { fullStack, prometheus, STACK_NAMESPACE } from './harness/reference';
import { given, scenario } from './harness/scenario';
import { ask } from '../../dashboards/live/ask';
import { MonitoringBackend } from '../../lib';
import { faultsIn, queriesIn } from '../dashboards/live-faults';
import { panelsOf } from '../dashboards/support';

const shown = dashboardsOf(MonitoringBackend.plain());
const queries = queriesByProxy();

describe('every query of every dashboard', () => {
  given(300, async () => {
    await fullStack();
  });

  shown.forEach((dashboard) => {
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

  it('that may be empty is one of a dashboard that is there', () => {
    const all = [...shown, ...dashboardsOf(MonitoringBackend.operator())];
    const names = all.flatMap((dashboard) => panelsOf(dashboard).flatMap(({ title, targets }) => (
      [`${dashboard.uid}: ${title}`, ...targets.map(({ refId }) => `${dashboard.uid}: ${title} ${refId}`)]
    )));
    expect([UNTIL_A_FAULT, OF_OTHER_CLUSTERS].flatMap(Object.keys).filter((known) => !names.includes(known))).toEqual([]);
  });
});
