import { Secret } from 'cdk8s-plus-27';
import { ask } from './harness/dashboards';
import { eventually } from './harness/eventually';
import { fullStack, prometheus, STACK_NAMESPACE } from './harness/reference';
import { given, scenario } from './harness/scenario';
import type { Dashboard as DashboardJson } from '../../dashboards/grafana/json';
import { ClusterProfile, DashboardConfigMaps, KubernetesMonitoring, SecretKey } from '../../lib';
import { inChart } from '../charts';
import { panelsOf } from '../dashboards/support';

/** Panels, or single queries of them, without series on a small cluster where all is well, each with the reason. */
const RIGHTLY_EMPTY: Readonly<Record<string, string>> = {
  'alerts: Firing alerts': 'no alert fires',
  'alerts: When alerts fired': 'no alert fires',
  'alerts: Alerts by severity': 'no alert fires',
  'alerts: Alerts by namespace': 'no alert fires',
  'grafana: Failed requests': 'no request fails',
  'grafana: Failed requests by handler': 'no request fails',
  'grafana: Failed queries': 'nobody looks at a dashboard',
  'grafana: Requests to data sources': 'the same',
  'grafana: Failed requests to data sources': 'the same',
  'grafana: Latency of data sources': 'the same',
  'kubernetes-cluster: Restarts': 'no container restarts',
  'kubernetes-kubelet: Certificates end in': 'kubelets whose certificate is not renewed have no such series',
  'kubernetes-kubelet: Failed probes': 'no probe fails',
  'kubernetes-kubelet: Failed operations': 'no operation of the container runtime fails',
  'kubernetes-namespace: CPU throttled': 'no container of the stack has a CPU limit',
  'kubernetes-namespace: CPU C': 'no container of the stack has a CPU limit',
  'kubernetes-namespace: Containers that wait': 'no container waits',
  'kubernetes-namespace: Restarts by container': 'no container restarts',
  'kubernetes-namespace: Quotas by use': 'the namespace has no quota',
  'kubernetes-node: Disk busy': 'the machine of the cluster has no disk of its own where it is a container',
  'kubernetes-node: Disk queue': 'the same',
  'kubernetes-node: Disk throughput': 'the same',
  'kubernetes-node: Disk requests': 'the same',
  'kubernetes-node: Disk latency': 'the same',
  'kubernetes-node: Pressure': 'the kernel has no PSI, or it is not enabled',
  'kubernetes-nodes: CPU pressure': 'the same',
  'kubernetes-nodes: Memory pressure': 'the same',
  'kubernetes-nodes: Disk pressure': 'the same',
  'kubernetes-nodes: Disk utilization': 'as in kubernetes-node',
  'kubernetes-nodes: Disk saturation': 'as in kubernetes-node',
  'kubernetes-pod: CPU throttled': 'no container of the stack has a CPU limit',
  'kubernetes-pod: Throttling': 'no container of the stack has a CPU limit',
  'kubernetes-pod: CPU C': 'no container of the stack has a CPU limit',
  'kubernetes-pod: Disk throughput': 'the Pod, of Alertmanager, neither reads from a disk nor writes to one',
  'kubernetes-volumes: Fullest volume': 'volumes that are folders of the node do not say how full they are',
  'kubernetes-volumes: Fullest by inodes': 'the same',
  'kubernetes-volumes: Volumes by use': 'the same',
  'kubernetes-volumes: Requested': 'the namespace has no claim',
  'kubernetes-volumes: Claims by phase': 'the namespace has no claim',
  'kubernetes-volumes: Space used': 'the same',
  'kubernetes-volumes: Inodes used': 'the same',
  'kubernetes-workload: CPU throttled': 'no container of the stack has a CPU limit',
  'kubernetes-workload: Throttling': 'no container of the stack has a CPU limit',
  'kubernetes-workload: CPU C': 'no container of the stack has a CPU limit',
  'kubernetes-workload: Restarts by container': 'no container restarts',
};

/** Dashboards of the full stack, as a Grafana gets them. */
const shown: DashboardJson[] = inChart((chart) => {
  const stack = new KubernetesMonitoring(chart, 'monitoring', {
    profile: ClusterProfile.kubeadm({ scheduler: true, controllerManager: true, kubeProxy: true, etcd: true }),
    grafana: { adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'grafana-admin', 'grafana-admin'), 'password') },
  });
  const dashboards = new DashboardConfigMaps(chart, 'dashboards');
  dashboards.show(...stack.monitored);
  expect(dashboards.notes).toEqual([]);
  return dashboards.dashboards.map((dashboard) => JSON.parse(dashboard.toJson()));
});

const isRightlyEmpty = (name: string) => Object.keys(RIGHTLY_EMPTY).some((known) => name === known || name.replace(/ [A-Z]$/, '') === known);

describe('every query of every dashboard', () => {
  given(300, async () => {
    await fullStack();
  });

  shown.forEach((dashboard) => {
    scenario(`of '${dashboard.title}' finds series`, 180, async () => {
      await eventually(`the queries of ${dashboard.uid} find series`, 150, async () => {
        const asked = await ask(prometheus, dashboard, { namespace: STACK_NAMESPACE });
        expect(asked.filter(({ series, name }) => series === 0 && !isRightlyEmpty(name)).map(({ name, expr }) => `${name}: ${expr}`)).toEqual([]);
      });
    });
  });

  it('that may be empty is one of a dashboard that is there', () => {
    const names = shown.flatMap((dashboard) => panelsOf(dashboard).flatMap(({ title, targets }) => (
      [`${dashboard.uid}: ${title}`, ...targets.map(({ refId }) => `${dashboard.uid}: ${title} ${refId}`)]
    )));
    expect(Object.keys(RIGHTLY_EMPTY).filter((known) => !names.includes(known))).toEqual([]);
  });
});
