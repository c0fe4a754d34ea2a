import { aboutTheMonitoring } from './alerts';
import { DeployedApp } from './apps';
import { expectedOfNodes, expectedOfService, lines, ServiceTargets } from './contract';
import { eventually } from './eventually';
import { listObjects } from './kubectl';
import { Pod } from './pods';
import { Labels } from './prometheus-api';
import { NODE_NAMESPACE, prometheus, STACK_NAMESPACE } from './reference';

/** Everything that the reference app monitors, by the Service through which it is discovered. */
export const REFERENCE_SERVICES: readonly ServiceTargets[] = [
  { job: 'apiserver', namespace: 'default', service: 'kubernetes', port: 'https' },
  { job: 'coredns', namespace: 'kube-system', service: 'kube-dns', port: 'metrics' },
  { job: 'node-exporter', namespace: NODE_NAMESPACE, service: 'node-exporter', port: 'metrics' },
  {
    job: 'kube-state-metrics', namespace: STACK_NAMESPACE, service: 'kube-state-metrics', port: 'http-metrics',
    without: ['namespace', 'service', 'pod', 'container', 'endpoint', 'node'],
  },
  { job: 'kube-state-metrics', namespace: STACK_NAMESPACE, service: 'kube-state-metrics', port: 'telemetry' },
  { job: 'prometheus', namespace: STACK_NAMESPACE, service: 'prometheus', port: 'web' },
  { job: 'prometheus', namespace: STACK_NAMESPACE, service: 'prometheus-replicas', port: 'reloader-web' },
  { job: 'alertmanager', namespace: STACK_NAMESPACE, service: 'alertmanager', port: 'web' },
  { job: 'alertmanager', namespace: STACK_NAMESPACE, service: 'alertmanager-peers', port: 'reloader-web' },
  { job: 'blackbox-exporter', namespace: STACK_NAMESPACE, service: 'blackbox-exporter', port: 'http' },
  { job: 'grafana', namespace: STACK_NAMESPACE, service: 'grafana', port: 'http' },
];

/** What the full stack monitors besides, on a cluster that is opened. */
export const OPENED_SERVICES: readonly ServiceTargets[] = [
  { job: 'kube-scheduler', namespace: 'kube-system', service: 'kube-scheduler', port: 'https-metrics' },
  { job: 'kube-controller-manager', namespace: 'kube-system', service: 'kube-controller-manager', port: 'https-metrics' },
  { job: 'kube-proxy', namespace: 'kube-system', service: 'kube-proxy', port: 'metrics' },
  { job: 'etcd', namespace: 'kube-system', service: 'etcd', port: 'metrics' },
];

/** The probe of the API server's certificate. */
const API_SERVER_CERTIFICATE: Labels = { job: 'certificates', instance: 'kubernetes.default.svc:443', module: 'certificate' };

const KUBELET_PATHS = ['/metrics', '/metrics/cadvisor', '/metrics/probes'];

/** Jobs whose targets depend on what else runs in the cluster. */
export const DISCOVERED_JOBS = ['annotated-pods', 'annotated-services', 'probed-services', 'probed-ingresses'];

async function expectedTargets(services: readonly ServiceTargets[]): Promise<Labels[]> {
  const ofServices = await Promise.all(services.map((targets) => expectedOfService(targets)));
  const ofKubelets = await Promise.all(KUBELET_PATHS.map((path) => expectedOfNodes({
    job: 'kubelet', port: 10250, labels: { namespace: 'kube-system', service: 'kubelet', endpoint: 'https-metrics', metrics_path: path },
  })));
  return [...ofServices, ...ofKubelets, API_SERVER_CERTIFICATE].flat();
}

/** Throws unless the targets are those of the Services and the kubelets, each with the labels of the contract, and all are up. */
export async function everyTargetIsUp(services: readonly ServiceTargets[]): Promise<void> {
  const targets = await prometheus.activeTargets();
  expect(targets.filter(({ health }) => health !== 'up').map(({ scrapeUrl, health, lastError }) => ({ scrapeUrl, health, lastError }))).toEqual([]);
  const fixed = targets.filter(({ labels }) => !DISCOVERED_JOBS.includes(labels.job));
  expect(lines(fixed.map(({ labels }) => labels))).toEqual(lines(await expectedTargets(services)));
}

/** Throws unless every container of an app is ready and has never been restarted. */
export async function everyContainerIsReady(app: DeployedApp): Promise<void> {
  for (const namespace of app.namespaces) {
    const pods = await listObjects<Pod>('pods', { namespace });
    expect(pods).not.toEqual([]);
    const containers = pods.flatMap(({ metadata, status }) => (status.containerStatuses ?? []).map(({ name, ready, restartCount }) => ({
      container: `${metadata.name}/${name}`, ready, restartCount,
    })));
    expect(containers.filter(({ ready, restartCount }) => !ready || restartCount > 0)).toEqual([]);
  }
}

/** Throws when an alert is pending or firing that a healthy cluster does not have. */
export async function noAlertIsOnItsWay(): Promise<void> {
  expect(aboutTheMonitoring(await prometheus.alerts())).toEqual([]);
}

/** Waits until Watchdog fires, has reached Alertmanager, and no other alert is left of what is absent until the first scrape. */
export async function onlyWatchdogFires(): Promise<void> {
  await eventually('Watchdog fires', 60, async () => {
    const firing = (await prometheus.alerts()).filter(({ state }) => state === 'firing');
    expect(firing.map(({ labels }) => labels.alertname)).toContain('Watchdog');
  });
  await eventually('Alertmanager has the alert', 60, async () => {
    expect(await prometheus.activeAlertmanagers()).not.toEqual([]);
    const [sent] = await prometheus.query('sum(alertmanager_alerts_received_total{job="alertmanager", status="firing"})');
    expect(Number(sent?.value[1])).toBeGreaterThan(0);
  });
  // Rules about objects look back two minutes, so that one scrape may fail; a state that has just ended is seen until then.
  await eventually('no alert is on its way', 210, noAlertIsOnItsWay);
}
