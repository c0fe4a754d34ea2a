import type { Dashboard as DashboardJson } from '../../../dashboards/grafana/json';
import { ClusterProfile, DashboardConfigMaps, KubernetesMonitoring, MonitoringBackend } from '../../../lib';
import { inChart } from '../../charts';

/** Dashboards of the full stack, as a Grafana gets them. */
export function dashboardsOf(backend: MonitoringBackend): DashboardJson[] {
  return inChart((chart) => {
    const stack = new KubernetesMonitoring(chart, 'monitoring', {
      backend, profile: ClusterProfile.kubeadm({ scheduler: true, controllerManager: true, kubeProxy: true, etcd: true }),
    });
    const dashboards = new DashboardConfigMaps(chart, 'dashboards');
    dashboards.show(...stack.monitored);
    expect(dashboards.notes).toEqual([]);
    return dashboards.dashboards.map((dashboard) => JSON.parse(dashboard.toJson()) as DashboardJson);
  });
}
