import { App, Chart, Testing } from 'cdk8s';
import { Stack } from './support';
import {
  AlertRouting, ClusterProfile, KubeletReach, KubernetesMonitoring, KubernetesMonitoringProps, MonitoringPart, Integration, Receiver, RuleEdit,
  RemoteWrite, TlsClient,
} from '../../lib';
import { checkAlertmanager, checkObjects, checkPrometheus, Loose } from '../manifests';

const NONE = Object.values(MonitoringPart);
const minimal = new Stack();
const nothing = new Stack({ without: NONE });
const managed = new Stack({ profile: ClusterProfile.managed() });
const open = new Stack({ profile: ClusterProfile.kubeadm({ scheduler: true, controllerManager: true, kubeProxy: true, etcd: true }) });

describe('without props', () => {
  test('makes what was reviewed', () => {
    expect(minimal.identities).toMatchSnapshot();
    expect(minimal.configuration.scrape_configs.map(({ job_name: name }: Loose) => name)).toMatchSnapshot();
    expect(minimal.granted).toMatchSnapshot();
  });

  test('fits a cluster that kubeadm made and nobody changed', () => {
    const hidden = ['kube-scheduler', 'kube-controller-manager', 'kube-proxy', 'etcd'];
    expect(minimal.jobs.filter((job) => hidden.includes(job))).toEqual([]);
    expect(minimal.identities.filter((name) => name.includes('kube-system'))).toEqual([]);
    expect(minimal.alerts.filter((alert) => /^(KubeScheduler|KubeController|KubeProxy|etcd)/.test(alert))).toEqual([]);
    expect(minimal.scrapes('kubelet').map(({ tls_config: tls }) => tls)).toEqual(Array.from({ length: 3 }, () => ({ insecure_skip_verify: true })));
    const others = minimal.configuration.scrape_configs.filter(({ job_name: name }: Loose) => !name.startsWith('kubelet/'));
    expect(JSON.stringify(others)).not.toContain('insecure_skip_verify');
  });

  test('watches CoreDNS once, though kubeadm annotates its Service', () => {
    const dropped = { action: 'drop', source_labels: ['__meta_kubernetes_namespace', '__meta_kubernetes_service_name'], regex: 'kube-system;kube-dns' };
    expect(minimal.scrapes('annotated-services')[0].relabel_configs).toContainEqual(dropped);
    expect(minimal.scrapes('coredns')).toHaveLength(1);
  });

  test('says what is not watched, and the way out', () => {
    const opened = /(bind-address to 0\.0\.0\.0|metricsBindAddress to 0\.0\.0\.0:10249|listen-metrics-urls to http:\/\/0\.0\.0\.0:2381) in .+, then say \w+: true in the ClusterProfile/;
    minimal.construct.notes.forEach((text) => expect(text).toMatch(opened));
    expect(minimal.construct.notes).toEqual([
      "kube-scheduler is not monitored: its metrics listen on 127.0.0.1 only; set bind-address to 0.0.0.0 in scheduler.extraArgs of kubeadm's ClusterConfiguration, then say scheduler: true in the ClusterProfile",
      "kube-controller-manager is not monitored: its metrics listen on 127.0.0.1 only; set bind-address to 0.0.0.0 in controllerManager.extraArgs of kubeadm's ClusterConfiguration, then say controllerManager: true in the ClusterProfile",
      'kube-proxy is not monitored: its metrics listen on 127.0.0.1 only; set metricsBindAddress to 0.0.0.0:10249 in the KubeProxyConfiguration, in ConfigMap kube-system/kube-proxy, then say kubeProxy: true in the ClusterProfile',
      "etcd is not monitored: its metrics listen on 127.0.0.1 only; set listen-metrics-urls to http://0.0.0.0:2381 in etcd.local.extraArgs of kubeadm's ClusterConfiguration, then say etcd: true in the ClusterProfile, or give the prop 'etcd' with addresses and client certificates",
    ]);
    expect(minimal.construct.node.metadata.map(({ type, data }) => [type, data])).toEqual(minimal.construct.notes.map((text) => ['info', text]));
  });

  test('names all that is monitored, to show its dashboards', () => {
    const { monitored } = minimal.construct;
    const jobs = monitored.flatMap(({ monitoring }) => monitoring.jobs ?? []).map(({ name }) => name);
    expect([...new Set(jobs)].sort()).toEqual([...new Set(minimal.jobs)].filter((job) => !job.startsWith('annotated-')).sort());
    expect(nothing.construct.monitored).toEqual([nothing.construct.prometheus]);
    monitored.pop();
    expect(minimal.construct.monitored.length).toBe(monitored.length + 1);
  });

  test('notes are read as a copy', () => {
    minimal.construct.notes.pop();
    expect(minimal.construct.notes).toHaveLength(4);
  });
});

