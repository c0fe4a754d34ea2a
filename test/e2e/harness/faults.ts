import { Chart, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { MonitoringNamespace } from 'cdk8s-prometheus';
import { busybox, HARDENED_CONTAINER, HARDENED_POD } from './images';
import { kubectl } from './kubectl';
import { clusterScoped } from '../../../lib/kubernetes/api-object';

/** Namespace of workloads of which each has a fault. */
export const FAULTS = 'e2e-faults';

const GONE_API = 'gone.example.com';
const MEBIBYTE = 1024 * 1024;
const quantity = (text: string) => k8s.Quantity.fromString(text);
/** What a namespace with a quota wants every container to say. */
const SMALL = { requests: { cpu: quantity('10m'), memory: quantity('16Mi') }, limits: { cpu: quantity('50m'), memory: quantity('32Mi') } };
/** The volume of a Pod that fills it. */
const VOLUME = Size.mebibytes(16);

/** A Pod that runs a script; the fault is in it, or in what differs. */
function pod(script: string, container: Partial<k8s.Container> = {}, spec: Partial<k8s.PodSpec> = {}): k8s.PodSpec {
  return {
    ...HARDENED_POD,
    terminationGracePeriodSeconds: 1,
    containers: [{ ...HARDENED_CONTAINER, name: 'main', image: busybox(), command: ['sh', '-c', script], resources: SMALL, ...container }],
    ...spec,
  };
}

function deployment(chart: Chart, name: string, spec: k8s.PodSpec, replicas?: number): void {
  const labels = { app: name };
  new k8s.KubeDeployment(chart, name, {
    metadata: { name }, spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  });
}

function job(spec: k8s.PodSpec): k8s.JobSpec {
  return { backoffLimit: 0, template: { spec: { ...spec, restartPolicy: 'Never' } } };
}

/** An API and webhooks that nobody serves. */
function faultsOfApi(chart: Chart): void {
  const nobody = { namespace: FAULTS, name: 'nobody' };
  new k8s.KubeApiService(chart, 'gone-api', {
    metadata: clusterScoped({ name: `v1.${GONE_API}` }),
    spec: { group: GONE_API, version: 'v1', groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTlsVerify: true, service: nobody },
  });
  new k8s.KubeValidatingWebhookConfiguration(chart, 'gone-webhook', {
    metadata: clusterScoped({ name: GONE_API }),
    webhooks: [['Ignore', 'configmaps'], ['Fail', 'secrets']].map(([failurePolicy, resource]) => ({
      name: `${resource}.${GONE_API}`, admissionReviewVersions: ['v1'], sideEffects: 'None', failurePolicy, clientConfig: { service: nobody },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': FAULTS } },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: [resource] }],
    })),
  });
}

/** Requests that fail or should not be made any more, and a change that has the operator reconcile. */
export async function provoke(twins: string): Promise<void> {
  const failing = { accept: [1] };
  await Promise.all([
    kubectl(['get', '--raw', `/apis/${GONE_API}/v1`], failing),
    kubectl(['get', '--raw', `/apis/metrics.k8s.io/v1beta1/namespaces/${FAULTS}/pods/none`], failing),
    kubectl(['get', '--raw', `/apis/custom.metrics.k8s.io/v1beta2/namespaces/${FAULTS}/pods/*/none`], failing),
    kubectl(['get', '--raw', `/apis/custom.metrics.k8s.io/v1beta2/namespaces/${twins}/pods/*/process_open_fds`]),
    kubectl(['create', 'secret', 'generic', 'refused', '--namespace', FAULTS], failing),
    kubectl(['annotate', '--overwrite', 'prometheus/operated', '--namespace', twins, `example.com/touched=${Date.now()}`]),
    kubectl(['get', 'componentstatuses']),
    kubectl(['create', 'configmap', 'checked', '--namespace', FAULTS]).then(() => kubectl(['delete', 'configmap', 'checked', '--namespace', FAULTS])),
  ]);
}

/** Workloads that crash, wait, are held back, fail or cannot grow. */
export function faults(chart: Chart): void {
  new MonitoringNamespace(chart, FAULTS);
  faultsOfApi(chart);
  const sleep = 'sleep 100000';
  new k8s.KubeResourceQuota(chart, 'quota', { metadata: { name: 'quota' }, spec: { hard: { 'pods': quantity('40'), 'limits.memory': quantity('2Gi') } } });

  deployment(chart, 'crashing', pod('exit 1'));
  deployment(chart, 'hungry', pod('tail /dev/zero'));
  deployment(chart, 'throttled', pod('while true; do :; done'));
  deployment(chart, 'without-image', pod(sleep, { image: 'registry.invalid/none:1' }));
  deployment(chart, 'without-node', pod(sleep, {}, { nodeSelector: { 'example.com/none': 'none' } }));
  deployment(chart, 'asking', pod('while true; do nslookup example.com.; sleep 5; done'));
  deployment(chart, 'unready', pod(sleep, { readinessProbe: { exec: { command: ['false'] }, periodSeconds: 2 } }));
  deployment(chart, 'unlive', pod(sleep, { livenessProbe: { exec: { command: ['false'] }, periodSeconds: 2, failureThreshold: 2 } }));

  new k8s.KubeJob(chart, 'failing', { metadata: { name: 'failing' }, spec: job(pod('exit 1')) });
  new k8s.KubeJob(chart, 'running', { metadata: { name: 'running' }, spec: job(pod(sleep)) });
  new k8s.KubeJob(chart, 'done', { metadata: { name: 'done' }, spec: job(pod('exit 0')) });
  new k8s.KubeCronJob(chart, 'nightly', {
    metadata: { name: 'nightly' }, spec: { schedule: '* * * * *', failedJobsHistoryLimit: 2, jobTemplate: { spec: job(pod('exit 0')) } },
  });

  new k8s.KubeHorizontalPodAutoscalerV2(chart, 'throttled-hpa', {
    metadata: { name: 'throttled' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'throttled' },
      minReplicas: 1,
      maxReplicas: 2,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
    },
  });
  new k8s.KubePodDisruptionBudget(chart, 'throttled-pdb', {
    metadata: { name: 'throttled' }, spec: { maxUnavailable: k8s.IntOrString.fromNumber(0), selector: { matchLabels: { app: 'throttled' } } },
  });

  // It never has more than its limit; the filesystem under it may have room.
  new k8s.KubePersistentVolumeClaim(chart, 'filled', {
    metadata: { name: 'filled' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: quantity(`${VOLUME.toMebibytes()}Mi`) } } },
  });
  deployment(chart, 'filling', pod(`while true; do dd if=/dev/zero of=/data/zeros bs=${MEBIBYTE} count=${VOLUME.toMebibytes()} conv=fsync; sleep 10; done`, {
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  }, { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'filled' } }] }));
  new k8s.KubePersistentVolumeClaim(chart, 'unbound', {
    metadata: { name: 'unbound' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'none', resources: { requests: { storage: quantity('1Mi') } } },
  });
}
