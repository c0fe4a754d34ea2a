import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { CustomResourceMetric, KubeStateCustomResource, KubeStateMetrics, KubeStateMetricsProps, KubeStateResource } from '../../../lib/components';
import { MetricSelection } from '../../../lib/monitoring';
import { expressions, jobOf, told } from '../support';
import { inChart, synth } from '../../charts';
import { find } from '../../manifests';
import { PodOption } from '../../pod-options';

function made(props?: KubeStateMetricsProps): KubeStateMetrics {
  return inChart((chart) => new KubeStateMetrics(chart, 'state', props));
}

test('works without props', () => {
  expect(synth((chart) => new KubeStateMetrics(chart, 'kube-state-metrics'))).toMatchSnapshot();
  expect(told(jobOf(made()))).toMatchSnapshot();
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new KubeStateMetrics(chart, 'kube-state-metrics', { shards: 2, namespaces: ['a', 'b'] })));
  expect(once()).toBe(once());
});

const CERTIFICATES: Required<KubeStateCustomResource> = {
  group: 'cert-manager.io', version: 'v1', kind: 'Certificate', plural: 'certificates', namespaced: true, metricNamePrefix: 'certificate',
  labelsFromPath: { namespace: ['metadata', 'namespace'], name: ['metadata', 'name'] }, commonLabels: { of: 'cert-manager' },
  metrics: [
    CustomResourceMetric.gauge({
      name: 'not_after', help: 'End of the certificate.', path: ['status'], valueFrom: ['notAfter'], labelFromKey: 'part', nilIsZero: true,
      labelsFromPath: { secret: ['spec', 'secretName'], 'label_*': ['metadata', 'labels'] }, labelsFromEntry: { renewal: ['renewalTime'] }, commonLabels: { a: '$(b)' },
    }),
    CustomResourceMetric.info({ name: 'info', help: 'Issuer.', path: ['spec', 'issuerRef'], labelFromKey: 'field', labelsFromEntry: { issuer: ['name'] } }),
    CustomResourceMetric.stateSet({ name: 'ready', help: 'State.', path: ['status', 'conditions', '[type=Ready]'], labelName: 'status', list: ['True', 'False', 'Unknown'], valueFrom: ['status'], labelsFromEntry: { reason: ['reason'] } }),
  ],
};

const all = (chart: Chart): Required<Omit<KubeStateMetricsProps, 'metricDenylist' | PodOption>> => ({
  name: 'state',
  namespace: 'observing',
  image: 'registry.example.com/kube-state-metrics:v2.19.0',
  registry: 'unused.example.com',
  imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
  resources: { cpuRequest: Cpu.millis(50), cpuLimit: Cpu.units(1), memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256) },
  nodeSelector: { pool: 'big' },
  tolerations: [{ key: 'gpu', operator: 'Exists' }],
  affinity: { nodeAffinity: {} },
  priorityClassName: 'agents',
  podAnnotations: { note: 'pod' },
  podLabels: { team: 'ops' },
  serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'observer', { namespaceName: 'observing' }),
  jobName: 'state',
  extraFlags: { 'use-apiserver-cache': '' },
  interval: Duration.seconds(60),
  timeout: Duration.seconds(30),
  metrics: MetricSelection.drop('kube_lease_.+'),
  watchedResources: [KubeStateResource.PODS, KubeStateResource.NODES, KubeStateResource.DEPLOYMENTS, KubeStateResource.JOBS],
  namespaces: ['shop', 'pay'],
  exceptNamespaces: ['old'],
  customResources: [CERTIFICATES],
  shards: 3,
  metricAllowlist: ['kube_pod_.*', 'kube_node_info', 'kube_job_.*'],
  optInMetrics: ['kube_pod_nodeselectors'],
  exposedLabels: [{ resource: KubeStateResource.PODS, keys: ['app.kubernetes.io/name', 'team'] }, { resource: KubeStateResource.NODES, keys: ['*'] }],
  exposedAnnotations: [{ resource: KubeStateResource.DEPLOYMENTS, keys: ['owner'] }],
  rules: { jobDuration: Duration.hours(3) },
});