test('a cluster that shows everything leaves nothing to say', () => {
  expect(open.construct.notes).toEqual([]);
  expect(open.construct.node.metadata).toEqual([]);
  expect(open.jobs).toEqual(expect.arrayContaining(['kube-scheduler', 'kube-controller-manager', 'kube-proxy', 'etcd']));
});

test('of a managed cluster is said who hides what', () => {
  const provider = 'the provider of a managed cluster runs it and does not expose it; if yours does, say';
  expect(managed.construct.notes).toEqual([
    `kube-scheduler is not monitored: ${provider} scheduler: true in the ClusterProfile`,
    `kube-controller-manager is not monitored: ${provider} controllerManager: true in the ClusterProfile`,
    expect.stringContaining('kube-proxy is not monitored: its metrics listen on 127.0.0.1 only; set metricsBindAddress'),
    `etcd is not monitored: ${provider} etcd: true in the ClusterProfile`,
  ]);
  expect(managed.construct.notes.join()).not.toContain('extraArgs');
  expect(managed.jobs).toEqual(minimal.jobs);
});

test('what a profile says is not there is noted in its words', () => {
  const reach = { kubelet: KubeletReach.NONE, apiServer: false, coreDns: false };
  expect(new Stack({ profile: ClusterProfile.kubeadm({ ...reach, scheduler: true }) }).construct.notes.filter((text) => text.includes('says'))).toEqual([
    'kubelet is not monitored: the ClusterProfile says kubelet: KubeletReach.NONE',
    'apiserver is not monitored: the ClusterProfile says apiServer: false',
    'coredns is not monitored: the ClusterProfile says coreDns: false',
  ]);
});

test('of a part that is left out nothing is said', () => {
  const without = [MonitoringPart.SCHEDULER, MonitoringPart.CONTROLLER_MANAGER, MonitoringPart.KUBE_PROXY, MonitoringPart.ETCD];
  expect(new Stack({ without }).construct.notes).toEqual([]);
});

test.each<[string, KubernetesMonitoringProps, string]>([
  ['kube-scheduler', { scheduler: {} }, 'KubeSchedulerDown'],
  ['kube-controller-manager', { controllerManager: {} }, 'KubeControllerManagerDown'],
  ['kube-proxy', { kubeProxy: {} }, 'KubeProxyDown'],
  ['etcd', { etcd: {} }, 'etcdMembersDown'],
  ['kubelet', { kubelet: {}, profile: ClusterProfile.kubeadm({ kubelet: KubeletReach.NONE }) }, 'KubeletDown'],
  ['apiserver', { apiServer: {}, profile: ClusterProfile.kubeadm({ apiServer: false }) }, 'KubeAPIDown'],
  ['coredns', { coreDns: {}, profile: ClusterProfile.kubeadm({ coreDns: false }) }, 'CoreDNSDown'],
])('%s is watched when its props are given, whatever the profile says', (job, props, alert) => {
  const stack = new Stack(props);
  expect(stack.jobs).toContain(job);
  expect(stack.alerts).toContain(alert);
  expect(stack.construct.notes.filter((text) => text.startsWith(job))).toEqual([]);
});

