import type { Dashboard as DashboardJson } from '../../../dashboards/grafana/json';
import { ask } from '../../../dashboards/live/ask';
import type { HttpApi } from '../../../dashboards/live/http-api';
import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { isListed, Reasons } from './empty-queries';
import { eventually } from './eventually';
import { ClusterProfile, DashboardConfigMaps, IMonitored, KubernetesMonitoring, SecretKey } from '../../../lib';
import { inChart, manifests } from '../../charts';
import { faultsIn, queriesIn } from '../../dashboards/live-faults';

/** Dashboards that a chart has in ConfigMaps. */
function dashboardsIn(chart: Chart): DashboardJson[] {
  return manifests(chart)
    .filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels?.grafana_dashboard !== undefined)
    .flatMap(({ data = {} }) => Object.values(data))
    .map((text) => JSON.parse(String(text)) as DashboardJson);
}

/** Dashboards of what is monitored, as a Grafana gets them. */
export function dashboardsOf(chart: Chart, monitored: readonly IMonitored[]): DashboardJson[] {
  const dashboards = new DashboardConfigMaps(chart, 'dashboards');
  dashboards.show(...monitored);
  expect(dashboards.notes).toEqual([]);
  return dashboardsIn(chart);
}

/** Dashboards of the full stack. */
export function dashboardsOfStack(): DashboardJson[] {
  return inChart((chart) => {
    const { monitored } = new KubernetesMonitoring(chart, 'monitoring', {
      profile: ClusterProfile.kubeadm({ scheduler: true, controllerManager: true, kubeProxy: true, etcd: true }),
      grafana: { adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'grafana-admin', 'grafana-admin'), 'password') },
    });
    return dashboardsOf(chart, monitored);
  });
}

/** These of the dashboards of what an app gives that is monitored. */
export function dashboardsOfApp(fill: (chart: Chart) => readonly IMonitored[], uids: readonly string[]): DashboardJson[] {
  const shown = inChart((chart) => {
    new DashboardConfigMaps(chart, 'dashboards').show(...fill(chart));
    return dashboardsIn(chart).filter(({ uid }) => uids.includes(uid));
  });
  expect(shown.map(({ uid }) => uid).sort()).toEqual([...uids].sort());
  return shown;
}

/** Waits until every query of dashboards has found series that can be told apart, but for those that are listed. */
export async function queriesFind(api: HttpApi, dashboards: readonly DashboardJson[], seconds: number, listed: Reasons): Promise<void> {
  const found = new Set<string>();
  await eventually(`the queries of ${dashboards.map(({ uid }) => uid).join(', ')} find series`, seconds, async () => {
    const to = Math.floor(Date.now() / 1000);
    const empty: object[] = [];
    const faults: string[] = [];
    for (const dashboard of dashboards) {
      const asked = await ask(api, dashboard, { from: to - 900, to, scrapeInterval: 10 });
      const all = queriesIn(dashboard, asked);
      all.filter((query) => query.found).forEach(({ name }) => found.add(name));
      empty.push(...all.filter(({ name }) => !found.has(name) && !isListed(name, listed)));
      faults.push(...faultsIn(dashboard, asked));
    }
    expect(empty).toEqual([]);
    expect(faults).toEqual([]);
  });
}
