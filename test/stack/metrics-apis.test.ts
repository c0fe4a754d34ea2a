import { Duration } from 'cdk8s';
import { Stack } from './support';
import { ApiServiceTls, ClusterProfile, ExternalMetric, KubeletReach, KubernetesMonitoringProps, MonitoringPart, ResourceMetric, TlsClient } from '../../lib';
import { Loose } from '../manifests';

const tls = ApiServiceTls.certManager();
const queue = ExternalMetric.fromSeries({ series: 'queue_messages' });

function argsOf(workload: string, props: KubernetesMonitoringProps): string[] {
  return new Stack(props).workloads[workload].spec.template.spec.containers[0].args;
}

const isUnverified = (props: KubernetesMonitoringProps) => argsOf('metrics-server', { metricsServer: { tls }, ...props }).includes('--kubelet-insecure-tls');

test('neither is made unless it is asked for', () => {
  const { construct, text } = new Stack();
  expect([construct.metricsServer, construct.prometheusAdapter]).toEqual([undefined, undefined]);
  expect(text).not.toMatch(/metrics\.k8s\.io|prometheus-adapter/);
});

test('metrics-server verifies kubelets as the profile says', () => {
  expect(isUnverified({})).toBe(true);
  expect(isUnverified({ profile: ClusterProfile.managed() })).toBe(false);
  // which says nothing of the port that metrics-server takes
  expect(isUnverified({ profile: ClusterProfile.kubeadm({ kubelet: KubeletReach.READ_ONLY_PORT }) })).toBe(false);
  expect(isUnverified({ kubelet: { tls: TlsClient.clusterCa() } })).toBe(false);
  expect(isUnverified({ profile: ClusterProfile.managed(), kubelet: { tls: TlsClient.insecureSkipVerify() } })).toBe(true);
  expect(isUnverified({ metricsServer: { tls, kubeletTls: TlsClient.clusterCa() } })).toBe(false);
});

test('the adapter asks the Prometheus of the stack, and knows the jobs by their names', () => {
  const props: KubernetesMonitoringProps = { kubelet: { jobName: 'agents' }, apiServer: { jobName: 'api' }, prometheusAdapter: { tls, resourceMetrics: {} } };
  expect(argsOf('prometheus-adapter', props)).toContain('--prometheus-url=http://prometheus.kube-ops.svc:9090');
  const stack = new Stack(props);
  const config: string = stack.one('ConfigMap', 'prometheus-adapter').data['config.yaml'];
  expect(config.match(/job="agents"/g)).toHaveLength(4);
  const expr = (alert: string): string => stack.groups.flatMap(({ rules }: Loose) => rules).find((rule: Loose) => rule.alert === alert).expr;
  expect(expr('CustomMetricsApiUnavailable')).toContain('job="api"');
  const prometheusAdapter = { tls, resourceMetrics: { cpu: ResourceMetric.cpu({ kubeletJobName: 'agents', rateOver: Duration.minutes(7) }) }, rules: { apiServerJobName: 'theirs' } };
  const own = new Stack({ ...props, prometheusAdapter });
  expect(own.one('ConfigMap', 'prometheus-adapter').data['config.yaml']).toContain('[7m]');
  expect(own.text).toContain('job=\\"theirs\\"');
});

describe('without the metrics of the API server', () => {
  const without = [MonitoringPart.API_SERVER];
  const props: KubernetesMonitoringProps = { without, metricsServer: { tls }, prometheusAdapter: { tls, externalMetrics: [queue] } };

  test('the alerts on it are left out, and the notes say so', () => {
    const { alerts, construct } = new Stack(props);
    expect(alerts.filter((alert) => /^(Metrics|CustomMetrics|PrometheusAdapter)/.test(alert)).sort()).toEqual(['MetricsServerDown', 'PrometheusAdapterDown']);
    expect(construct.notes.filter((text) => text.includes('ApiUnavailable'))).toEqual([
      "MetricsApiUnavailable is left out: it needs the metrics of the API server, which is not monitored; monitor it, or name the job that has its metrics by 'rules.apiServerJobName'",
      expect.stringMatching(/^CustomMetricsApiUnavailable is left out: /),
    ]);
  });

  test('another job may have them', () => {
    const { alerts, construct } = new Stack({ ...props, metricsServer: { tls, rules: { apiServerJobName: 'kubelet' } } });
    expect(alerts.filter((alert) => alert.startsWith('Metrics'))).toEqual(['MetricsServerDown', 'MetricsApiUnavailable']);
    expect(construct.notes.filter((text) => text.startsWith('MetricsApiUnavailable'))).toEqual([]);
  });
});

test('both claiming resource metrics is refused', () => {
  expect(() => new Stack({ metricsServer: { tls }, prometheusAdapter: { tls, resourceMetrics: {} } }))
    .toThrow("test/monitoring/prometheus-adapter: 'test/monitoring/metrics-server' serves metrics.k8s.io already");
});

test('a part that is left out cannot be configured', () => {
  expect(() => new Stack({ without: [MonitoringPart.METRICS_SERVER], metricsServer: { tls } }))
    .toThrow("test/monitoring: got 'metricsServer' together with 'without' of the same part");
});
