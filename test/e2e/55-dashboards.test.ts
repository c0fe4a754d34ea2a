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
  'alertmanager: Failed notifications': 'the stack notifies nobody',
  'alertmanager: Replicas in touch': 'one replica is no cluster',
  'alertmanager: Notifications sent': 'the stack notifies nobody',
  'alertmanager: Notifications failed': 'the stack notifies nobody',
  'alertmanager: Notification time': 'the stack notifies nobody',
  'alertmanager: Failures by reason': 'the stack notifies nobody',
  'alertmanager: Notifications suppressed': 'the stack notifies nobody',
  'alertmanager: Members': 'one replica is no cluster',
  'alertmanager: Gossip': 'one replica is no cluster',
  'alertmanager: Messages that wait': 'one replica is no cluster',
  'alertmanager: Ping time': 'one replica is no cluster',
  'alertmanager: Health': 'one replica is no cluster',
  'alerts: Firing alerts': 'no alert fires',
  'alerts: When alerts fired': 'no alert fires',
  'alerts: Alerts by severity': 'no alert fires',
  'alerts: Alerts by namespace': 'no alert fires',
  'coredns: Forwarded queries': 'the cluster has no DNS server to forward to',
  'coredns: Failed by upstream server': 'the same',
  'coredns: Latency of upstream servers': 'the same',
  'coredns: Time until names resolve': 'no endpoint of a headless Service changes',
  'etcd: Round trip between members': 'etcd has a single member',
  'etcd: Traffic between members': 'the same',
  'etcd: Failures between members': 'the same',
  'etcd: Latency by method': 'etcd runs without --metrics=extensive',
  'kubernetes-apiserver: Errors by resource': 'no request fails',
  'kubernetes-apiserver: Rejected requests': 'no request is rejected',
  'kubernetes-apiserver: Webhook latency': 'the cluster has no admission webhook',
  'kubernetes-apiserver: Webhook calls': 'the same',
  'kubernetes-apiserver: Webhook failures': 'the same',
  'kubernetes-apiserver: Deprecated APIs in use': 'no client uses a deprecated API',
  'kubernetes-apiserver: Unavailable APIs': 'all APIs are available',
  'grafana: Failed requests': 'no request fails',
  'grafana: Failed requests by handler': 'no request fails',
  'grafana: Failed queries': 'nobody looks at a dashboard',
  'grafana: Requests to data sources': 'the same',
  'grafana: Failed requests to data sources': 'the same',
  'grafana: Latency of data sources': 'the same',
  'kubernetes-cluster: Restarts': 'no container restarts',
  'kubernetes-controller-manager: Finished Jobs': 'the cluster has no Job',
  'kubernetes-controller-manager: Delay of CronJobs': 'the cluster has no CronJob',
  'kubernetes-controller-manager: Autoscaler decisions': 'the cluster has no autoscaler',
  'kubernetes-controller-manager: Attached volumes': 'no volume is attached',
  'kubernetes-kube-proxy: Failed syncs by node': 'no sync fails',
  'kubernetes-kube-proxy: Programming time': 'no endpoint changes',
  'kubernetes-kube-proxy: Time to program the network': 'the same',
  'kubernetes-kube-proxy: Time to program by node': 'the same',
  'kubernetes-kube-proxy: Sync time': 'the same',
  'kubernetes-kube-proxy: Sync time by node': 'the same',
  'kubernetes-kube-proxy: iptables rules': 'kube-proxy runs in mode nftables',
  'kubernetes-autoscaling: Changes of replicas': 'the namespace has no HorizontalPodAutoscaler',
  'kubernetes-autoscaling: Autoscalers by use': 'the same',
  'kubernetes-autoscaling: Metrics by target': 'the same',
  'kubernetes-autoscaling: Replicas': 'the same',
  'kubernetes-autoscaling: Replicas of maximum': 'the same',
  'kubernetes-autoscaling: Metrics of target': 'the same',
  'kubernetes-autoscaling: Changes by autoscaler': 'the same',
  'kubernetes-autoscaling: Budgets by Pods': 'the namespace has no PodDisruptionBudget: nothing has several replicas',
  'kubernetes-autoscaling: Pods that may go': 'the same',
  'kubernetes-jobs: Longest run': 'the namespace has no Job and no CronJob',
  'kubernetes-jobs: CronJobs by last success': 'the same',
  'kubernetes-jobs: Jobs that failed or run': 'the same',
  'kubernetes-jobs: Failed Jobs by reason': 'the same',
  'kubernetes-jobs: Run time': 'the same',
  'kubernetes-jobs: Time since the last success': 'the same',
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
  'kubernetes-scheduler: Time to schedule': 'no new Pod needs a node',
  'kubernetes-scheduler: Reasons': 'no Pod is unschedulable',
  'kubernetes-scheduler: Time until a Pod has a node': 'no new Pod needs a node',
  'kubernetes-scheduler: Time of an attempt': 'the same',
  'kubernetes-scheduler: Extension points': 'the same',
  'kubernetes-scheduler: Slowest plugins': 'the same',
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
  'probes: Targets that fail': 'nothing asks to be probed',
  'probes: Availability': 'nothing asks to be probed',
  'probes: Slowest target': 'nothing asks to be probed',
  'probes: First certificate ends in': 'nothing asks to be probed',
  'probes: Probes that are made': 'nothing asks to be probed',
  'probes: Targets by state': 'nothing asks to be probed',
  'probes: When targets failed': 'nothing asks to be probed',
  'probes: Status codes': 'nothing asks to be probed',
  'probes: Certificates': 'nothing asks to be probed',
  'probes: Slowest targets': 'nothing asks to be probed',
  'probes: HTTP by phase': 'nothing asks to be probed',
  'probes: Other protocols by phase': 'nothing asks to be probed',
  'probes: Name resolution': 'nothing asks to be probed',
  'prometheus: Compaction time': 'nothing is compacted in the first two hours',
  'prometheus: Space D': 'the Prometheus has no limit by size',
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
