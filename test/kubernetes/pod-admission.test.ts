import { Chart, Testing } from 'cdk8s';
import { k8s, Namespace } from 'cdk8s-plus-27';
import {
  AlertmanagerServer, ApiServiceTls, KubernetesMonitoring, MetricsServer, MonitoringNamespace, NodeExporterDaemonSet, OperatedPrometheus,
  PodOptions, PodSecurityLevel, PrometheusServer, TlsClient,
} from '../../lib';

const tls = ApiServiceTls.certManager();

/** What the validation of an app says. */
function problems(make: (chart: Chart) => void): string[] {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'ops' });
  make(chart);
  return chart.node.findAll().flatMap(({ node }) => node.validate());
}

/** Problems of a Prometheus in a namespace that the app makes. */
function inNamespace(podSecurity: PodSecurityLevel, props: PodOptions, make: typeof PrometheusServer | typeof OperatedPrometheus = PrometheusServer) {
  return problems((chart) => {
    new make(chart, 'prometheus', props);
    new MonitoringNamespace(chart, 'ops', { podSecurity });
  });
}

const volume = (source: Omit<k8s.Volume, 'name'>): PodOptions => ({ volumes: [{ name: 'more', ...source }] });
const container = (more: Partial<k8s.Container>): PodOptions => ({ containers: [{ name: 'more', image: 'example.com/more:v1', ...more }] });
const BASELINE: ReadonlyArray<readonly [string, PodOptions]> = [
  ['the network of the node', { hostNetwork: true }],
  ['a folder of the node', volume({ hostPath: { path: '/var/log' } })],
  ['a port of the node', container({ ports: [{ containerPort: 80, hostPort: 80 }] })],
  ['a privileged container', { containerSecurityContext: { privileged: true } }],
  ['an added capability', { containerSecurityContext: { capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] } } }],
  ['no seccomp profile', { podSecurityContext: { seccompProfile: { type: 'Unconfined' } } }],
];
const RESTRICTED: ReadonlyArray<readonly [string, PodOptions]> = [
  ['a container that may gain privileges', container({ securityContext: { capabilities: { drop: ['ALL'] } } })],
  ['a container that keeps its capabilities', container({ securityContext: { allowPrivilegeEscalation: false } })],
  ['an added capability', { containerSecurityContext: { capabilities: { add: ['CHOWN'], drop: ['ALL'] } } }],
  ['a container that may run as root', { podSecurityContext: { runAsUser: 0 } }],
  ['a volume that is not of Kubernetes itself', volume({ nfs: { server: 'nfs.example.com', path: '/' } })],
];

describe.each([['PrometheusServer', PrometheusServer], ['OperatedPrometheus', OperatedPrometheus]] as const)('%s', (_, make) => {
  test.each(BASELINE)('%s is refused by all levels but privileged', (what, props) => {
    const told = inNamespace(PodSecurityLevel.BASELINE, props, make);
    expect(told).toEqual([
      `its Pods have '${what}', which namespace 'ops' of 'test/ops/Resource' refuses by Pod Security 'baseline'; choose another 'namespace', `
        + "or make that one yourself, with PodSecurityLevel.PRIVILEGED (a stack leaves it to you with 'createNamespaces: false')",
    ]);
    expect(inNamespace(PodSecurityLevel.RESTRICTED, props, make).join()).toContain(`'${what}'`);
    expect(inNamespace(PodSecurityLevel.PRIVILEGED, props, make)).toEqual([]);
  });

  test.each(RESTRICTED)('%s is refused by restricted alone', (what, props) => {
    expect(inNamespace(PodSecurityLevel.RESTRICTED, props, make)).toEqual([
      expect.stringMatching(`its Pods have '${what}', .+ refuses by Pod Security 'restricted'; .+ with PodSecurityLevel[.]BASELINE`),
    ]);
    expect(inNamespace(PodSecurityLevel.BASELINE, props, make)).toEqual([]);
  });

  test('what the library writes of itself is admitted by restricted', () => {
    expect(inNamespace(PodSecurityLevel.RESTRICTED, { ...container({}), ...volume({ emptyDir: {} }) }, make)).toEqual([]);
  });
});

test('metrics-server in the network of the node is refused in the namespace of a stack, and admitted in another', () => {
  const stack = (more: object) => problems((chart) => new KubernetesMonitoring(chart, 'monitoring', {
    metricsServer: { tls, hostNetwork: true, ...more },
  }));
  expect(stack({})).toEqual([expect.stringMatching(/^its Pods have 'the network of the node', which namespace 'ops' of 'test\/monitoring\/Namespace\/Resource' refuses/)]);
  expect(stack({ namespace: 'kube-system', scrapeTls: TlsClient.systemCa({ serverName: 'metrics.example.com' }) })).toEqual([]);
});

test('node-exporter is refused in a restricted namespace', () => {
  expect(problems((chart) => {
    new MonitoringNamespace(chart, 'ops');
    new NodeExporterDaemonSet(chart, 'nodes');
  })).toEqual([expect.stringMatching(/^its Pods have 'the network of the node', 'the processes of the node' and 'a folder of the node', which/)]);
});

test('a namespace of cdk8s-plus counts too, and none that the app does not make', () => {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  expect(problems((chart) => {
    new Namespace(chart, 'namespace', { metadata: { name: 'ops', labels } });
    new AlertmanagerServer(chart, 'alertmanager', { hostNetwork: true });
  })).toHaveLength(1);
  expect(problems((chart) => {
    new Namespace(chart, 'namespace', { metadata: { name: 'other', labels } });
    new MetricsServer(chart, 'metrics-server', { tls, hostNetwork: true });
  })).toEqual([]);
});