describe('namespaces', () => {
  const levels = (stack: Stack) => stack.of('Namespace').map(({ metadata }) => [metadata.name, metadata.labels['pod-security.kubernetes.io/enforce']]);

  test.each([minimal, open, managed])('come first, and are as strict as their Pods allow', (stack) => {
    expect(stack.identities.slice(0, 2)).toEqual(['Namespace kube-ops', 'Namespace kube-ops-nodes']);
    expect(levels(stack)).toEqual([['kube-ops', 'restricted'], ['kube-ops-nodes', 'privileged']]);
  });

  test('come first in the file that is applied', () => {
    const app = new App();
    new KubernetesMonitoring(new Chart(app, 'test'), 'monitoring');
    expect([...app.synthYaml().matchAll(/^kind: (\w+)/gm)].slice(0, 3).map(([, kind]) => kind)).toEqual(['Namespace', 'Namespace', 'ServiceAccount']);
  });

  test('are the chart\'s when nothing is said', () => {
    expect(levels(new Stack({}, { namespace: 'ops' }))).toEqual([['ops', 'restricted'], ['ops-nodes', 'privileged']]);
  });

  test('are made neither when the caller makes them', () => {
    const stack = new Stack({ createNamespaces: false });
    expect(stack.of('Namespace')).toEqual([]);
    expect(stack.identities).toEqual(minimal.identities.slice(2));
  });

  test('may be one when the caller makes it', () => {
    const stack = new Stack({ createNamespaces: false, nodeNamespace: 'kube-ops' });
    expect(stack.of('DaemonSet').map(({ metadata }) => metadata.namespace)).toEqual(['kube-ops']);
  });

  test('are one where no node-exporter is', () => {
    expect(levels(new Stack({ without: [MonitoringPart.NODE_EXPORTER], nodeNamespace: 'kube-ops' }))).toEqual([['kube-ops', 'restricted']]);
  });

  test('of node-exporter\'s own props hold for its namespace too', () => {
    const stack = new Stack({ nodeExporter: { namespace: 'agents' } });
    expect(levels(stack)).toEqual([['kube-ops', 'restricted'], ['agents', 'privileged']]);
    expect(stack.of('DaemonSet').map(({ metadata }) => metadata.namespace)).toEqual(['agents']);
  });

  test.each<[string, KubernetesMonitoringProps]>([
    ['nodeNamespace', { nodeNamespace: 'kube-ops' }],
    ['nodeExporter.namespace', { nodeExporter: { namespace: 'kube-ops' } }],
    ['both', { namespace: 'x', nodeNamespace: 'x' }],
  ])('cannot be one by %s, for node-exporter would be refused', (_, props) => {
    expect(() => new Stack(props)).toThrow(/^test\/monitoring: node-exporter is to go to namespace '(kube-ops|x)' too, which enforces Pod Security 'restricted' and would refuse it; choose another 'nodeNamespace', or make the namespace yourself and say createNamespaces: false$/);
  });
});

describe('a contradiction is refused', () => {
  const tls = TlsClient.insecureSkipVerify();

  test.each<[MonitoringPart, string, KubernetesMonitoringProps]>([
    [MonitoringPart.ALERTMANAGER, 'routing', { routing: new AlertRouting() }],
    [MonitoringPart.ALERTMANAGER, 'alertmanager', { alertmanager: {} }],
    [MonitoringPart.NODE_EXPORTER, 'nodeExporter', { nodeExporter: {} }],
    [MonitoringPart.KUBE_STATE_METRICS, 'kubeStateMetrics', { kubeStateMetrics: {} }],
    [MonitoringPart.KUBELET, 'kubelet', { kubelet: { tls } }],
    [MonitoringPart.API_SERVER, 'apiServer', { apiServer: {} }],
    [MonitoringPart.SCHEDULER, 'scheduler', { scheduler: {} }],
    [MonitoringPart.CONTROLLER_MANAGER, 'controllerManager', { controllerManager: {} }],
    [MonitoringPart.KUBE_PROXY, 'kubeProxy', { kubeProxy: {} }],
    [MonitoringPart.CORE_DNS, 'coreDns', { coreDns: {} }],
    [MonitoringPart.ETCD, 'etcd', { etcd: {} }],
    [MonitoringPart.BLACKBOX_EXPORTER, 'blackboxExporter', { blackboxExporter: {} }],
  ])('%s left out and set up by %s', (part, prop, props) => {
    expect(() => new Stack({ ...props, without: [part] }))
      .toThrow(`test/monitoring: got '${prop}' together with 'without' of the same part; take it out of one of them`);
  });

  test('several at once', () => {
    expect(() => new Stack({ etcd: {}, kubelet: {}, without: [MonitoringPart.KUBELET, MonitoringPart.ETCD, MonitoringPart.ALERTMANAGER] }))
      .toThrow("test/monitoring: got 'kubelet' and 'etcd' together with 'without' of the same part");
  });

  test('two routings', () => {
    expect(() => new Stack({ routing: new AlertRouting(), alertmanager: { routing: new AlertRouting() } }))
      .toThrow("test/monitoring: got both 'routing' and 'alertmanager.routing'; take one of them out");
  });

  test('two namespaces of node-exporter', () => {
    expect(() => new Stack({ nodeNamespace: 'a', nodeExporter: { namespace: 'b' } }))
      .toThrow("test/monitoring: nodeNamespace is 'a' and nodeExporter.namespace 'b'; take one of them out");
    expect(new Stack({ nodeNamespace: 'a', nodeExporter: { namespace: 'a' } }).construct.nodeNamespace).toBe('a');
  });
});

