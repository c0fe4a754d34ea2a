import { Chart, Testing } from 'cdk8s';
import { checkObjects, checkRules, identity, Manifest, nameOf, ofKind } from '../manifests';
import { crdProblems, isOperators } from '../operator/crds/crd-schema';
import {
  AlertRouting, ClusterProfile, ExistingBackendOptions, ExistingPrometheus, KubernetesMonitoring, KubernetesMonitoringProps, MonitoringBackend,
  MonitoringPart, ObjectSelector, Receiver, RuleEdit,
} from '../../lib';

interface Made {
  readonly construct: KubernetesMonitoring;
  readonly objects: Manifest[];
}

function stack(options: ExistingBackendOptions = {}, props: KubernetesMonitoringProps = {}): Made {
  const chart = new Chart(Testing.app(), 'ours', { namespace: 'kube-ops' });
  const backend = MonitoringBackend.existing({ labels: { release: 'kps' }, ...options });
  const construct = new KubernetesMonitoring(chart, 'monitoring', { backend, ...props });
  const objects: Manifest[] = Testing.synth(chart);
  expect(objects.filter(isOperators).flatMap(crdProblems)).toEqual([]);
  return { construct, objects };
}

const EVERYTHING = { profile: ClusterProfile.kubeadm({ scheduler: true, controllerManager: true, kubeProxy: true, etcd: true }) };
const minimal = stack();

test('makes what was reviewed', () => {
  expect(minimal.objects.map(identity)).toMatchSnapshot();
  expect(minimal.construct.notes).toMatchSnapshot();
});

describe('notes', () => {
  const about = (word: string, props: KubernetesMonitoringProps = {}) => stack({}, props).construct.notes.filter((text) => text.includes(word));

  test('say which namespace has to exist for node-exporter', () => {
    expect(about('privileged')).toEqual([
      "namespace 'kube-ops-nodes' has to exist and to admit Pod Security 'privileged' for node-exporter; make it, as by a MonitoringNamespace with "
      + "PodSecurityLevel.PRIVILEGED, or name another by 'nodeNamespace'",
    ]);
    expect(about("namespace 'agents' has to exist", { createNamespaces: false, nodeNamespace: 'agents' })).toHaveLength(1);
    expect(about('privileged', { createNamespaces: true })).toEqual([]);
    expect(about('privileged', { without: [MonitoringPart.NODE_EXPORTER] })).toEqual([]);
  });

  test('say what the Prometheus may monitor already', () => {
    expect(about('already')).toEqual([
      'the Prometheus may monitor node-exporter (port 9100 of each node), kube-state-metrics, kubelet, apiserver, coredns already, as that of '
      + "kube-prometheus-stack does, mostly under the same job names; leave out by 'without' what it monitors, or targets and alerts are there twice",
    ]);
    const { NODE_EXPORTER, KUBE_STATE_METRICS, KUBELET, API_SERVER, CORE_DNS } = MonitoringPart;
    expect(about('already', { without: [NODE_EXPORTER, KUBE_STATE_METRICS, KUBELET] })[0]).toContain('may monitor apiserver, coredns already');
    expect(about('already', { nodeExporter: { port: 9101 } })[0]).toContain('node-exporter (port 9101 of each node)');
    expect(about('already', { without: [NODE_EXPORTER, KUBE_STATE_METRICS, KUBELET, API_SERVER, CORE_DNS] })).toEqual([]);
  });
});

test('does not name the Prometheus of others among what is monitored, unless it is', () => {
  expect(minimal.construct.monitored).not.toContain(minimal.construct.prometheus);
  expect(minimal.construct.monitored).toContain(minimal.construct.nodeExporter);
  const { construct } = stack({ service: { namespace: 'monitoring' }, selfMonitoring: true });
  expect(construct.monitored).toContain(construct.prometheus);
  expect(construct.prometheus.monitoring.dashboards?.map(({ uid }) => uid)).toContain('alerts');
});

