import { sleep } from './eventually';
import { FAULTS, GONE_API, REJECTED } from './faults';
import { kubectl } from './kubectl';
import { SILENCED } from './troubles';

const FAILING = { accept: [1] };

/**
 * Adds a Service and removes it again when its address has been taken out of the rules of a kube-proxy that has nftables, which then cannot apply
 * that. Once it has been scraped, kube-proxies are restarted without the rules that there are: Kubernetes 1.36 leaves a node without those of most
 * Services after such a failure, does not notice when it starts again, and fails anew as soon as a Pod goes whose rules it lacks.
 */
export async function failSync(): Promise<void> {
  const inFaults = ['--namespace', FAULTS];
  const inSystem = ['--namespace', 'kube-system', 'daemonset/kube-proxy'];
  const address = await kubectl(['create', 'service', 'clusterip', 'changed', ...inFaults, '--tcp=80', '--output', 'jsonpath={.spec.clusterIP}']);
  try {
    await sleep(5);
    await kubectl(['exec', ...inSystem, '--', 'nft', 'delete', 'element', 'ip', 'kube-proxy', 'cluster-ips', `{ ${address} }`], FAILING);
  } finally {
    await kubectl(['delete', 'service', 'changed', ...inFaults]);
    await sleep(25);
    await kubectl(['exec', ...inSystem, '--', 'nft', 'delete', 'table', 'ip', 'kube-proxy'], FAILING);
    await kubectl(['rollout', 'restart', ...inSystem]);
    await kubectl(['rollout', 'status', ...inSystem, '--timeout=60s']);
  }
}

/**
 * Requests that fail, are rejected or should not be made any more, a silence, a snapshot, and changes that have the operator reconcile and an
 * autoscaler want other replicas: that one is at its maximum.
 */
export async function provoke(twins: string): Promise<void> {
  const maxReplicas = 2 + Math.floor(Date.now() / 60_000) % 2;
  await Promise.all([
    kubectl(['get', '--raw', `/apis/${GONE_API}/v1`], FAILING),
    kubectl(['get', '--raw', `/apis/metrics.k8s.io/v1beta1/namespaces/${FAULTS}/pods/none`], FAILING),
    kubectl(['get', '--raw', `/apis/custom.metrics.k8s.io/v1beta2/namespaces/${FAULTS}/pods/*/none`], FAILING),
    kubectl(['get', '--raw', `/apis/custom.metrics.k8s.io/v1beta2/namespaces/${twins}/pods/*/process_open_fds`]),
    ...[1, 2, 3, 4].map(() => kubectl(['get', '--raw', '/metrics', `--as=${REJECTED}`, '--request-timeout=3s'], FAILING)),
    kubectl(['create', 'secret', 'generic', 'refused', '--namespace', FAULTS], FAILING),
    kubectl(['annotate', '--overwrite', 'prometheus/operated', '--namespace', twins, `example.com/touched=${Date.now()}`]),
    kubectl(['patch', 'hpa', 'throttled', '--namespace', FAULTS, '--patch', JSON.stringify({ spec: { maxReplicas } })]),
    kubectl(['get', 'componentstatuses']),
    kubectl(['create', 'configmap', 'checked', '--namespace', FAULTS]).then(() => kubectl(['delete', 'configmap', 'checked', '--namespace', FAULTS])),
    kubectl(['create', '--raw', `/api/v1/namespaces/${twins}/services/prometheus:web/proxy/api/v1/admin/tsdb/snapshot`, '-f', '-'], FAILING),
    kubectl([
      'exec', '--namespace', twins, 'alertmanager-operated-alertmanager-0', '--container', 'alertmanager', '--', 'amtool', 'silence', 'add',
      `alertname=${SILENCED}`, '--alertmanager.url=http://localhost:9093', '--author=e2e', '--comment=a test', '--duration=2m',
    ], FAILING),
  ]);
}
