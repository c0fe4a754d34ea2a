import { queriesByProxy } from '../harness/api-proxy';
import { apply, synthesize } from '../harness/apps';
import { dashboardsOfStack } from '../harness/dashboards';
import { isListed, OF_OTHER_CLUSTERS, UNTIL_A_FAULT } from '../harness/empty-queries';
import { etcdImage } from '../harness/etcd-of-three';
import { eventually } from '../harness/eventually';
import { FAULTS, faults } from '../harness/faults';
import { kubectl } from '../harness/kubectl';
import { failSync, provoke } from '../harness/provoke';
import { given, scenario } from '../harness/scenario';
import { operated, plain, TWINS, twinDashboards, twins, writeTwins } from '../harness/twins';
import type { Dashboard as DashboardJson } from '../../../dashboards/grafana/json';
import { ask } from '../../../dashboards/live/ask';
import { faultsIn, queriesIn } from '../../dashboards/live-faults';
import { panelsOf } from '../../dashboards/support';

const queries = queriesByProxy();
const dashboards = twinDashboards({ troubled: true });
/** What is chosen in dashboards: each workload with a fault, and its Pod. */
const WORKLOADS = ['crashing', 'hungry', 'throttled', 'without-image', 'filling'];

async function podOf(namespace: string, selector: string): Promise<string> {
  return (await kubectl(['get', 'pods', '--namespace', namespace, '--selector', selector, '--output', 'jsonpath={.items[0].metadata.name}'])).trim();
}

/** Values of variables, one after the other. */
async function choices(): Promise<Record<string, string>[]> {
  const ofWorkloads = await Promise.all(WORKLOADS.map(async (workload) => ({ namespace: FAULTS, workload, pod: await podOf(FAULTS, `app=${workload}`) })));
  return [{ namespace: TWINS, pod: await podOf(TWINS, 'app.kubernetes.io/name=prometheus') }, ...ofWorkloads];
}

/** Of these values those of variables of which one has to be chosen, each set of them once. */
function neededBy({ templating: { list } }: DashboardJson, all: readonly Record<string, string>[]): Record<string, string>[] {
  const open = list.filter((variable) => variable.type === 'query' && !variable.includeAll).map(({ name }) => name);
  const needed = all.map((values) => Object.fromEntries(Object.entries(values).filter(([name]) => open.includes(name))));
  return [...new Map(needed.map((values) => [JSON.stringify(values), values])).values()];
}

/** Names of the queries of dashboards, and of the panels that these are of. */
function namesIn(all: readonly DashboardJson[]): { queries: string[]; panels: string[] } {
  const panels = all.flatMap((dashboard) => panelsOf(dashboard).map(({ title, targets }) => ({ name: `${dashboard.uid}: ${title}`, targets })));
  return { queries: panels.flatMap(({ name, targets }) => targets.map(({ refId }) => `${name} ${refId}`)), panels: panels.map(({ name }) => name) };
}

describe('where there are faults', () => {
  given(400, async () => {
    await twins();
    await apply(await writeTwins({ troubled: true }, 'troubled'));
    // No namespace goes while an API is unavailable, as one of them is.
    const images = { etcd: await etcdImage() };
    await apply(synthesize(FAULTS, (chart) => faults(chart, images)));
    await failSync();
  });

  ([['a Prometheus without an operator', plain], ['a Prometheus of the operator', operated]] as const).forEach(([name, api]) => {
    scenario(`dashboards of ${name} show them: no query is empty any more`, 400, async () => {
      const found = new Set<string>();
      await eventually('every query has found series', 360, async () => {
        await provoke(TWINS);
        const to = Math.floor(Date.now() / 1000);
        const wrong = new Set<string>();
        const values = await choices();
        for (const dashboard of dashboards) {
          for (const chosen of neededBy(dashboard, values)) {
            const asked = await ask(queries(api), dashboard, { from: to - 600, to, scrapeInterval: 10, given: chosen });
            queriesIn(dashboard, asked).filter((query) => query.found).forEach((query) => found.add(query.name));
            faultsIn(dashboard, asked).forEach((fault) => wrong.add(fault));
          }
        }
        expect(namesIn(dashboards).queries.filter((query) => !found.has(query) && !isListed(query, OF_OTHER_CLUSTERS))).toEqual([]);
        expect([...wrong]).toEqual([]);
      });
    });
  });

  it('no reason is given for a query that is in no dashboard', () => {
    const stack = namesIn(dashboardsOfStack());
    const twin = namesIn(dashboards);
    const names = [...stack.queries, ...stack.panels, ...twin.queries, ...twin.panels];
    expect([UNTIL_A_FAULT, OF_OTHER_CLUSTERS].flatMap(Object.keys).filter((known) => !names.includes(known))).toEqual([]);
  });
});