test('the label that leaves a volume out of alerts is exposed where claims are watched', () => {
  const labels = (props: KubeStateMetricsProps) => find(synth((chart) => new KubeStateMetrics(chart, 'state', props)), 'Deployment')
    .spec.template.spec.containers[0].args.filter((arg: string) => arg.startsWith('--metric-labels-allowlist'));
  const { PERSISTENT_VOLUME_CLAIMS: claims, PODS: pods } = KubeStateResource;
  expect(labels({})).toEqual(['--metric-labels-allowlist=persistentvolumeclaims=[excluded-from-alerts]']);
  expect(labels({ exposedLabels: [{ resource: pods, keys: ['team'] }] })).toEqual(['--metric-labels-allowlist=pods=[team],persistentvolumeclaims=[excluded-from-alerts]']);
  expect(labels({ exposedLabels: [{ resource: claims, keys: ['team'] }] })).toEqual(['--metric-labels-allowlist=persistentvolumeclaims=[team,excluded-from-alerts]']);
  expect(labels({ exposedLabels: [{ resource: claims, keys: ['*'] }] })).toEqual(['--metric-labels-allowlist=persistentvolumeclaims=[*]']);
  expect(labels({ watchedResources: [pods] })).toEqual([]);
});

test('takes all the props but the list of denied metrics', () => {
  const manifests = synth((chart) => new KubeStateMetrics(chart, 'kube-state-metrics', all(chart)));
  expect(manifests).toMatchSnapshot();
  const { spec } = find(manifests, 'StatefulSet');
  expect(spec).toMatchObject({ replicas: 3, serviceName: 'state', podManagementPolicy: 'Parallel' });
  expect(spec.template.spec).toMatchObject({
    serviceAccountName: 'observer', priorityClassName: 'agents', nodeSelector: { pool: 'big' }, tolerations: [{ key: 'gpu' }], imagePullSecrets: [{ name: 'pull' }],
  });
  expect(spec.template.spec.containers[0].args).toEqual([
    '--port=8080',
    '--telemetry-port=8081',
    '--resources=pods,nodes,deployments,jobs',
    '--namespaces=shop,pay',
    '--namespaces-denylist=old',
    expect.stringMatching(/^--custom-resource-state-config=\{"kind":"CustomResourceStateMetrics",/),
    '--metric-allowlist=kube_pod_.*,kube_node_info,kube_job_.*',
    '--metric-opt-in-list=kube_pod_nodeselectors',
    '--metric-labels-allowlist=pods=[app.kubernetes.io/name,team],nodes=[*]',
    '--metric-annotations-allowlist=deployments=[owner]',
    '--use-apiserver-cache',
    '--pod=$(POD_NAME)',
    '--pod-namespace=$(POD_NAMESPACE)',
  ]);
  const state = inChart((chart) => new KubeStateMetrics(chart, 'kube-state-metrics', all(chart)));
  expect(told(jobOf(state))).toMatchSnapshot();
  expect(expressions(state)).toContain('job=\\"state\\"');
  expect(expressions(state)).toContain(`${3 * 3600}`);
  expect(state.monitoring.rules?.alertNames).toContain('KubeStateMetricsShardsMissing');
  expect(state.watchedResources.map(({ plural }) => plural)).toEqual(['pods', 'nodes', 'deployments', 'jobs']);
});

test('takes a list of denied metrics', () => {
  const manifests = synth((chart) => new KubeStateMetrics(chart, 's', { metricDenylist: ['kube_.+_annotations'] }));
  expect(find(manifests, 'Deployment').spec.template.spec.containers[0].args).toContain('--metric-denylist=kube_.+_annotations');
});

test('may list and watch exactly what it is told to watch', () => {
  const [role] = synth((chart) => new KubeStateMetrics(chart, 's', { watchedResources: [KubeStateResource.PODS, KubeStateResource.JOBS, KubeStateResource.SERVICES] }))
    .filter(({ kind }) => kind === 'ClusterRole');
  expect(role.metadata.namespace).toBeUndefined();
  expect(role.rules).toEqual([
    { apiGroups: [''], resources: ['pods', 'services'], verbs: ['list', 'watch'] },
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ['list', 'watch'] },
  ]);
});

