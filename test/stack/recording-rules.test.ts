import { Chart, Testing } from 'cdk8s';
import { GRAFANA, Stack } from './support';
import {
  AlertingRule, ClusterProfile, KubernetesMonitoring, KubernetesMonitoringProps, MonitoringBackend, MonitoringPart, RecordingRules, RuleEdit,
  RuleGroup, Severity,
} from '../../lib';
import { Loose } from '../manifests';
import { COMMUNITY_RECORDS } from '../rules/community-records';

const OPEN = ClusterProfile.kubeadm({ scheduler: true });
const COMMUNITY = { profile: OPEN, grafana: GRAFANA, prometheus: { recordingRules: RecordingRules.COMMUNITY } };
const NAMES = [...new Set(COMMUNITY_RECORDS.map(({ record }) => record))].sort();

/** Names of recorded series, each once. */
function recordsOf(groups: readonly Loose[]): string[] {
  return [...new Set<string>(groups.flatMap(({ rules }) => rules).flatMap(({ record }: Loose) => record ?? []))].sort();
}

/** Rule groups of the operator's resources. */
function groupsIn(chart: Chart): Loose[] {
  return Testing.synth(chart).filter(({ kind }) => kind === 'PrometheusRule').flatMap(({ spec }: Loose) => spec.groups);
}

const communityRecords = (props: KubernetesMonitoringProps) => recordsOf(new Stack(props).groups).filter((name) => NAMES.includes(name));

test('by default those exist that alerts use', () => {
  expect(recordsOf(new Stack({ profile: OPEN }).groups)).toEqual(['apiserver_request:good:rate5m', 'apiserver_request:slo:rate5m']);
});

test('one option brings all of the community, on both backends', () => {
  expect(communityRecords(COMMUNITY)).toEqual(NAMES);
  const chart = new Chart(Testing.app(), 'test');
  new KubernetesMonitoring(chart, 'monitoring', { ...COMMUNITY, backend: MonitoringBackend.operator() });
  expect(recordsOf(groupsIn(chart))).toEqual(recordsOf(new Stack(COMMUNITY).groups));
});

test('a record follows the name of its job, and goes with its component', () => {
  const stack = new Stack({ ...COMMUNITY, nodeExporter: { jobName: 'machines' }, without: [MonitoringPart.KUBELET] });
  expect(JSON.stringify(stack.groups)).toContain('node_load1{job=\\"machines\\"} / instance:node_num_cpu:sum{job=\\"machines\\"}');
  expect(stack.jobsInRules).not.toContain('node-exporter');
  const missing = NAMES.filter((name) => !recordsOf(stack.groups).includes(name));
  expect(missing.filter((name) => !/container_|kubelet_/.test(name))).toEqual([]);
  expect(missing).toHaveLength(7);
});

test('a rule of a user has the records that it uses, and one that is not wanted goes', () => {
  const chart = new Chart(Testing.app(), 'test');
  new KubernetesMonitoring(chart, 'monitoring', { profile: OPEN, backend: MonitoringBackend.operator() }).prometheus.addRules(new RuleGroup({
    name: 'mine',
    rules: [new AlertingRule({ alert: 'Busy', expr: 'cluster:node_cpu:ratio_rate5m > 0.9', severity: Severity.INFO, summary: 's', description: 'd' })],
  }));
  expect(recordsOf(groupsIn(chart)).filter((name) => NAMES.includes(name))).toEqual(['cluster:node_cpu:ratio_rate5m', 'node:node_cpu_utilization:ratio_rate5m']);
  expect(communityRecords({ ...COMMUNITY, ruleEdits: [RuleEdit.without('count:up1')] })).toEqual(NAMES.filter((name) => name !== 'count:up1'));
});
