import { expectedOfNodes, expectedOfService, lines, ServiceTargets } from './harness/contract';
import { eventually } from './harness/eventually';
import { Labels } from './harness/prometheus-api';
import { NODE_NAMESPACE, prometheus, REFERENCE_NAMESPACE, referenceApp } from './harness/reference';
import { given, scenario } from './harness/scenario';

/** Everything that the reference app watches, by the Service through which it is found. */
const SERVICES: readonly ServiceTargets[] = [
  { job: 'apiserver', namespace: 'default', service: 'kubernetes', port: 'https' },
  { job: 'kube-scheduler', namespace: 'kube-system', service: 'kube-scheduler', port: 'https-metrics' },
  { job: 'kube-controller-manager', namespace: 'kube-system', service: 'kube-controller-manager', port: 'https-metrics' },
  { job: 'kube-proxy', namespace: 'kube-system', service: 'kube-proxy', port: 'metrics' },
  { job: 'coredns', namespace: 'kube-system', service: 'kube-dns', port: 'metrics' },
  { job: 'etcd', namespace: 'kube-system', service: 'etcd', port: 'metrics' },
  { job: 'node-exporter', namespace: NODE_NAMESPACE, service: 'node-exporter', port: 'metrics' },
  {
    job: 'kube-state-metrics', namespace: REFERENCE_NAMESPACE, service: 'kube-state-metrics', port: 'http-metrics',
    without: ['namespace', 'service', 'pod', 'container', 'endpoint', 'node'],
  },
  { job: 'kube-state-metrics', namespace: REFERENCE_NAMESPACE, service: 'kube-state-metrics', port: 'telemetry' },
  { job: 'prometheus', namespace: REFERENCE_NAMESPACE, service: 'prometheus', port: 'web' },
  { job: 'prometheus', namespace: REFERENCE_NAMESPACE, service: 'prometheus-replicas', port: 'reloader-web' },
  { job: 'alertmanager', namespace: REFERENCE_NAMESPACE, service: 'alertmanager', port: 'web' },
  { job: 'alertmanager', namespace: REFERENCE_NAMESPACE, service: 'alertmanager-peers', port: 'reloader-web' },
  { job: 'blackbox-exporter', namespace: REFERENCE_NAMESPACE, service: 'blackbox-exporter', port: 'http' },
];

const KUBELET_PATHS = ['/metrics', '/metrics/cadvisor', '/metrics/probes'];

/** Jobs whose targets depend on what else runs in the cluster. */
const DISCOVERED_JOBS = ['annotated-pods', 'annotated-services', 'probed-services', 'probed-ingresses'];

async function expectedTargets(): Promise<Labels[]> {
  const ofServices = await Promise.all(SERVICES.map((targets) => expectedOfService(targets)));
  const ofKubelets = await Promise.all(KUBELET_PATHS.map((path) => expectedOfNodes({
    job: 'kubelet', port: 10250, labels: { namespace: 'kube-system', service: 'kubelet', endpoint: 'https-metrics', metrics_path: path },
  })));
  return [...ofServices, ...ofKubelets].flat();
}

describe('the targets of the reference app', () => {
  given(300, async () => {
    await referenceApp();
  });

  scenario('are those of the cluster, each with the labels of the contract, and all are up', 150, async () => {
    await eventually('every target is up', 100, async () => {
      const targets = await prometheus.activeTargets();
      expect(targets.filter(({ health }) => health !== 'up').map(({ scrapeUrl, health, lastError }) => ({ scrapeUrl, health, lastError }))).toEqual([]);
      const fixed = targets.filter(({ labels }) => !DISCOVERED_JOBS.includes(labels.job));
      expect(lines(fixed.map(({ labels }) => labels))).toEqual(lines(await expectedTargets()));
    });
  });

  scenario('leave no job without targets, no two targets with the same labels, and nothing scraped twice', 30, async () => {
    const [pools, targets] = await Promise.all([prometheus.scrapePools(), prometheus.activeTargets()]);
    const idle = pools.filter((pool) => targets.every(({ scrapePool }) => scrapePool !== pool));
    expect(idle.filter((pool) => !DISCOVERED_JOBS.includes(pool.split('/')[0]))).toEqual([]);
    const all = lines(targets.map(({ labels }) => labels));
    expect(all).toEqual([...new Set(all)]);
    const urls = targets.map(({ scrapeUrl }) => scrapeUrl).sort();
    expect(urls).toEqual([...new Set(urls)]);
  });
});
