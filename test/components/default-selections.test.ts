import {
  ApiServerMonitor, BlackboxExporter, ControllerManagerMonitor, CoreDnsMonitor, EtcdMonitor, KubeletMonitor, KubeProxyMonitor, KubeStateMetrics,
  NodeCollector, NodeExporterDaemonSet, SchedulerMonitor,
} from '../../lib/components';
import { IMonitored } from '../../lib/monitoring';
import { inChart } from '../charts';

const things = inChart((chart): Array<[string, IMonitored]> => [
  ['apiserver', new ApiServerMonitor(chart, 'apiserver')],
  ['blackbox', new BlackboxExporter(chart, 'blackbox')],
  ['controller-manager', new ControllerManagerMonitor(chart, 'kube-controller-manager')],
  ['coredns', new CoreDnsMonitor(chart, 'coredns')],
  ['etcd', new EtcdMonitor(chart, 'etcd')],
  ['kubelet', new KubeletMonitor(chart, 'kubelet')],
  ['kube-proxy', new KubeProxyMonitor(chart, 'kube-proxy')],
  ['kube-state-metrics', new KubeStateMetrics(chart, 'kube-state-metrics')],
  ['node', new NodeExporterDaemonSet(chart, 'node-exporter', { enabledCollectors: [NodeCollector.SYSTEMD] })],
  ['scheduler', new SchedulerMonitor(chart, 'kube-scheduler')],
]);

test.each(things)('what %s leaves out by default is used by no rule', (_, { monitoring }) => {
  const { jobs = [], rules } = monitoring;
  const used = rules!._metrics();
  expect(used.length).toBeGreaterThan(0);
  const dropped = jobs.flatMap(({ endpoints }) => endpoints).flatMap(({ path, metrics }) => used
    .filter((metric) => metrics.dropsMetric(metric))
    .map((metric) => `${metric} at ${path}`));
  expect(dropped).toEqual([]);
});
