import { Chart, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { MonitoringNamespace } from 'cdk8s-prometheus';
import { busybox, HARDENED_CONTAINER, HARDENED_POD } from './images';

/** Namespace of workloads of which each has a fault. */
export const FAULTS = 'e2e-faults';

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

/** Workloads that crash, wait, are held back, fail or cannot grow. */
export function faults(chart: Chart): void {
  new MonitoringNamespace(chart, FAULTS);
  const sleep = 'sleep 100000';
  new k8s.KubeResourceQuota(chart, 'quota', { metadata: { name: 'quota' }, spec: { hard: { 'pods': quantity('40'), 'limits.memory': quantity('2Gi') } } });

  deployment(chart, 'crashing', pod('exit 1'));
  deployment(chart, 'hungry', pod('tail /dev/zero'));
  deployment(chart, 'throttled', pod('while true; do :; done'));
  deployment(chart, 'without-image', pod(sleep, { image: 'registry.invalid/none:1' }));
  deployment(chart, 'without-node', pod(sleep, {}, { nodeSelector: { 'example.com/none': 'none' } }));
  deployment(chart, 'unready', pod(sleep, { readinessProbe: { exec: { command: ['false'] }, periodSeconds: 2 } }));
  deployment(chart, 'unlive', pod(sleep, { livenessProbe: { exec: { command: ['false'] }, periodSeconds: 2, failureThreshold: 2 } }));

  new k8s.KubeJob(chart, 'failing', { metadata: { name: 'failing' }, spec: job(pod('exit 1')) });
  new k8s.KubeJob(chart, 'done', { metadata: { name: 'done' }, spec: job(pod('exit 0')) });
  new k8s.KubeCronJob(chart, 'nightly', {
    metadata: { name: 'nightly' }, spec: { schedule: '* * * * *', failedJobsHistoryLimit: 2, jobTemplate: { spec: job(pod('exit 0')) } },
  });

  deployment(chart, 'full', pod(sleep), 1);
  new k8s.KubeHorizontalPodAutoscalerV2(chart, 'full-hpa', {
    metadata: { name: 'full' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'full' },
      minReplicas: 1,
      maxReplicas: 1,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
    },
  });
  new k8s.KubePodDisruptionBudget(chart, 'full-pdb', {
    metadata: { name: 'full' }, spec: { maxUnavailable: k8s.IntOrString.fromNumber(0), selector: { matchLabels: { app: 'full' } } },
  });

  // It never has more than its limit; the filesystem under it may have room.
  new k8s.KubePersistentVolumeClaim(chart, 'filled', {
    metadata: { name: 'filled' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: quantity(`${VOLUME.toMebibytes()}Mi`) } } },
  });
  deployment(chart, 'filling', pod(`dd if=/dev/zero of=/data/zeros bs=${MEBIBYTE} count=${VOLUME.toMebibytes()}; ${sleep}`, {
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  }, { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'filled' } }] }));
  new k8s.KubePersistentVolumeClaim(chart, 'unbound', {
    metadata: { name: 'unbound' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'none', resources: { requests: { storage: quantity('1Mi') } } },
  });
}
