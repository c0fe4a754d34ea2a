import { Chart, Testing } from 'cdk8s';
import {
  ApiServerMonitor, BlackboxExporter, ControllerManagerMonitor, CoreDnsMonitor, EtcdMonitor, KubeletMonitor, KubeProxyMonitor, KubeStateMetrics,
  NodeExporterDaemonSet, SchedulerMonitor,
} from '../../lib/components';
import { alertmanagerRules } from '../../lib/components/alertmanager/alertmanager-rules';
import { prometheusOperatorRules } from '../../lib/components/operator/prometheus-operator-rules';
import { prometheusRules } from '../../lib/components/prometheus/prometheus-rules';
import { RuleSet } from '../../lib/monitoring';

const chart = new Chart(Testing.app(), 'jobs');

const COMPONENTS: ReadonlyArray<readonly [string, (id: string, jobName?: string) => RuleSet | undefined]> = [
  ['ApiServerMonitor', (id, jobName) => new ApiServerMonitor(chart, `api-${id}`, { jobName }).monitoring.rules],
  ['BlackboxExporter', (id, jobName) => new BlackboxExporter(chart, `blackbox-${id}`, { jobName }).monitoring.rules],
  ['ControllerManagerMonitor', (id, jobName) => new ControllerManagerMonitor(chart, `manager-${id}`, { jobName }).monitoring.rules],
  ['CoreDnsMonitor', (id, jobName) => new CoreDnsMonitor(chart, `dns-${id}`, { jobName }).monitoring.rules],
  ['EtcdMonitor', (id, jobName) => new EtcdMonitor(chart, `etcd-${id}`, { jobName }).monitoring.rules],
  ['KubeletMonitor', (id, jobName) => new KubeletMonitor(chart, `kubelet-${id}`, { jobName }).monitoring.rules],
  ['KubeProxyMonitor', (id, jobName) => new KubeProxyMonitor(chart, `proxy-${id}`, { jobName }).monitoring.rules],
  ['KubeStateMetrics', (id, jobName) => new KubeStateMetrics(chart, `state-${id}`, { jobName }).monitoring.rules],
  ['NodeExporterDaemonSet', (id, jobName) => new NodeExporterDaemonSet(chart, `node-${id}`, { jobName }).monitoring.rules],
  ['SchedulerMonitor', (id, jobName) => new SchedulerMonitor(chart, `scheduler-${id}`, { jobName }).monitoring.rules],
  ['prometheusRules', (_, jobName) => prometheusRules({ jobName })],
  ['alertmanagerRules', (_, jobName) => alertmanagerRules({ jobName })],
  ['prometheusOperatorRules', (_, jobName) => prometheusOperatorRules({ jobName })],
];

test.each(COMPONENTS)('%s: a second one, of another job, brings groups of other names', (_, rulesOf) => {
  const usual = rulesOf('first') ?? RuleSet.EMPTY;
  const other = rulesOf('second', 'second-job') ?? RuleSet.EMPTY;
  expect(usual.groups.length).toBeGreaterThan(0);
  expect(other.groups.map(({ name }) => name)).toEqual(usual.groups.map(({ name }) => `${name}-second-job`));
  expect(usual.merged(other).groups).toHaveLength(2 * usual.groups.length);
});
