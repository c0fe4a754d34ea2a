import { Inhibition } from '../../../lib/monitoring/routing';

type Labels = { readonly [label: string]: string };

/** Whether one alert mutes another by default, as Alertmanager decides it: an alert that could be both mutes no other such. */
function mutes(source: Labels, target: Labels): boolean {
  return Inhibition.defaults().some((inhibition) => {
    const matches = (matchers: Inhibition['source'], labels: Labels) => matchers.every((matcher) => matcher._matches(labels[matcher.label] ?? ''));
    const isBoth = (labels: Labels) => matches(inhibition.source, labels) && matches(inhibition.target, labels);
    return matches(inhibition.source, source) && matches(inhibition.target, target) && !(isBoth(source) && isBoth(target))
      && inhibition.equal.every((label) => (source[label] ?? '') === (target[label] ?? ''));
  });
}

const disk = (node: string, severity: string) => ({
  alertname: 'NodeFilesystemAlmostOutOfSpace', severity, namespace: 'kube-ops-nodes', job: 'node-exporter', instance: `${node}:9100`, node, device: '/dev/sda1', mountpoint: '/',
});
const claim = (name: string, severity: string) => ({ alertname: 'KubePersistentVolumeFillingUp', severity, namespace: 'shops', persistentvolumeclaim: name });
const down = (component: string, job: string) => ({ alertname: `${component}Down`, severity: 'critical', job });
const unreachable = (component: string, job: string) => ({ alertname: `${component}InstanceUnreachable`, severity: 'warning', job, instance: 'a', node: 'n1' });
const targetDown = (job: string) => ({ alertname: 'TargetDown', severity: 'warning', job, namespace: 'kube-system', service: 'x' });
const single = (job: string) => ({ alertname: 'TargetUnreachable', severity: 'warning', job, instance: 'a' });
const webhook = (alert: string, severity: string) => ({ alertname: `KubeAdmissionWebhook${alert}`, severity, name: 'pods.example.com' });
const node = (alert: string, name: string) => ({ alertname: `KubeNode${alert}`, severity: 'warning', job: 'kube-state-metrics', node: name });

test.each<[string, Labels, Labels]>([
  ['a critical disk its own warning', disk('n1', 'critical'), disk('n1', 'warning')],
  ['a critical volume its own warning', claim('logs', 'critical'), claim('logs', 'warning')],
  ['a component that is gone its instances', down('KubeScheduler', 'kube-scheduler'), unreachable('KubeScheduler', 'kube-scheduler')],
  ['a component that is gone its targets', down('KubeScheduler', 'kube-scheduler'), targetDown('kube-scheduler')],
  ['an instance the share of its targets', unreachable('KubeProxy', 'kube-proxy'), targetDown('kube-proxy')],
  ['a dead node its exporter', node('Unreachable', 'n1'), { alertname: 'NodeExporterDown', severity: 'warning', job: 'node-exporter', node: 'n1' }],
  ['a dead node its kubelet', node('NotReady', 'n1'), unreachable('Kubelet', 'kubelet')],
  ['a dead node its Pods', node('NotReady', 'n1'), { alertname: 'KubePodNotReady', severity: 'warning', namespace: 'shops', pod: 'shop-1', node: 'n1' }],
  ['a component that is gone a single target', down('KubeScheduler', 'kube-scheduler'), single('kube-scheduler')],
  ['an instance the same target', unreachable('KubeProxy', 'kube-proxy'), single('kube-proxy')],
  ['a dead node its targets', node('NotReady', 'n1'), { ...single('annotated-pods'), node: 'n1' }],
  ['a dead node the volumes that it waits for', node('NotReady', 'n1'), { alertname: 'KubeVolumeAttachmentPending', severity: 'warning', node: 'n1' }],
  ['the API server the probe of its certificate', down('KubeAPI', 'apiserver'), { alertname: 'ProbeFailed', severity: 'critical', job: 'certificates', instance: 'kubernetes.default.svc:443' }],
  ['a sample limit the target that exceeds it', { alertname: 'PrometheusTargetNearSampleLimit', severity: 'warning', job: 'shop', instance: 'a' }, single('shop')],
  ['a webhook that fails that it is slow', webhook('Failing', 'critical'), webhook('Slow', 'warning')],
  ['no DNS server each of them', { alertname: 'CoreDNSForwardHealthcheckBrokenCount', severity: 'warning' }, { alertname: 'CoreDNSForwardHealthcheckFailureCount', severity: 'warning', to: 'a' }],
  ['the API server those who ask it', down('KubeAPI', 'apiserver'), down('Kubelet', 'kubelet')],
  ['the API server those who watch it', down('KubeAPI', 'apiserver'), { alertname: 'KubeStateMetricsWatchErrors', severity: 'critical', resource: '*v1.Pod' }],
  ['an info alert that is alone', { alertname: 'InfoInhibitor', severity: 'none', namespace: 'shops' }, { alertname: 'CPUThrottlingHigh', severity: 'info', namespace: 'shops' }],
])('%s mutes', (_, source, target) => {
  expect(mutes(source, target)).toBe(true);
  expect(mutes(target, source)).toBe(false);
  expect(mutes({ ...source, cluster: 'a' }, { ...target, cluster: 'b' })).toBe(false);
});

test.each<[string, Labels, Labels]>([
  ['a critical disk the disk of another node', disk('n1', 'critical'), disk('n2', 'warning')],
  ['a critical volume another one of its namespace', claim('logs', 'critical'), claim('database', 'warning')],
  ['a component that is gone the instances of another', down('KubeScheduler', 'kube-scheduler'), unreachable('KubeProxy', 'kube-proxy')],
  ['a dead node what runs elsewhere', node('NotReady', 'n1'), { ...unreachable('Kubelet', 'kubelet'), node: 'n2' }],
  ['a dead node the reason why it is dead', node('NotReady', 'n1'), disk('n1', 'critical')],
  ['the API server the alerts of a shop', down('KubeAPI', 'apiserver'), { alertname: 'ShopSilent', severity: 'critical' }],
  ['a sample limit another target', { alertname: 'PrometheusTargetNearSampleLimit', severity: 'warning', job: 'shop', instance: 'b' }, single('shop')],
  ['a share of targets that of another job', targetDown('a'), targetDown('b')],
])('%s does not mute', (_, source, target) => {
  expect(mutes(source, target)).toBe(false);
  expect(mutes(target, source)).toBe(false);
});
