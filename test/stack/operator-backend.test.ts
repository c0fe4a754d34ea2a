import { Chart, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { checkObjects, Loose } from '../manifests';
import { crdProblems, isOperators } from '../operator/crds/crd-schema';
import {
  AlertmanagerConfigSelection, ClusterProfile, KubeletDiscovery, KubeletService, KubernetesMonitoring, KubernetesMonitoringProps,
  MonitoringBackend, MonitoringPart, MonitorSelection, OperatedAlertmanager, OperatedPrometheus, OperatorBackendOptions, RemoteWrite,
  RuleEdit,
} from '../../lib';

const KINDS = ['Prometheus', 'Alertmanager', 'ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'PrometheusRule'];

function stack(props: KubernetesMonitoringProps = {}): { construct: KubernetesMonitoring; objects: Loose[]; text: string } {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'kube-ops' });
  const construct = new KubernetesMonitoring(chart, 'monitoring', { backend: MonitoringBackend.operator(), ...props });
  const objects = Testing.synth(chart);
  return { construct, objects, text: JSON.stringify(objects) };
}

function names(objects: Loose[], ...kinds: string[]): string[] {
  return objects.filter(({ kind }) => kinds.includes(kind)).map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
}

function one(objects: Loose[], kind: string, name: string): Loose {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  expect(found).toHaveLength(1);
  return found[0];
}

const minimal = stack();

test('makes what was reviewed', () => {
  expect(minimal.objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)).toMatchSnapshot();
  expect(minimal.objects.filter(({ kind }) => KINDS.includes(kind) && kind !== 'PrometheusRule')).toMatchSnapshot();
});

test('each object is there once, after its namespace', () => {
  checkObjects(minimal.objects);
});

test('has the operator\'s resources instead of the workloads', () => {
  expect(minimal.construct.prometheus).toBeInstanceOf(OperatedPrometheus);
  expect(minimal.construct.alertmanager).toBeInstanceOf(OperatedAlertmanager);
  expect(names(minimal.objects, 'Prometheus', 'Alertmanager')).toEqual(['Prometheus kube-ops/prometheus', 'Alertmanager kube-ops/alertmanager']);
  expect(names(minimal.objects, 'StatefulSet')).toEqual([]);
  expect(names(minimal.objects, 'Deployment').sort()).toEqual(
    ['blackbox-exporter', 'kube-state-metrics', 'prometheus-operator'].map((name) => `Deployment kube-ops/${name}`),
  );
});

test('without a backend there is no operator', () => {
  const { construct, objects } = stack({ backend: undefined });
  expect(construct.operator).toBeUndefined();
  expect(names(objects, ...KINDS)).toEqual([]);
  expect(names(stack({ backend: MonitoringBackend.plain() }).objects, ...KINDS)).toEqual([]);
});

describe('the kubelets', () => {
  const monitors = ({ objects }: { objects: Loose[] }) => names(objects, 'ServiceMonitor', 'ScrapeConfig').filter((name) => name.includes('kubelet'));
  const kubeletService = KubeletService.none();

  test('are found through the Service that the operator keeps, and not through the nodes as well', () => {
    expect(monitors(minimal)).toEqual(['ServiceMonitor kube-ops/prometheus-kubelet']);
    expect(one(minimal.objects, 'ServiceMonitor', 'prometheus-kubelet').spec.namespaceSelector).toEqual({ matchNames: ['kube-system'] });
  });

  test('are found in the namespace where the operator keeps the Service', () => {
    const backend = MonitoringBackend.operator({ operator: { kubeletService: KubeletService.of({ namespace: 'kubelets' }) } });
    expect(one(stack({ backend }).objects, 'ServiceMonitor', 'prometheus-kubelet').spec.namespaceSelector).toEqual({ matchNames: ['kubelets'] });
  });

  test('are found through the nodes where the operator keeps none', () => {
    const found = monitors(stack({ backend: MonitoringBackend.operator({ operator: { kubeletService } }) }));
    expect(found.sort()).toEqual(['metrics', 'metrics-cadvisor', 'metrics-probes'].map((path) => `ScrapeConfig kube-ops/prometheus-kubelet-${path}`));
  });

  test('are found through the nodes where another operator may keep none', () => {
    expect(monitors(stack({ without: [MonitoringPart.PROMETHEUS_OPERATOR] }))).toHaveLength(3);
  });

  test('are found as their own props say', () => {
    expect(monitors(stack({ kubelet: { discovery: KubeletDiscovery.nodes() } }))).toHaveLength(3);
    expect(monitors(stack({ without: [MonitoringPart.PROMETHEUS_OPERATOR], kubelet: { discovery: KubeletDiscovery.service() } })))
      .toEqual(['ServiceMonitor kube-ops/prometheus-kubelet']);
  });
});

