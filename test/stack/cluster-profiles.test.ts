import { Chart, Testing } from 'cdk8s';
import { GRAFANA, Stack } from './support';
import { ClusterProfile, ClusterReach, KubeletReach, KubernetesMonitoring, KubernetesMonitoringProps, MonitoringBackend, TlsClient } from '../../lib';
import { ScrapeEndpoint, ScrapeJob } from '../../lib/monitoring';
import { checkDashboardQuery } from '../../lib/monitoring/dashboards/query-check';
import { variablesOf } from '../../lib/monitoring/dashboards/variables';
import { panelsOf, readByGrafana } from '../dashboards/support';
import { Loose } from '../manifests';

type Make = (reach?: ClusterReach) => ClusterProfile;

/** All profiles of a distribution. */
const MAKERS: { readonly [name in Exclude<keyof typeof ClusterProfile, 'prototype' | 'custom'>]: Make } = {
  kubeadm: (reach) => ClusterProfile.kubeadm(reach),
  kind: (reach) => ClusterProfile.kind(reach),
  minikube: (reach) => ClusterProfile.minikube(reach),
  eks: (reach) => ClusterProfile.eks(reach),
  gke: (reach) => ClusterProfile.gke(reach),
  gkeAutopilot: (reach) => ClusterProfile.gkeAutopilot(reach),
  aks: (reach) => ClusterProfile.aks(reach),
  openShift: (reach) => ClusterProfile.openShift(reach),
  k3s: (reach) => ClusterProfile.k3s(reach),
  rke2: (reach) => ClusterProfile.rke2(reach),
  talos: (reach) => ClusterProfile.talos(reach),
  microk8s: (reach) => ClusterProfile.microk8s(reach),
  k0s: (reach) => ClusterProfile.k0s(reach),
  managed: (reach) => ClusterProfile.managed(reach),
};

const PROFILES: ReadonlyArray<readonly [string, ClusterProfile]> = [
  ...Object.entries(MAKERS).map(([name, make]) => [name, make()] as const),
  ['custom', ClusterProfile.custom({})],
  ['custom with all parts', ClusterProfile.custom({
    parts: {
      kubelet: { tls: TlsClient.insecureSkipVerify() }, apiServer: { jobName: 'api' }, coreDns: { ownService: true }, scheduler: { pods: { app: 'scheduler' } },
      controllerManager: { addresses: ['192.0.2.11'] }, kubeProxy: { port: 20249 }, etcd: { addresses: ['192.0.2.11'] },
    },
    kubelet: KubeletReach.VERIFIED,
    isManaged: true,
    clusterAssignsIds: true,
  })],
];

const made = new Map<string, Stack>();

function chartOf(profile: ClusterProfile, backend: MonitoringBackend): Chart {
  const chart = new Chart(Testing.app(), 'test');
  new KubernetesMonitoring(chart, 'monitoring', { profile, backend });
  return chart;
}

function stackOf(name: string, profile: ClusterProfile): Stack {
  const known = made.get(name) ?? new Stack({ profile, grafana: GRAFANA });
  made.set(name, known);
  return known;
}

/** Jobs and metrics that a dashboard asks for, by its text: most are the same in all stacks. */
const asked = new Map<string, ReadonlyArray<readonly [job: string, metric: string]>>();

function askedBy(text: string): ReadonlyArray<readonly [job: string, metric: string]> {
  const known = asked.get(text);
  if (known !== undefined) {
    return known;
  }
  const json = readByGrafana(text);
  const variables = variablesOf({ ...json });
  const found = panelsOf(json).flatMap(({ title, targets }) => targets.flatMap(({ expr }) => (
    checkDashboardQuery({ where: title, expr }, variables)._selectors.flatMap(({ metric, matchers }) => matchers
      .flatMap(({ label, operator, value }) => (label === 'job' && operator !== '!=' && metric !== undefined ? [[value, metric] as const] : [])))
  )));
  asked.set(text, found);
  return found;
}

const jobsOf = ({ construct }: Stack): ScrapeJob[] => construct.monitored.flatMap(({ monitoring }) => monitoring.jobs ?? []);

const dashboards = (stack: Stack): Loose[] => stack.of('ConfigMap').filter(({ metadata }) => metadata.name.startsWith('grafana-dashboard-'));