test('makes exporters, monitors and rules, and nothing that is the Prometheus\'s own', () => {
  const { construct, objects } = minimal;
  expect(construct.prometheus).toBeInstanceOf(ExistingPrometheus);
  expect([construct.alertmanager, construct.operator]).toEqual([undefined, undefined]);
  expect(objects.filter(({ kind }) => ['Prometheus', 'Alertmanager', 'StatefulSet', 'Namespace'].includes(kind)).map(identity)).toEqual([]);
  expect(ofKind(objects, 'Deployment').map(nameOf).sort()).toEqual(['blackbox-exporter', 'kube-state-metrics']);
  expect(objects.filter(isOperators).filter(({ metadata }) => metadata.labels?.release !== 'kps' || metadata.namespace !== 'kube-ops').map(identity)).toEqual([]);
  checkRules(objects);
});

test('has the jobs and the rules of its components that an operator of its own has', () => {
  const chart = new Chart(Testing.app(), 'ours', { namespace: 'kube-ops' });
  const { prometheus } = new KubernetesMonitoring(chart, 'monitoring', { backend: MonitoringBackend.operator(), ...EVERYTHING });
  const operated: Manifest[] = Testing.synth(chart);
  const named = (objects: readonly Manifest[], prefix: string) => objects.filter(isOperators)
    .filter(({ kind }) => !['Prometheus', 'Alertmanager'].includes(kind))
    .map(({ kind, metadata }) => `${kind} ${metadata.name.slice(prefix.length)}`).sort();
  const own = /-(prometheus|prometheus-operator|alertmanager|general)$/;
  expect(named(stack({}, EVERYTHING).objects, 'ours')).toEqual(named(operated, prometheus.serviceName).filter((name) => !own.test(name)));
});

test('monitors the Prometheus where it is asked to', () => {
  const { objects } = stack({ selfMonitoring: true, service: { namespace: 'monitoring' } });
  const rules = (made: readonly Manifest[]) => ofKind(made, 'PrometheusRule').map(nameOf);
  expect(rules(objects)).toEqual(expect.arrayContaining(['ours-prometheus', 'ours-general']));
  expect(rules(minimal.objects).filter((name) => /prometheus|general/.test(name))).toEqual([]);
  expect(() => stack({ selfMonitoring: true })).toThrow("ours/monitoring/prometheus: it is not known where the Prometheus is; say so by the prop 'service'");
});

test('each option of the Prometheus reaches it', () => {
  const { construct, objects } = stack({ name: 'extra', namespace: 'monitoring', scrapeClass: 'token', selectors: { others: ObjectSelector.all() } });
  expect([...new Set(objects.filter(isOperators).map(({ metadata }) => metadata.namespace))]).toEqual(['monitoring']);
  expect(ofKind(objects, 'ServiceMonitor').map(({ metadata, spec }) => [metadata.name, spec.scrapeClass])).toContainEqual(['extra-kubelet', 'token']);
  expect(construct.notes.filter((text) => text.includes('Selector'))).toEqual([]);
});

test('namespaces are made when that is said', () => {
  expect(ofKind(stack({}, { createNamespaces: true }).objects, 'Namespace').map(nameOf)).toEqual(['kube-ops', 'kube-ops-nodes']);
  checkObjects(stack({}, { createNamespaces: true }).objects);
});

test('parts are left out, those that it does not make among them', () => {
  const { objects } = stack({}, { without: Object.values(MonitoringPart) });
  expect(objects).toEqual([]);
});

test('rules of all parts are changed', () => {
  const { objects } = stack({}, { ruleEdits: [RuleEdit.without('KubePodCrashLooping')] });
  const crashLooping = (made: readonly Manifest[]) => JSON.stringify(made).includes('KubePodCrashLooping');
  expect([crashLooping(objects), crashLooping(minimal.objects)]).toEqual([false, true]);
});

test.each<[string, KubernetesMonitoringProps, string]>([
  ['prometheus', { prometheus: {} }, "got 'prometheus' together with MonitoringBackend.existing(), whose Prometheus and Alertmanager others make; take it out, or choose another backend"],
  ['alertmanager', { alertmanager: { replicas: 3 } }, "got 'alertmanager' together"],
  ['routing', { routing: new AlertRouting({ receiver: Receiver.of('nobody') }) }, "got 'routing' together"],
  ['all of them', { prometheus: {}, alertmanager: {} }, "got 'prometheus' and 'alertmanager' together with MonitoringBackend.existing(), whose Prometheus and Alertmanager others make; take them out"],
])('%s is refused', (_, props, message) => {
  expect(() => stack({}, props)).toThrow(`ours/monitoring: ${message}`);
});