test('the operator is left out where the cluster has one', () => {
  const { construct, objects, text } = stack({ without: [MonitoringPart.PROMETHEUS_OPERATOR] });
  expect(construct.operator).toBeUndefined();
  expect(names(objects, 'Prometheus')).toHaveLength(1);
  expect(text).not.toMatch(/prometheus-operator|PrometheusOperatorNotReady/);
  expect(minimal.text).toMatch(/PrometheusOperatorNotReady/);
});

test('each option of the backend reaches the manifests', () => {
  const options: Required<OperatorBackendOptions> = {
    operator: { name: 'our-operator' }, selection: MonitorSelection.own(), teamConfigs: AlertmanagerConfigSelection.everywhere(),
  };
  const { objects } = stack({ backend: MonitoringBackend.operator(options) });
  expect(names(objects, 'Deployment')).toContain('Deployment kube-ops/our-operator');
  expect(one(objects, 'Prometheus', 'prometheus').spec.serviceMonitorSelector).toHaveProperty('matchLabels');
  expect(one(objects, 'Alertmanager', 'alertmanager').spec.alertmanagerConfigSelector).toEqual({});
  expect(one(minimal.objects, 'Alertmanager', 'alertmanager').spec).not.toHaveProperty('alertmanagerConfigSelector');
});

test('an agent monitors everything, with neither rules nor an Alertmanager', () => {
  const { construct, objects } = stack({ prometheus: { agent: true, remoteWrites: [new RemoteWrite({ url: 'https://store.example.com/write' })] } });
  checkObjects(objects);
  expect(objects.filter(isOperators).flatMap(crdProblems)).toEqual([]);
  const kinds = new Set(objects.map(({ kind }) => kind));
  expect(['PrometheusAgent', 'Prometheus', 'PrometheusRule', 'Alertmanager'].filter((kind) => kinds.has(kind))).toEqual(['PrometheusAgent']);
  expect(one(objects, 'PrometheusAgent', 'prometheus').spec.remoteWrite).toEqual([{ url: 'https://store.example.com/write' }]);
  const monitorsOf = (all: Loose[]) => names(all, 'ServiceMonitor').filter((name) => !/prometheus-(prometheus|alertmanager)/.test(name));
  expect(names(objects, 'ServiceMonitor')).toEqual(expect.arrayContaining([...monitorsOf(minimal.objects), 'ServiceMonitor kube-ops/prometheus-prometheus-agent']));
  expect([construct.alertmanager, construct.notes.at(-1)]).toEqual([undefined, expect.stringMatching(/^rules are left out, and so is Alertmanager: /)]);
});

test('shards of Prometheus are its own prop on both backends', () => {
  expect(one(stack({ prometheus: { shards: 2 } }).objects, 'Prometheus', 'prometheus').spec.shards).toBe(2);
  expect(names(stack({ backend: MonitoringBackend.plain(), prometheus: { shards: 2 } }).objects, 'StatefulSet'))
    .toEqual(expect.arrayContaining(['StatefulSet kube-ops/prometheus', 'StatefulSet kube-ops/prometheus-shard-1']));
});