describe.each(PROFILES)('%s', (name, profile) => {
  test('makes what was reviewed', () => {
    const stack = stackOf(name, profile);
    expect({
      jobs: stack.jobs,
      groups: [...new Set(stack.groups.map((group) => group.name))].length,
      control: stack.groups.map((group) => group.name).filter((group) => /scheduler|controller-manager|kube-proxy|etcd|coredns|node-exporter/.test(group)),
      dashboards: dashboards(stack).map(({ metadata }) => metadata.name.replace('grafana-dashboard-', '')).filter((uid) => /etcd|coredns|scheduler|manager|proxy|node/.test(uid)),
      inKubeSystem: stack.identities.filter((identity) => identity.includes(' kube-system/')),
      notes: stack.construct.notes,
    }).toMatchSnapshot();
  });

  test('has no rule without its job', () => {
    const { jobs, groups } = stackOf(name, profile);
    // Some rules compare several jobs, as far as they are there.
    const named = [...JSON.stringify(groups).matchAll(/\bjob=~?\\"([^"\\{]+)\\"/g)].map(([, alternatives]) => alternatives.split('|'));
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((alternatives) => alternatives.every((job) => !jobs.includes(job)))).toEqual([]);
  });

  test('has no panel without its metric', () => {
    const stack = stackOf(name, profile);
    const endpoints = new Map<string, ScrapeEndpoint[]>(jobsOf(stack).map((job) => [job.name, job.endpoints]));
    const dead = dashboards(stack).flatMap(({ metadata, data }) => Object.values<string>(data).flatMap(askedBy)
      .filter(([job, metric]) => stack.jobs.includes(job) && metric !== 'up' && (endpoints.get(job) ?? []).every(({ metrics }) => metrics.dropsMetric(metric)))
      .map(([job, metric]) => `${metadata.name}: ${metric} of ${job}`));
    expect([...new Set(dead)]).toEqual([]);
  });

  test('says of each of its components that is left out why, and what to do', () => {
    const { construct } = stackOf(name, profile);
    const parts = { 'kube-scheduler': construct.scheduler, 'kube-controller-manager': construct.controllerManager, 'kube-proxy': construct.kubeProxy, 'etcd': construct.etcd, 'coredns': construct.coreDns, 'node-exporter': construct.nodeExporter };
    const unmade = Object.entries(parts).filter(([, part]) => part === undefined).map(([part]) => part);
    const told = construct.notes.filter((text) => text.includes('is not monitored')).map((text) => text.split(' ')[0]);
    expect([...told].sort()).toEqual([...unmade].sort());
  });
});

test('one process that is all components is stored once', () => {
  const stack = stackOf('k3s', MAKERS.k3s());
  const selections = new Map(jobsOf(stack).map((job) => [job.name, job.endpoints[0].metrics]));
  const owners = (metric: string) => ['kubelet', 'apiserver', 'kube-scheduler', 'kube-controller-manager', 'kube-proxy'].filter((job) => !selections.get(job)!.dropsMetric(metric));
  expect(owners('scheduler_pending_pods')).toEqual(['kube-scheduler']);
  expect(owners('node_collector_evictions_total')).toEqual(['kube-controller-manager']);
  expect(owners('kubeproxy_sync_proxy_rules_duration_seconds_count')).toEqual(['kube-proxy']);
  expect(owners('apiserver_request_total')).toEqual(['apiserver']);
  expect(owners('node_authorizer_graph_actions_duration_seconds_count')).toEqual(['apiserver']);
  expect(owners('kubelet_running_pods')).toEqual(['kubelet']);
  expect(owners('kubernetes_build_info')).toEqual(['kubelet', 'apiserver', 'kube-scheduler', 'kube-controller-manager', 'kube-proxy']);
});

test('the programs in a kubelet are verified as the kubelets are', () => {
  const skipped = (props: KubernetesMonitoringProps) => ['kubelet', 'kube-scheduler', 'kube-controller-manager', 'kube-proxy']
    .map((job) => new Stack(props).scrapes(job)[0].tls_config.insecure_skip_verify ?? false);
  expect(skipped({ profile: ClusterProfile.k3s() })).toEqual([false, false, false, false]);
  expect(skipped({ profile: ClusterProfile.k3s({ kubelet: KubeletReach.UNVERIFIED }) })).toEqual([true, true, true, true]);
  expect(skipped({ profile: ClusterProfile.k3s(), kubelet: { tls: TlsClient.insecureSkipVerify() } })).toEqual([true, true, true, true]);
});