test('exposes custom resources, which it may list and watch with their definitions', () => {
  const manifests = synth((chart) => new KubeStateMetrics(chart, 's', { namespaces: ['shop'], watchedResources: [KubeStateResource.PODS], customResources: [CERTIFICATES] }));
  expect(find(manifests, 'ClusterRole').rules).toEqual([{ apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: ['list', 'watch'] }]);
  expect(find(manifests, 'Role').rules).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
    { apiGroups: ['cert-manager.io'], resources: ['certificates'], verbs: ['list', 'watch'] },
  ]);
  const args: string[] = find(manifests, 'Deployment').spec.template.spec.containers[0].args;
  const [config] = args.flatMap((arg) => arg.split('--custom-resource-state-config=').slice(1));
  const labels = { namespace: ['metadata', 'namespace'], name: ['metadata', 'name'] };
  expect(JSON.parse(config)).toEqual({
    kind: 'CustomResourceStateMetrics',
    spec: {
      resources: [{
        groupVersionKind: { group: 'cert-manager.io', version: 'v1', kind: 'Certificate' }, resourcePlural: 'certificates', metricNamePrefix: 'certificate',
        labelsFromPath: labels, commonLabels: { of: 'cert-manager' },
        metrics: [
          {
            name: 'not_after', help: 'End of the certificate.', labelsFromPath: { 'secret': ['spec', 'secretName'], 'label_*': ['metadata', 'labels'] }, commonLabels: { a: '$$(b)' },
            each: { type: 'Gauge', gauge: { path: ['status'], labelsFromPath: { renewal: ['renewalTime'] }, valueFrom: ['notAfter'], labelFromKey: 'part', nilIsZero: true } },
          },
          { name: 'info', help: 'Issuer.', each: { type: 'Info', info: { path: ['spec', 'issuerRef'], labelsFromPath: { issuer: ['name'] }, labelFromKey: 'field' } } },
          {
            name: 'ready', help: 'State.',
            each: {
              type: 'StateSet', stateSet: {
                path: ['status', 'conditions', '[type=Ready]'], labelsFromPath: { reason: ['reason'] }, labelName: 'status', list: ['True', 'False', 'Unknown'],
                valueFrom: ['status'],
              },
            },
          },
        ],
      }],
    },
  });
  const clusterWide = synth((chart) => new KubeStateMetrics(chart, 's', { namespaces: ['shop'], customResources: [{ ...CERTIFICATES, namespaced: false }] }));
  expect(find(clusterWide, 'ClusterRole').rules).toContainEqual({ apiGroups: ['cert-manager.io'], resources: ['certificates'], verbs: ['list', 'watch'] });
});

test('watches kinds that it has not heard of', () => {
  expect(KubeStateResource.of('pods', '', true)).toBe(KubeStateResource.PODS);
  const kinds = [KubeStateResource.of('podgroups', 'scheduling.x-k8s.io', true)];
  const manifests = synth((chart) => new KubeStateMetrics(chart, 's', { watchedResources: kinds }));
  expect(find(manifests, 'ClusterRole').rules).toEqual([{ apiGroups: ['scheduling.x-k8s.io'], resources: ['podgroups'], verbs: ['list', 'watch'] }]);
  expect(() => KubeStateResource.of('PodGroup', 'a', true)).toThrow("KubeStateResource.of: plural: 'PodGroup' is not the name of a resource; name it in the plural, as in 'deployments'");
  expect(() => KubeStateResource.of('podgroups', 'a/v1', true)).toThrow("KubeStateResource.of: apiGroup: 'a/v1' is not an API group; write it as 'apps', without a version");
});

