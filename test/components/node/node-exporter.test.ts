import { Duration, Size } from 'cdk8s';
import { Cpu, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { NodeCollector, NodeExporterDaemonSet, NodeExporterDaemonSetProps } from '../../../lib/components';
import { MetricSelection } from '../../../lib/monitoring';
import { expressions, jobOf, namesOf, told } from '../support';
import { inChart, synth } from '../../charts';
import { find, Loose } from '../../manifests';
import { PodOption } from '../../pod-options';
import { PROGRAMS } from '../../../lib/versions';

function failure(props: NodeExporterDaemonSetProps): () => void {
  return () => inChart((chart) => new NodeExporterDaemonSet(chart, 'nodes', props));
}

test('works without props', () => {
  expect(synth((chart) => new NodeExporterDaemonSet(chart, 'node-exporter'))).toMatchSnapshot();
  expect(told(jobOf(inChart((chart) => new NodeExporterDaemonSet(chart, 'node-exporter'))))).toMatchSnapshot();
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new NodeExporterDaemonSet(chart, 'node-exporter')));
  expect(once()).toBe(once());
});

test('takes all the props', () => {
  const props = (chart: Parameters<Parameters<typeof inChart>[0]>[0]): Required<Omit<NodeExporterDaemonSetProps, PodOption>> => ({
    name: 'agent',
    namespace: 'node-agents',
    image: 'registry.example.com/node-exporter:v1.12.0',
    registry: 'unused.example.com',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    resources: { cpuRequest: Cpu.millis(50), cpuLimit: Cpu.units(1), memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256) },
    nodeSelector: { pool: 'big' },
    tolerations: [{ key: 'gpu', operator: 'Exists' }],
    affinity: { nodeAffinity: {} },
    priorityClassName: 'agents',
    podAnnotations: { note: 'pod' },
    podLabels: { team: 'ops' },
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'agents', { namespaceName: 'node-agents' }),
    jobName: 'nodes',
    extraFlags: { 'collector.filesystem.mount-timeout': '9s' },
    interval: Duration.seconds(15),
    timeout: Duration.seconds(10),
    metrics: MetricSelection.drop('node_scrape_.+'),
    port: 19100,
    enabledCollectors: [NodeCollector.SYSTEMD, NodeCollector.of('new_one')],
    disabledCollectors: [NodeCollector.WATCHDOG],
    excludedMountPoints: '^/var/.+',
    excludedFileSystemTypes: '^tmpfs$',
    excludedNetworkDevices: '^veth.+',
    textfileDirectory: '/var/lib/node-exporter',
    rules: { cpuPercent: 77 },
  });
  const manifests = synth((chart) => new NodeExporterDaemonSet(chart, 'node-exporter', props(chart)));
  expect(manifests).toMatchSnapshot();
  expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual(['DaemonSet node-agents/agent', 'Service node-agents/agent']);
  const { containers: [container], ...pod } = find(manifests, 'DaemonSet').spec.template.spec;
  expect(container.args).toEqual(expect.arrayContaining([
    '--web.listen-address=:19100', '--collector.systemd', '--collector.systemd.enable-restarts-metrics', '--collector.new_one', '--no-collector.watchdog',
    '--collector.filesystem.mount-points-exclude=^/var/.+', '--collector.filesystem.fs-types-exclude=^tmpfs$',
    '--collector.netdev.device-exclude=^veth.+', '--collector.netclass.ignored-devices=^veth.+',
    '--collector.textfile.directory=/host/root/var/lib/node-exporter', '--collector.filesystem.mount-timeout=9s',
  ]));
  expect(container.env).toEqual([{ name: 'DBUS_SYSTEM_BUS_ADDRESS', value: 'unix:path=/host/root/run/dbus/system_bus_socket' }]);
  expect(pod).toMatchObject({ serviceAccountName: 'agents', priorityClassName: 'agents', nodeSelector: { pool: 'big' }, tolerations: [{ key: 'gpu' }] });
  const nodes = inChart((chart) => new NodeExporterDaemonSet(chart, 'node-exporter', props(chart)));
  expect(told(jobOf(nodes))).toMatchObject({
    name: 'nodes',
    discovery: { namespaces: ['node-agents'] },
    endpoints: [{ interval: '15 seconds', timeout: '10 seconds', metrics: [{ regex: 'node_scrape_.+', action: 'drop' }] }],
  });
  expect(expressions(nodes)).toContain('job=\\"nodes\\"');
  expect(expressions(nodes)).toContain('77');
  expect(nodes.monitoring.rules?.alertNames).toContain('NodeSystemdServiceFailed');
});