describe('what the parts share', () => {
  const duty = new AlertRouting({ receiver: Receiver.of('duty', Integration.webhook({ url: 'http://duty.example.com' })) });
  const configuration = (stack: Stack) => stack.one('ConfigMap', 'alertmanager-config').data['alertmanager.yaml'];

  test('the routing is Alertmanager\'s, from above or from its own props', () => {
    const [above, own] = [new Stack({ routing: duty }), new Stack({ alertmanager: { routing: duty } })];
    expect(configuration(above)).toContain('http://duty.example.com');
    expect(configuration(own)).toBe(configuration(above));
    expect(configuration(minimal)).not.toContain('duty');
  });

  test('edits of rules reach the rules of any part', () => {
    const stack = new Stack({ ruleEdits: ['Watchdog', 'NodeExporterDown', 'etcdNoLeader'].map((alert) => RuleEdit.without(alert)), etcd: {} });
    expect(minimal.alerts).toEqual(expect.arrayContaining(['Watchdog', 'NodeExporterDown']));
    expect(stack.alerts.filter((alert) => ['Watchdog', 'NodeExporterDown', 'etcdNoLeader'].includes(alert))).toEqual([]);
  });

  test('an edit that names no alert of any part fails the synthesis, with the nearest', () => {
    expect(() => new Stack({ ruleEdits: [RuleEdit.without('NodeExporterDwn')] })).toThrow(/NodeExporterDwn.*did you mean 'NodeExporterDown'/);
    expect(() => new Stack({ ruleEdits: [RuleEdit.without('etcdNoLeader')] })).toThrow(/etcdNoLeader/);
  });

  test('a Prometheus that does not watch itself watches all else', () => {
    const stack = new Stack({ prometheus: { selfMonitoring: false } });
    expect(minimal.jobs.filter((job) => !stack.jobs.includes(job))).toEqual(['prometheus']);
  });

  test('two stacks of one name in one chart fail the synthesis', () => {
    const chart = new Chart(new App(), 'test');
    new KubernetesMonitoring(chart, 'a');
    new KubernetesMonitoring(chart, 'b', { nodeExporter: { port: 9101 } });
    expect(chart.node.root.node.findAll().flatMap(({ node }) => node.validate()))
      .toContain("test/b/prometheus/Resource: there is a Deployment 'prometheus' already, made by 'test/a/prometheus/Resource'; give one of the two another 'name' or 'namespace'");
    expect(() => new KubernetesMonitoring(chart, 'c')).toThrow("test/c/node-exporter: port 9100 of every node leads to 'test/a/node-exporter' already; choose another");
  });
});