test.each<[string, () => unknown, string]>([
  ['a name that is none', () => CustomResourceMetric.info({ name: 'a-b', help: '', labelFromKey: 'c' }), "CustomResourceMetric 'a-b': name: 'a-b' is not a part of the name of a metric"],
  ['a label that is none', () => CustomResourceMetric.info({ name: 'a', help: '', labelFromKey: 'c', labelsFromPath: { 'b-c': [] } }), "CustomResourceMetric 'a': labelsFromPath: 'b-c' is not a label name"],
  ['a fixed label that is none', () => CustomResourceMetric.info({ name: 'a', help: '', labelFromKey: 'c', commonLabels: { 'b-c': 'd' } }), "CustomResourceMetric 'a': commonLabels: 'b-c' is not a label name"],
  ['a label of an entry that is none', () => CustomResourceMetric.info({ name: 'a', help: '', labelsFromEntry: { 'b-c': [] } }), "CustomResourceMetric 'a': labelsFromEntry: 'b-c' is not a label name"],
  [
    'facts without labels', () => CustomResourceMetric.info({ name: 'a', help: '', labelsFromPath: { b: ['c'] } }),
    "CustomResourceMetric 'a': an info metric has series only where a field gives a label; name fields by 'labelsFromEntry', or a label by 'labelFromKey'",
  ],
  ...(['path', 'valueFrom'] as const).map((prop): [string, () => unknown, string] => [
    `a look-up that is none in ${prop}`, () => CustomResourceMetric.gauge({ name: 'a', help: '', [prop]: ['b', '[c]'] }),
    `CustomResourceMetric 'a': ${prop}: '[c]' is not a look-up in a list; write it as '[type=Ready]', or a position as '0'`,
  ]),
  [
    'a look-up that is none of a label', () => CustomResourceMetric.gauge({ name: 'a', help: '', labelsFromEntry: { d: ['[c]'] } }),
    "CustomResourceMetric 'a': labelsFromEntry: 'd': '[c]' is not a look-up in a list",
  ],
  ['no states', () => CustomResourceMetric.stateSet({ name: 'a', help: '', labelName: 'b', list: [] }), "CustomResourceMetric 'a': list is empty; name all states"],
  ['a label of states that is none', () => CustomResourceMetric.stateSet({ name: 'a', help: '', labelName: '', list: ['b'] }), "CustomResourceMetric 'a': labelName: '' is not a label name"],
])('a metric is refused: %s', (_, make, message) => {
  expect(make).toThrow(message);
});

test('may read Secrets only when told to', () => {
  const roles = (props: KubeStateMetricsProps) => JSON.stringify(synth((chart) => new KubeStateMetrics(chart, 's', props)).filter(({ kind }) => kind === 'ClusterRole'));
  expect(roles({})).not.toContain('secrets');
  expect(roles({ watchedResources: [KubeStateResource.SECRETS] })).toContain('secrets');
});

test('has rights in the named namespaces only', () => {
  const manifests = synth((chart) => new KubeStateMetrics(chart, 's', { namespaces: ['shop'] }));
  expect(manifests.filter(({ kind }) => kind.startsWith('ClusterRole'))).toEqual([]);
  expect(find(manifests, 'Role').metadata.namespace).toBe('shop');
  expect(find(manifests, 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 's', namespace: 'monitoring' }]);
  expect(find(manifests, 'Deployment').spec.template.spec.containers[0].args[2]).not.toContain('nodes');
});

test('has the dashboards whose objects are watched', () => {
  const uids = (props?: KubeStateMetricsProps) => made(props).monitoring.dashboards?.map(({ uid }) => uid);
  const { JOBS, CRON_JOBS, HORIZONTAL_POD_AUTOSCALERS, POD_DISRUPTION_BUDGETS } = KubeStateResource;
  expect(uids()).toEqual([
    'kubernetes-clusters', 'kubernetes-cluster', 'kubernetes-namespace', 'kubernetes-workload', 'kubernetes-pod', 'kubernetes-jobs', 'kubernetes-autoscaling',
  ]);
  expect(uids({ watchedResources: [JOBS, CRON_JOBS, HORIZONTAL_POD_AUTOSCALERS] })).toEqual(['kubernetes-jobs']);
  expect(uids({ watchedResources: [HORIZONTAL_POD_AUTOSCALERS, POD_DISRUPTION_BUDGETS] })).toEqual(['kubernetes-autoscaling']);
  expect(uids({ metricDenylist: ['^kube_pod_owner$', '^kube_cronjob_'] })).toEqual(['kubernetes-autoscaling']);
});

test('several shards may find out which part is theirs, and no more', () => {
  const role = find(synth((chart) => new KubeStateMetrics(chart, 's', { shards: 2 })), 'Role');
  expect(role.rules).toEqual([
    { apiGroups: [''], resources: ['pods'], resourceNames: ['s-0', 's-1'], verbs: ['get'] },
    { apiGroups: ['apps'], resources: ['statefulsets'], resourceNames: ['s'], verbs: ['get', 'list', 'watch'] },
  ]);
});

