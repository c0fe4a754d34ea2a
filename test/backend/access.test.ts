import { accessOf, usesAccountFiles } from '../../lib/backend/access';
import { KubeletSource } from '../../lib/backend/kubelet-source';
import { mergedRules } from '../../lib/kubernetes/rbac';
import { Authorization, KubeletDiscovery, KubeletMonitor, ScrapeEndpoint, ScrapeJob, TlsClient } from '../../lib';
import { jobOf } from '../components/support';
import { inChart } from '../charts';

const kubelet = (discovery?: KubeletDiscovery) => jobOf(inChart((chart) => new KubeletMonitor(chart, 'kubelet', { discovery })));
const slices = [
  { apiGroups: [''], resources: ['pods', 'services'], verbs: ['list', 'watch'] }, { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
];
const nodes = { apiGroups: [''], resources: ['nodes'], verbs: ['list', 'watch'] };
const metrics = { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] };
const told = (job: ScrapeJob, preferred: KubeletSource = 'nodes') => accessOf(job, preferred).map(({ namespaces, rules }) => [namespaces, mergedRules(rules)]);

test('a job needs what its discovery reads, and what its targets ask of its token', () => {
  expect(told(kubelet())).toEqual([[undefined, [nodes]], [undefined, [metrics]]]);
  expect(told(kubelet(KubeletDiscovery.service('ops')))).toEqual([[['ops'], slices], [undefined, [metrics]]]);
});

test('kubelets behind a Service need what is read of the Service, and ask the same of the token', () => {
  expect(told(kubelet(), 'service')).toEqual([[['kube-system'], slices], [undefined, [metrics]]]);
  expect(told(kubelet(KubeletDiscovery.nodes()), 'service')).toEqual([[undefined, [nodes]], [undefined, [metrics]]]);
});

test('targets that are no kubelets ask for the paths, each once', () => {
  const authorization = Authorization.serviceAccountToken();
  const endpoints = ['a', 'b'].map((port) => new ScrapeEndpoint({ port, authorization })).concat(new ScrapeEndpoint({ port: 'c', path: '/c', authorization }));
  const job = ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, namespaces: ['shop'], endpoints });
  expect(told(job)[1]).toEqual([undefined, [{ nonResourceUrLs: ['/c', '/metrics'], verbs: ['get'] }]]);
});

test.each<[string, boolean, ScrapeJob]>([
  ['of Kubernetes', true, ScrapeJob.fromNodes({ name: 'a' })],
  ['of addresses', false, ScrapeJob.fromStaticTargets({ name: 'a', targets: ['a:1'] })],
  ['verified by the cluster\'s authority', true, ScrapeJob.fromStaticTargets({
    name: 'a', targets: ['a:1'], endpoints: [new ScrapeEndpoint({ name: 'a', tls: TlsClient.clusterCa() })],
  })],
  ['raw', false, ScrapeJob.raw('a', { static_configs: [] })],
  ['raw, of Kubernetes', true, ScrapeJob.raw('a', { kubernetes_sd_configs: [{ role: 'pod' }] })],
])('targets %s: the files of the account are used: %s', (_, used, job) => {
  expect(usesAccountFiles(job)).toBe(used);
});
