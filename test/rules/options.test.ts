import { Duration } from 'cdk8s';
import { stringify } from 'yaml';
import { AlertmanagerRuleOptions } from '../../lib/components/alertmanager/alertmanager-rule-options';
import { alertmanagerRules } from '../../lib/components/alertmanager/alertmanager-rules';
import { ApiServerRuleOptions } from '../../lib/components/apiserver/apiserver-rule-options';
import { apiServerRules } from '../../lib/components/apiserver/apiserver-rules';
import { BlackboxRuleOptions } from '../../lib/components/blackbox/blackbox-rule-options';
import { blackboxRules } from '../../lib/components/blackbox/blackbox-rules';
import { ControllerManagerRuleOptions } from '../../lib/components/controller-manager/controller-manager-rule-options';
import { controllerManagerRules } from '../../lib/components/controller-manager/controller-manager-rules';
import { CoreDnsRuleOptions } from '../../lib/components/coredns/coredns-rule-options';
import { coreDnsRules } from '../../lib/components/coredns/coredns-rules';
import { EtcdRuleOptions } from '../../lib/components/etcd/etcd-rule-options';
import { etcdRules } from '../../lib/components/etcd/etcd-rules';
import { GeneralRuleOptions } from '../../lib/components/general/general-rule-options';
import { generalRules } from '../../lib/components/general/general-rules';
import { KubeProxyRuleOptions } from '../../lib/components/kube-proxy/kube-proxy-rule-options';
import { kubeProxyRules } from '../../lib/components/kube-proxy/kube-proxy-rules';
import { KubeStateRuleOptions } from '../../lib/components/kube-state/kube-state-rule-options';
import { kubeStateRules } from '../../lib/components/kube-state/kube-state-rules';
import { KubeletRuleOptions } from '../../lib/components/kubelet/kubelet-rule-options';
import { kubeletRules } from '../../lib/components/kubelet/kubelet-rules';
import { NodeRuleOptions } from '../../lib/components/node/node-rule-options';
import { nodeRules } from '../../lib/components/node/node-rules';
import { PrometheusOperatorRuleOptions } from '../../lib/components/operator/prometheus-operator-rule-options';
import { prometheusOperatorRules } from '../../lib/components/operator/prometheus-operator-rules';
import { PrometheusRuleOptions } from '../../lib/components/prometheus/prometheus-rule-options';
import { prometheusRules } from '../../lib/components/prometheus/prometheus-rules';
import { SchedulerRuleOptions } from '../../lib/components/scheduler/scheduler-rule-options';
import { schedulerRules } from '../../lib/components/scheduler/scheduler-rules';
import { RuleSet } from '../../lib/monitoring/rules';

const GENERAL: Required<GeneralRuleOptions> = { targetDownPercent: 77 };
const SCHEDULER: Required<SchedulerRuleOptions> = { jobName: 'mine' };
const CONTROLLER_MANAGER: Required<ControllerManagerRuleOptions> = { jobName: 'mine' };
const KUBE_PROXY: Required<KubeProxyRuleOptions> = { jobName: 'mine' };
const NODE: Required<NodeRuleOptions> = {
  jobName: 'mine',
  ignoredFilesystemTypes: ['zfs', 'fuse'],
  ignoredMountPoints: '/scratch/.+',
  freeSpaceWarningPercent: 71,
  freeSpaceCriticalPercent: 72,
  fillingUpWarningPercent: 73,
  fillingUpCriticalPercent: 74,
  cpuPercent: 75,
  memoryPercent: 76,
  loadPerCpu: 77,
  majorPageFaults: 78,
  diskQueue: 79,
  ignoredInterfaces: 'wlan.+',
  systemd: true,
};
const KUBE_STATE: Required<KubeStateRuleOptions> = { jobName: 'mine', shards: 3, namespaces: 'shop-.+', jobHours: 7, quotaOvercommitPercent: 177 };
const KUBELET: Required<KubeletRuleOptions> = {
  jobName: 'mine', kubeStateJobName: 'state', throttledPercent: 77, volumeCriticalPercent: 78, volumeWarningPercent: 79,
};
const API_SERVER: Required<ApiServerRuleOptions> = { jobName: 'mine', versionedJobs: ['mine', 'nodes'] };
const CORE_DNS: Required<CoreDnsRuleOptions> = { jobName: 'mine', latency: Duration.millis(750) };
const ETCD: Required<EtcdRuleOptions> = { jobName: 'mine', slowCall: Duration.millis(771), slowPeer: Duration.millis(772), quotaPercent: 77 };
const BLACKBOX: Required<BlackboxRuleOptions> = { jobName: 'mine', certificateWarningDays: 77, certificateCriticalDays: 7 };
const PROMETHEUS: Required<PrometheusRuleOptions> = {
  jobName: 'mine', alertmanagers: false, configReloader: false, queryLoadPercent: 77, remoteWriteLagSeconds: 777,
};
const OPERATOR: Required<PrometheusOperatorRuleOptions> = { jobName: 'mine', apiErrorPercent: 77, reconcileErrorPercent: 78, kubeletService: false };
const ALERTMANAGER: Required<AlertmanagerRuleOptions> = { jobName: 'mine', configReloader: false, criticalIntegrations: ['sns', 'pushover'] };

