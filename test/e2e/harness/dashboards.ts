import type { Dashboard as DashboardJson } from '../../../dashboards/grafana/json';
import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { ClusterProfile, DashboardConfigMaps, IMonitored, KubernetesMonitoring, SecretKey } from '../../../lib';
import { inChart, manifests } from '../../charts';

/** Dashboards of what is monitored, as a Grafana gets them. */
export function dashboardsOf(chart: Chart, monitored: readonly IMonitored[]): DashboardJson[] {
  const dashboards = new DashboardConfigMaps(chart, 'dashboards');
  dashboards.show(...monitored);
  expect(dashboards.notes).toEqual([]);
  return manifests(chart)
    .filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels?.grafana_dashboard !== undefined)
    .flatMap(({ data = {} }) => Object.values(data))
    .map((text) => JSON.parse(String(text)) as DashboardJson);
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
