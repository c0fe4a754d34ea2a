import { ApiObject, Chart, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { MonitoringNamespace } from 'cdk8s-prometheus';
import { etcdOfThree } from './etcd-of-three';
import { busybox, HARDENED_CONTAINER, HARDENED_POD } from './images';
import { clusterScoped } from '../../../lib/kubernetes/api-object';

/** Namespace of workloads of which each has a fault. */
export const FAULTS = 'e2e-faults';

/** An API that nobody serves. */
export const GONE_API = 'gone.example.com';
/** A user whose requests the API server rejects. */
export const REJECTED = 'rejected';

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

/** A level of requests that has room for one at a time, and a user of metrics whose requests are of it. */
function rejection(chart: Chart): void {
  const metadata = clusterScoped({ name: `e2e-${REJECTED}` });
  const apiVersion = 'flowcontrol.apiserver.k8s.io/v1';
  new ApiObject(chart, 'little-room', {
    apiVersion, kind: 'PriorityLevelConfiguration', metadata,
    spec: { type: 'Limited', limited: { nominalConcurrencyShares: 0, lendablePercent: 0, borrowingLimitPercent: 0, limitResponse: { type: 'Reject' } } },
  });
  new ApiObject(chart, 'rejected', {
    apiVersion, kind: 'FlowSchema', metadata,
    spec: {
      matchingPrecedence: 100,
      priorityLevelConfiguration: { name: metadata.name },
      rules: [{ subjects: [{ kind: 'User', user: { name: REJECTED } }], nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }] }],
    },
  });
  const apiGroup = 'rbac.authorization.k8s.io';
  new k8s.KubeClusterRoleBinding(chart, 'rejected-role', {
    metadata, roleRef: { apiGroup, kind: 'ClusterRole', name: 'system:monitoring' }, subjects: [{ apiGroup, kind: 'User', name: REJECTED }],
  });
}

/** A volume of a driver that nobody runs, which never is attached. */
function unattached(chart: Chart): void {
  const name = 'unattached';
  const common = { accessModes: ['ReadWriteOnce'], storageClassName: name };
  const storage = quantity('1Mi');
  new k8s.KubePersistentVolume(chart, `${name}-volume`, {
    metadata: clusterScoped({ name: `e2e-${name}` }),
    spec: { ...common, capacity: { storage }, csi: { driver: GONE_API, volumeHandle: name }, claimRef: { namespace: FAULTS, name } },
  });
  new k8s.KubePersistentVolumeClaim(chart, `${name}-claim`, {
    metadata: { name }, spec: { ...common, volumeName: `e2e-${name}`, resources: { requests: { storage } } },
  });
  deployment(chart, name, pod('sleep 100000', {
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  }, { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: name } }] }));
}

/** Workloads that crash, wait, are held back, fail or cannot grow. */
export function faults(chart: Chart, images: { readonly etcd: string }): void {
  new MonitoringNamespace(chart, FAULTS);
  faultsOfApi(chart);
  rejection(chart);
  unattached(chart);
  etcdOfThree(chart, images.etcd);
  const sleep = 'sleep 100000';
  new k8s.KubeResourceQuota(chart, 'quota', { metadata: { name: 'quota' }, spec: { hard: { 'pods': quantity('40'), 'limits.memory': quantity('2Gi') } } });

  deployment(chart, 'crashing', pod('exit 1'));
  deployment(chart, 'hungry', pod('tail /dev/zero'));
  deployment(chart, 'throttled', pod('while true; do :; done'));
  deployment(chart, 'without-image', pod(sleep, { image: 'registry.invalid/none:1' }));
  deployment(chart, 'without-node', pod(sleep, {}, { nodeSelector: { 'example.com/none': 'none' } }));
  deployment(chart, 'asking', pod(`while true; do nslookup example.com.; nslookup $(sed -n 's/nameserver //p' /etc/resolv.conf); sleep 5; done`));
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