/** What each option leaves in the rule file. */
const ROWS: readonly (readonly [string, RuleSet, readonly string[]])[] = [
  ['general', generalRules(GENERAL), ['> 77']],
  ['scheduler', schedulerRules(SCHEDULER), ['job="mine"', 'no target of job mine']],
  ['controller-manager', controllerManagerRules(CONTROLLER_MANAGER), ['job="mine"']],
  ['kube-proxy', kubeProxyRules(KUBE_PROXY), ['job="mine"']],
  ['node', nodeRules(NODE), [
    'job="mine"', 'fstype!~"zfs|fuse"', 'mountpoint!~"/scratch/.+"', '< 71', '< 72', '< 73', '< 74', '> 75', '> 76', '> 77', '> 78', '> 79',
    'device!~"wlan.+"', 'NodeSystemdServiceFailed', 'less than 71% of its space',
  ]],
  ['kube-state', kubeStateRules(KUBE_STATE), [
    'job="mine"', 'KubeStateMetricsShardsMissing', 'namespace=~"shop-.+"', '> 25200', 'longer than 7 hours', '> 177',
  ]],
  ['kubelet', kubeletRules(KUBELET), ['job="mine"', 'job="state"', '> 77', '< 78', '< 79']],
  ['apiserver', apiServerRules(API_SERVER), ['job="mine"', 'job=~"mine|nodes"']],
  ['coredns', coreDnsRules(CORE_DNS), ['job="mine"', '> 0.75']],
  ['etcd', etcdRules(ETCD), ['job="mine"', '> 0.771', '> 0.772', '> 77']],
  ['blackbox', blackboxRules(BLACKBOX), ['job="mine"', '< 77 * 24', '< 7 * 24', 'within 77 days']],
  ['prometheus', prometheusRules(PROMETHEUS), ['job="mine"', '> 77', '> 777']],
  ['operator', prometheusOperatorRules(OPERATOR), ['job="mine"', '> 77', '> 78']],
  ['alertmanager', alertmanagerRules(ALERTMANAGER), ['job="mine"', 'integration=~"sns|pushover"', 'integration!~"sns|pushover"']],
];

test.each(ROWS)('every option of %s reaches the rules', (component, rules, expected) => {
  const text = stringify(rules._toData(), { lineWidth: 0 }).replaceAll('\\"', '"');
  expect(expected.filter((part) => !text.includes(part))).toEqual([]);
  if (component !== 'general') {
    expect([...text.matchAll(/job="([^"]+)"/g)].map((match) => match[1]).filter((job) => job !== 'mine' && job !== 'state')).toEqual([]);
  }
});

test('rules come only with what they are about', () => {
  expect(nodeRules().alertNames).not.toContain('NodeSystemdServiceFailed');
  expect(kubeStateRules().alertNames).not.toContain('KubeStateMetricsShardsMissing');
  const quiet = prometheusRules(PROMETHEUS).alertNames;
  expect(quiet).not.toContain('PrometheusNotConnectedToAlertmanagers');
  expect(quiet).not.toContain('ConfigReloaderSidecarErrors');
  expect(alertmanagerRules(ALERTMANAGER).alertNames).not.toContain('ConfigReloaderSidecarErrors');
  expect(prometheusOperatorRules().alertNames).toContain('PrometheusOperatorNodeLookupErrors');
  expect(prometheusOperatorRules(OPERATOR).alertNames).not.toContain('PrometheusOperatorNodeLookupErrors');
  expect(alertmanagerRules().groups[0]._alertingRules().filter((rule) => rule.alert === 'AlertmanagerClusterFailedToSendAlerts')).toHaveLength(1);
});

test('the parser of PromQL is loaded with the first rule of a user, not with the library', () => {
  const loaded = () => Object.keys(require.cache).filter((file) => /lezer|codemirror/.test(file)).length;
  expect(loaded()).toBe(0);
  expect(nodeRules()._toData().groups).not.toEqual([]);
  expect(loaded()).toBe(0);
  expect(RuleSet.fromText('groups: [{name: x, rules: [{alert: y, expr: up}]}]').alertNames).toEqual(['y']);
  expect(loaded()).toBeGreaterThan(0);
});