test.each<[string, KubeStateMetricsProps, string]>([
  ['half a shard', { shards: 1.5 }, 'test/state: shards: 1.5 is not a whole number above 0'],
  ['a namespace that is none', { exceptNamespaces: ['A'] }, "test/state: exceptNamespaces[0]: 'A' is not the name of a namespace"],
  ['all namespaces left out', { namespaces: ['a'], exceptNamespaces: ['a', 'b'] }, "test/state: exceptNamespaces names each of 'namespaces'"],
  ['a group that is none', { customResources: [{ ...CERTIFICATES, group: 'Cert' }] }, "test/state: customResources[0].group: 'Cert' is not an API group; write it as 'apps', without a version"],
  ['a version that is none', { customResources: [{ ...CERTIFICATES, version: '1' }] }, "version of an API; write it as 'v1'"],
  ['a kind that is none', { customResources: [{ ...CERTIFICATES, kind: 'certificate' }] }, "kind 'certificate' is not one; write it as 'Certificate'"],
  ['a plural that is none', { customResources: [{ ...CERTIFICATES, plural: 'Certificates' }] }, "plural: 'Certificates' is not the name of a resource; name it in the plural, as in 'deployments'"],
  ['a label of a custom resource that is none', { customResources: [{ ...CERTIFICATES, commonLabels: { 'a-b': '' } }] }, "commonLabels: 'a-b' is not a label name"],
  ['no metrics of a custom resource', { customResources: [{ ...CERTIFICATES, metrics: [] }] }, 'metrics is empty; name at least one CustomResourceMetric'],
  ['a metric twice', { customResources: [{ ...CERTIFICATES, metrics: [CERTIFICATES.metrics[0], CERTIFICATES.metrics[0]] }] }, "metric 'not_after' exists twice"],
  ['a custom resource twice', { customResources: [CERTIFICATES, CERTIFICATES] }, 'customResources: cert-manager.io/v1 Certificate exists twice; put all metrics into one of them'],
  ['no namespace', { namespaces: [] }, 'test/state: namespaces is empty'],
  ['nothing to watch', { watchedResources: [] }, 'test/state: watchedResources is empty; name at least one KubeStateResource'],
  ['a kind twice', { watchedResources: [KubeStateResource.PODS, KubeStateResource.PODS] }, "test/state: watchedResources: kind 'pods' is named twice"],
  ['metrics both allowed and denied', { metricAllowlist: ['a'], metricDenylist: ['b'] }, 'test/state: got both metricAllowlist and metricDenylist'],
  ['an empty list of metrics', { metricAllowlist: [] }, 'test/state: metricAllowlist is empty; name at least one metric'],
  ['two metrics in one', { metricDenylist: ['a,b'] }, "test/state: metricDenylist: 'a,b' is not the name of a metric"],
  ['a bad regular expression', { optInMetrics: ['['] }, "test/state: optInMetrics: '[' is not a regular expression"],
  [
    'labels of what is not watched',
    { watchedResources: [KubeStateResource.PODS], exposedLabels: [{ resource: KubeStateResource.NODES, keys: ['a'] }] },
    "test/state: exposedLabels names 'nodes', which are not watched",
  ],
  [
    'labels of a kind twice',
    { exposedLabels: [{ resource: KubeStateResource.PODS, keys: ['a'] }, { resource: KubeStateResource.PODS, keys: ['b'] }] },
    "test/state: exposedLabels names 'pods' twice",
  ],
  ['no label', { exposedLabels: [{ resource: KubeStateResource.PODS, keys: [] }] }, "test/state: exposedLabels names no key of 'pods'"],
  ['all labels and one more', { exposedAnnotations: [{ resource: KubeStateResource.PODS, keys: ['*', 'a'] }] }, "test/state: exposedAnnotations of 'pods': got '*'"],
  ['a label that is none', { exposedLabels: [{ resource: KubeStateResource.PODS, keys: ['a]b'] }] }, "test/state: exposedLabels[0].keys[0]: 'a]b' is not the key of a label or an annotation"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});