test('components that run in no Pod are found by the addresses of the control plane', () => {
  const stack = new Stack({ profile: ClusterProfile.k0s({ scheduler: true, controllerManager: true, etcd: true, controlPlaneAddresses: ['192.0.2.11', '192.0.2.12'] }) });
  const ports = stack.of('Endpoints').map(({ metadata, subsets: [{ addresses, ports: [{ port }] }] }) => [metadata.namespace, metadata.name, port, addresses.length]);
  expect(ports).toEqual([['kube-ops', 'kube-scheduler', 10259, 2], ['kube-ops', 'kube-controller-manager', 10257, 2], ['kube-ops', 'etcd', 2381, 2]]);
  expect(stack.construct.notes).toEqual([]);
});

test('a place that the props name is that of the part', () => {
  const stack = new Stack({
    profile: ClusterProfile.k3s(), scheduler: { pods: { app: 'own' } }, controllerManager: { addresses: ['192.0.2.11'], namespace: 'elsewhere' }, kubeProxy: { interval: undefined },
    coreDns: { ownService: false },
  });
  expect(stack.one('Service', 'kube-scheduler').spec.selector).toEqual({ app: 'own' });
  expect(stack.one('Endpoints', 'kube-controller-manager').metadata.namespace).toBe('elsewhere');
  expect(stack.of('Service').some(({ metadata }) => metadata.name === 'kube-proxy')).toBe(false);
  expect(new Stack({ profile: ClusterProfile.eks(), coreDns: { ownService: false } }).of('Service').map(({ metadata }) => metadata.name)).not.toContain('coredns');
});

test('OpenShift assigns the ids of Pods, unless the props say that it does not', () => {
  const ids = (props: KubernetesMonitoringProps) => JSON.stringify(new Stack(props).pods).match(/"(runAsUser|runAsGroup|fsGroup)":/g)?.length ?? 0;
  expect(ids({ profile: ClusterProfile.openShift() })).toBe(0);
  expect(ids({ profile: ClusterProfile.openShift(), clusterAssignsIds: false })).toBeGreaterThan(0);
});

test('a cluster that does not admit node-exporter has no namespace for it, unless its props are given', () => {
  const namespaces = (props: KubernetesMonitoringProps) => new Stack(props).of('Namespace').map(({ metadata }) => metadata.name);
  expect(namespaces({ profile: ClusterProfile.gkeAutopilot() })).toEqual(['kube-ops']);
  expect(namespaces({ profile: ClusterProfile.openShift(), nodeExporter: { port: 9102 } })).toEqual(['kube-ops', 'kube-ops-nodes']);
});

test('where nothing may be written into kube-system, the operator keeps no Service of the kubelets there', () => {
  const backend = MonitoringBackend.operator();
  const kept = (profile: ClusterProfile) => Testing.synth(chartOf(profile, backend)).map((object) => JSON.stringify(object).match(/--kubelet-service=[^"]+/g) ?? []).flat();
  expect(kept(ClusterProfile.kubeadm())).toHaveLength(1);
  expect(kept(ClusterProfile.gkeAutopilot())).toEqual([]);
});

test('annotated Pods and Services of components are scraped once', () => {
  const drops = (profile: ClusterProfile, job: string) => new Stack({ profile }).scrapes(job)[0].relabel_configs.filter(({ regex }: Loose) => regex === 'kube-system;(kube-dns|kube-proxy)')
    .map(({ source_labels: [, label] }: Loose) => label);
  expect(drops(ClusterProfile.k0s(), 'annotated-pods')).toEqual(['__meta_kubernetes_pod_label_k8s_app']);
  expect(drops(ClusterProfile.rke2(), 'annotated-services')).toEqual(['__meta_kubernetes_service_label_k8s_app']);
  expect(drops(ClusterProfile.kubeadm(), 'annotated-pods')).toEqual([]);
});

test.each<[string, () => ClusterProfile, string]>([
  ['a component in no Pod without addresses', () => ClusterProfile.talos({ etcd: true }), 'ClusterProfile.talos: got etcd: true, and the distribution runs it in no Pod; name the nodes'],
  ['addresses of nothing', () => ClusterProfile.talos({ controlPlaneAddresses: ['192.0.2.11'] }), "ClusterProfile.talos: got 'controlPlaneAddresses', and none of etcd is reached; leave it out"],
  ['addresses of Pods', () => ClusterProfile.rke2({ controlPlaneAddresses: ['192.0.2.11'] }), "ClusterProfile.rke2: got 'controlPlaneAddresses', and the distribution runs all components in Pods"],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(message);
});