describe('an agent', () => {
  const agent = { agent: true, remoteWrites: [new RemoteWrite({ url: 'https://store.example.com/write' })] };
  const stack = new Stack({ prometheus: agent });

  test('scrapes what a server does, and has neither rules nor an Alertmanager', () => {
    const jobs = minimal.jobs.filter((job) => !['prometheus', 'alertmanager'].includes(job));
    expect([...stack.jobs].sort()).toEqual([...jobs, 'prometheus-agent'].sort());
    expect([stack.groups, stack.construct.alertmanager, stack.of('StatefulSet')]).toEqual([[], undefined, []]);
    expect(stack.text).not.toContain('alertmanager');
    expect(stack.configuration.remote_write).toEqual([{ url: 'https://store.example.com/write' }]);
    checkObjects(stack.objects);
    expect(checkPrometheus(stack.objects)).toHaveLength(1);
  });

  test('is said to leave out rules, by the stack and for each thing', () => {
    expect(stack.construct.notes.filter((text) => !minimal.construct.notes.includes(text))).toEqual([
      'rules are left out, and so is Alertmanager: an agent evaluates no rules and sends no alerts; evaluate them where the samples go',
    ]);
    expect(stack.construct.prometheus.node.metadata.map(({ data }): unknown => data)).toContainEqual(
      expect.stringMatching(/^the rules of 'test\/monitoring\/kubelet' are left out, because an agent evaluates none; /),
    );
  });

  test('accepts an Alertmanager that is left out already', () => {
    expect(new Stack({ prometheus: agent, without: [MonitoringPart.ALERTMANAGER] }).identities).toEqual(stack.identities);
  });

  test.each<[string, KubernetesMonitoringProps]>([
    ["'routing'", { routing: new AlertRouting() }],
    ["'alertmanager'", { alertmanager: {} }],
    ["'ruleEdits'", { ruleEdits: [RuleEdit.without('Watchdog')] }],
    ["'routing' and 'ruleEdits'", { routing: new AlertRouting(), ruleEdits: [RuleEdit.without('Watchdog')] }],
  ])('with %s is refused', (given, props) => {
    expect(() => new Stack({ ...props, prometheus: agent })).toThrow(
      `test/monitoring: got ${given} with prometheus.agent, and an agent evaluates no rules and sends no alerts; leave 'agent' out, or configure alerts where the rules are evaluated`,
    );
  });

  test('with no edit is accepted', () => {
    expect(new Stack({ prometheus: agent, ruleEdits: [] }).identities).toEqual(stack.identities);
  });
});

describe.each([['minimal', minimal], ['nothing but Prometheus', nothing], ['managed', managed], ['open', open]])('%s', (_, stack) => {
  test('a rule names only jobs that are there, beside those that it can do without', () => {
    const known = [...stack.jobs, 'kube-state-metrics', 'kubelet', 'kube-scheduler', 'kube-controller-manager', 'kube-proxy'];
    expect(stack.jobsInRules.filter((job) => !known.includes(job))).toEqual([]);
  });

  test('no role is empty, and no rule is granted twice', () => {
    const roles = stack.of('ClusterRole', 'Role');
    expect(roles.filter(({ rules }) => rules.length === 0)).toEqual([]);
    expect(new Set(stack.granted).size).toBe(stack.granted.length);
    expect(stack.of('ClusterRoleBinding', 'RoleBinding').map(({ roleRef }) => roleRef.name)).toEqual(roles.map(({ metadata }) => metadata.name));
  });

  test('each object is there once, after its namespace', () => {
    checkObjects(stack.objects);
  });

  test('promtool and amtool take what it writes', () => {
    expect(checkPrometheus(stack.objects)).toHaveLength(1);
    expect(checkAlertmanager(stack.objects)).toHaveLength(stack.workloads.alertmanager === undefined ? 0 : 1);
  });
});

test('two synths give the same bytes', () => {
  const once = () => {
    const app = new App();
    new KubernetesMonitoring(new Chart(app, 'test'), 'monitoring', { etcd: {}, scheduler: {} });
    return app.synthYaml();
  };
  expect(once()).toBe(once());
});

test('a namespace that every cluster has is left as it is', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'kube-system' });
  new KubernetesMonitoring(chart, 'monitoring');
  const objects: Loose[] = Testing.synth(chart);
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  expect(namespaces.map(({ metadata }) => metadata.name)).toEqual(['kube-system-nodes']);
});
