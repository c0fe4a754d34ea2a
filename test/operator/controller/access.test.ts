import { KubeletService } from '../../../lib/operator/controller/kubelet-service';
import { PrometheusOperator } from '../../../lib/operator/controller/prometheus-operator';
import { OperatorController, OperatorFeature, OperatorRepair } from '../../../lib/operator/controller/prometheus-operator-controller';
import { PrometheusOperatorProps } from '../../../lib/operator/controller/prometheus-operator-props';
import { synth } from '../../charts';
import { find, Manifest } from '../../manifests';

interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
  readonly verbs: string[];
}

function roles(props: PrometheusOperatorProps): Manifest[] {
  return synth((chart) => new PrometheusOperator(chart, 'operator', props)).filter(({ kind }) => /^(Cluster)?Role$/.test(kind));
}

/** What a role grants, as `verbs resource`, a line for each resource. */
function granted({ rules = [] }: Manifest): string[] {
  const parsed: Rule[] = JSON.parse(JSON.stringify(rules));
  return parsed.flatMap(({ apiGroups, resources, resourceNames, verbs }) => resources.map((resource) => (
    [verbs.join(), apiGroups[0] === '' ? resource : `${apiGroups[0]}/${resource}`, ...resourceNames ?? []].join(' ')
  ))).sort();
}

const none = { kubeletService: KubeletService.none() };
const M = 'monitoring.coreos.com';

test('grants what the default controllers ask for, across the cluster', () => {
  const cluster = find(roles({}), 'ClusterRole');
  expect(cluster.metadata).toMatchObject({ name: 'monitoring-operator' });
  expect(cluster.metadata.namespace).toBeUndefined();
  expect(granted(cluster)).toEqual([
    'create,patch events.k8s.io/events',
    'get storage.k8s.io/storageclasses',
    'get,create,update services',
    'get,list,watch,create,update,delete configmaps',
    'get,list,watch,create,update,delete secrets',
    'get,list,watch,create,update,delete,patch apps/statefulsets',
    `get,list,watch ${M}/alertmanagerconfigs`,
    `get,list,watch ${M}/alertmanagers`,
    `get,list,watch ${M}/prometheusagents`,
    `get,list,watch ${M}/prometheuses`,
    `get,list,watch ${M}/scrapeconfigs`,
    'list nodes',
    'list pods',
    `list,watch ${M}/podmonitors`,
    `list,watch ${M}/probes`,
    `list,watch ${M}/prometheusrules`,
    `list,watch ${M}/servicemonitors`,
    'list,watch namespaces',
    `update ${M}/alertmanagers/finalizers`,
    `update ${M}/prometheusagents/finalizers`,
    `update ${M}/prometheuses/finalizers`,
    `update,patch ${M}/alertmanagers/status`,
    `update,patch ${M}/prometheusagents/status`,
    `update,patch ${M}/prometheuses/status`,
  ].sort());
});

test('binds roles to the service account', () => {
  const bindings = synth((chart) => new PrometheusOperator(chart, 'operator')).filter(({ kind }) => /^(Cluster)?RoleBinding$/.test(kind));
  expect(bindings.map(({ metadata, subjects }) => [metadata.name, metadata.namespace, subjects])).toEqual([
    ['monitoring-operator', undefined, [{ kind: 'ServiceAccount', name: 'operator', namespace: 'monitoring' }]],
    ['monitoring-operator-kubelet-service', 'kube-system', [{ kind: 'ServiceAccount', name: 'operator', namespace: 'monitoring' }]],
  ]);
});

test('the Service of the kubelets takes rights in its namespace only', () => {
  const role = find(roles({ kubeletService: KubeletService.of({ namespace: 'nodes', name: 'all-nodes' }) }), 'Role');
  expect(role.metadata).toMatchObject({ name: 'monitoring-operator-kubelet-service', namespace: 'nodes' });
  expect(granted(role)).toEqual([
    'create services',
    'get,list,create,update,delete discovery.k8s.io/endpointslices',
    'get,update services all-nodes',
    'update services/finalizers all-nodes',
  ]);
  expect(find(roles(none), 'ClusterRole')).toBeDefined();
  expect(granted(find(roles(none), 'ClusterRole'))).not.toContain('list nodes');
});

test('named namespaces take no right across the cluster', () => {
  const made = roles({ ...none, watchNamespaces: ['shop', 'pay'] });
  expect(made.map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual([
    ['Role', 'monitoring-operator-shop', 'shop'],
    ['Role', 'monitoring-operator-pay', 'pay'],
  ]);
  expect(granted(made[0])).toEqual(granted(made[1]));
  expect(granted(made[0])).toContain('get namespaces');
  expect(granted(made[0]).join()).not.toMatch(/events|storageclasses|nodes/);
  expect(granted(find(roles({ watchNamespaces: ['shop'] }), 'ClusterRole'))).toEqual(['list nodes']);
});

test('what workloads are made of is written in their namespaces only', () => {
  const made = roles({ ...none, instanceNamespaces: ['shop'] });
  const across = granted(find(made, 'ClusterRole'));
  expect(across).toContain('get,list,watch secrets');
  expect(across.filter((line) => /create|update|delete/.test(line))).toEqual(['create,patch events.k8s.io/events']);
  expect(granted(find(made, 'Role'))).toContain('get,list,watch,create,update,delete secrets');
  const both = roles({ ...none, watchNamespaces: ['shop', 'pay'], instanceNamespaces: ['shop'] });
  expect(both.map(({ metadata, rules }) => [metadata.namespace, JSON.stringify(rules).includes('statefulsets')])).toEqual([['shop', true], ['pay', false]]);
});

test('kinds that are not made are not granted', () => {
  const of = (controller: OperatorController) => granted(find(roles({ ...none, controllers: [controller] }), 'ClusterRole'));
  const kinds = (lines: string[]) => lines.filter((line) => line.includes(M) && !/\/(status|finalizers)$/.test(line)).map((line) => line.split('/')[1]).sort();
  expect(kinds(of(OperatorController.ALERTMANAGER))).toEqual(['alertmanagerconfigs', 'alertmanagers']);
  expect(kinds(of(OperatorController.PROMETHEUS_AGENT))).toEqual(['podmonitors', 'probes', 'prometheusagents', 'scrapeconfigs', 'servicemonitors']);
  expect(of(OperatorController.ALERTMANAGER)).toContain('get,list,watch configmaps');
});

test('features and repairs take their rights with them', () => {
  const lines = (props: PrometheusOperatorProps) => granted(find(roles({ ...none, ...props }), 'ClusterRole'));
  expect(lines({ repair: OperatorRepair.EVICT })).toContain('create pods/eviction');
  expect(lines({ repair: OperatorRepair.DELETE })).toContain('list,delete pods');
  const status = lines({ features: [OperatorFeature.CONFIGURATION_STATUS] });
  expect(status).toContain(`get,list,watch,patch ${M}/prometheuses`);
  ['servicemonitors', 'podmonitors', 'probes', 'scrapeconfigs', 'prometheusrules'].forEach((kind) => {
    expect(status).toContain(`update,patch ${M}/${kind}/status`);
  });
});