test('a registry takes the place of the image\'s own', () => {
  const manifests = synth((chart) => new NodeExporterDaemonSet(chart, 'node-exporter', { registry: 'mirror.example.com' }));
  expect(find(manifests, 'DaemonSet').spec.template.spec.containers[0].image).toBe(`mirror.example.com/prometheus/node-exporter:${PROGRAMS.nodeExporter.version}`);
});

test('says what its namespace has to admit', () => {
  const nodes = inChart((chart) => new NodeExporterDaemonSet(chart, 'node-exporter'));
  expect(nodes.node.metadata.filter(({ type }) => type === 'info').map(({ data }) => data)).toEqual([expect.stringContaining("'monitoring' has to admit Pod Security 'privileged'")]);
});

test('rules about metrics of a collector that is disabled are left out, with a note', () => {
  const { node, monitoring } = inChart((chart) => new NodeExporterDaemonSet(chart, 'node-exporter', { disabledCollectors: [NodeCollector.TIMEX, NodeCollector.LOADAVG] }));
  const names = namesOf(monitoring.rules);
  expect(names).toEqual(expect.arrayContaining(['NodeCPUHighUsage', 'instance:node_num_cpu:sum']));
  const leftOut = ['NodeSystemSaturation', 'NodeClockSkewDetected', 'NodeClockNotSynchronising', 'instance:node_load1_per_cpu:ratio'];
  expect(leftOut.filter((name) => names.includes(name))).toEqual([]);
  expect(node.metadata.map(({ data }) => data)).toContain(`rules are left out, because the collectors of their metrics are disabled: ${leftOut.join(', ')}`);
});

test('a record goes with the record that it uses', () => {
  const { monitoring } = inChart((chart) => new NodeExporterDaemonSet(chart, 'node-exporter', { disabledCollectors: [NodeCollector.CPU] }));
  expect(namesOf(monitoring.rules).filter((name) => name.includes('cpu'))).toEqual([]);
});

test('every metric of a rule is known by its collector', () => {
  const all = Object.values(NodeCollector).filter((collector) => collector instanceof NodeCollector);
  const { monitoring } = inChart((chart) => new NodeExporterDaemonSet(chart, 'node-exporter', { disabledCollectors: all }));
  expect(namesOf(monitoring.rules)).toEqual(['NodeExporterDown', 'NodeExporterMissing']);
});

test('mounts the host read-only, and holds no capability', () => {
  const [pod] = synth((chart) => new NodeExporterDaemonSet(chart, 'n')).filter(({ kind }) => kind === 'DaemonSet').map(({ spec }) => spec.template.spec);
  expect(pod.containers[0].volumeMounts.every(({ readOnly }: Loose) => readOnly)).toBe(true);
  expect(pod.containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  expect(pod.securityContext.runAsNonRoot).toBe(true);
  expect(pod.automountServiceAccountToken).toBe(false);
});

test.each<[string, NodeExporterDaemonSetProps, string]>([
  ['a name that Kubernetes does not take', { name: 'Node' }, "test/nodes: name: 'Node' is not a name for Kubernetes objects"],
  ['a port that is none', { port: 0 }, 'test/nodes: port: port 0 is not a port number'],
  ['a collector on and off', { enabledCollectors: [NodeCollector.CPU], disabledCollectors: [NodeCollector.CPU] }, "test/nodes: collector 'cpu' is both enabled and disabled"],
  ['a collector twice', { enabledCollectors: [NodeCollector.CPU, NodeCollector.of('cpu')] }, "test/nodes: enabledCollectors: collector 'cpu' is named twice"],
  ['a bad regular expression', { excludedMountPoints: '(' }, "test/nodes: excludedMountPoints: '(' is not a regular expression"],
  ['a relative directory', { textfileDirectory: 'var' }, "test/nodes: textfileDirectory: 'var' is not an absolute path"],
  ['a directory that nobody reads', { textfileDirectory: '/var', disabledCollectors: [NodeCollector.TEXTFILE] }, "the collector 'textfile' is disabled"],
])('%s is refused', (_, props, message) => {
  expect(failure(props)).toThrow(message);
});

test('a collector has a name', () => {
  expect(() => NodeCollector.of('--cpu')).toThrow("NodeCollector.of: '--cpu' is not the name of a collector");
});