test('registry and pull Secrets are the operator\'s too, and its reloader\'s', () => {
  const { objects, text } = stack({ registry: 'registry.example.com' });
  expect(text).not.toMatch(/quay\.io|registry\.k8s\.io/);
  expect(JSON.stringify(one(objects, 'Deployment', 'prometheus-operator'))).toMatch(/registry\.example\.com\/prometheus-operator\/prometheus-config-reloader/);
});

test('edits of rules reach the rules of the operator', () => {
  expect(stack({ ruleEdits: [RuleEdit.without('PrometheusOperatorNotReady')] }).text).not.toMatch(/PrometheusOperatorNotReady/);
});

test('the operator writes only where the stack is, unless it is told otherwise', () => {
  expect(minimal.construct.operator?.manages('kube-ops')).toBe(true);
  expect(minimal.construct.operator?.manages('elsewhere')).toBe(false);
  const backend = MonitoringBackend.operator({ operator: { instanceNamespaces: ['kube-ops', 'elsewhere'] } });
  expect(stack({ backend }).construct.operator?.manages('elsewhere')).toBe(true);
});

test('stacks of two clusters are in an app each', () => {
  const charts = ['staging', 'production'].map((cluster) => {
    const chart = new Chart(Testing.app(), cluster, { namespace: 'kube-ops' });
    new KubernetesMonitoring(chart, 'monitoring', { backend: MonitoringBackend.operator(), prometheus: { cluster } });
    return chart;
  });
  charts.forEach((chart) => expect(names(Testing.synth(chart), 'Prometheus')).toEqual(['Prometheus kube-ops/prometheus']));
});

test('the image of reloaders is an option of the backend', () => {
  const images = (backend: MonitoringBackend) => stack({ backend }).text.match(/"image":"[^"]*reloader[^"]*"/g);
  expect(images(MonitoringBackend.plain({ reloaderImage: 'example.com/reloader:v1' })))
    .toEqual(['"image":"example.com/reloader:v1"', '"image":"example.com/reloader:v1"']);
  expect(stack({ backend: MonitoringBackend.operator({ operator: { configReloader: { image: 'example.com/reloader:v1' } } }) }).text)
    .toContain('--prometheus-config-reloader=example.com/reloader:v1');
});

test('the resources of reloaders are an option of the backend', () => {
  const reloaderResources = { cpuLimit: Cpu.millis(7) };
  const limited = '"limits":{"cpu":"7m","memory":"64Mi"}';
  expect(stack({ backend: MonitoringBackend.plain({ reloaderResources }) }).text.split(limited)).toHaveLength(3);
  expect(stack({ backend: MonitoringBackend.operator({ operator: { configReloader: { resources: reloaderResources } } }) }).text)
    .toContain('--config-reloader-cpu-limit=7m');
});

test('an operator that is set up and left out is refused', () => {
  const backend = MonitoringBackend.operator({ operator: { name: 'ours' } });
  expect(() => stack({ backend, without: [MonitoringPart.PROMETHEUS_OPERATOR] })).toThrow("got 'backend.operator' together with 'without' of the same part");
});

test('both backends watch the same jobs with the same rules', () => {
  const profile = ClusterProfile.kubeadm({ scheduler: true, controllerManager: true, kubeProxy: true, etcd: true });
  const groups = ({ text }: { text: string }) => [...new Set([...text.matchAll(/alert\\?"?: \\?"?(\w+)/g)].map(([, alert]) => alert))];
  const operated = stack({ profile, without: [MonitoringPart.PROMETHEUS_OPERATOR] });
  const rules: Loose[] = operated.objects.filter(({ kind }) => kind === 'PrometheusRule').flatMap(({ spec }) => spec.groups);
  const plain = stack({ profile, backend: undefined });
  const alerts = rules.flatMap((group) => group.rules).flatMap(({ alert }) => alert ?? []);
  expect([...new Set(alerts)].sort()).toEqual(groups(plain).sort());
  expect(alerts.length).toBeGreaterThan(100);
});
