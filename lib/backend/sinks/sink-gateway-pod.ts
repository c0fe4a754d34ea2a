import { createHash } from 'node:crypto';
import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { numberOrText } from '../../kubernetes/number-or-text';
import { CONFIG_FILE, gatewayConfig, PORT, PROTO_FILE, REMOTE_WRITE_PROTO } from './gateway-config';
import { CLUSTER_CA_DIR } from './gateway-tls';
import { SinkPipeline } from './sink-pipeline';
import { SecretKey } from '../../kubernetes';
import { imageOf } from '../../kubernetes/images';
import { configDir } from '../../kubernetes/mount-paths';
import { mountedKeys } from '../../kubernetes/mounted-keys';
import { podTemplate } from '../../kubernetes/pod';
import { cpuMillis, DefaultResources, resourcesOf } from '../../kubernetes/resources';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';
import { ForwardOptions } from '../../monitoring';
import { yamlText } from '../../yaml';

/** Folder of the configuration. */
export const CONFIG_DIR = configDir('sink-gateway');

/** Settings of the Pods of a gateway. */
export interface GatewayPodProps {
  readonly identity: WorkloadIdentity;
  readonly pipeline: SinkPipeline;
  readonly serviceAccountName: string;
  readonly replicas: number;
}

/** Files of the configuration. */
export function gatewayFiles(pipeline: SinkPipeline): { [file: string]: string } {
  const { setup } = pipeline;
  return {
    [CONFIG_FILE]: yamlText(gatewayConfig(pipeline, CONFIG_DIR)),
    [PROTO_FILE]: REMOTE_WRITE_PROTO,
    ...(setup === undefined ? {} : { [`${setup.name}.yaml`]: yamlText(setup.config) }),
  };
}

/** The Pods of a gateway. */
export function gatewayPod(options: ForwardOptions, { identity, pipeline, serviceAccountName, replicas }: GatewayPodProps): k8s.PodTemplateSpec {
  const { env, files, usesClusterCa, setup } = pipeline;
  const { volumes, volumeMounts } = mountedKeys(identity, 'sink-gateway', 'secret', files);
  // Whether the sink answers is no matter of the Pod's health: a drain would wait for a sink that is away.
  const probe = { httpGet: { path: '/ping', port: numberOrText('http') } };
  const mounts = [
    { name: 'config', mountPath: CONFIG_DIR, readOnly: true },
    ...volumeMounts,
    ...(usesClusterCa ? [{ name: 'cluster-ca', mountPath: CLUSTER_CA_DIR, readOnly: true }] : []),
  ];
  const image = imageOf('bento', options);
  const resources = resourcesOf(identity.where, options.resources, defaultResources(options, pipeline));
  const before: k8s.Container[] = setup === undefined ? [] : [
    { name: setup.name, image, args: ['-c', `${CONFIG_DIR}/${setup.name}.yaml`], resources, volumeMounts: mounts },
  ];
  return podTemplate(identity, { ...options, initContainers: [...before, ...options.initContainers ?? []] }, {
    program: 'bento',
    serviceAccountName,
    ownsVolumes: volumes.length > 0,
    pods: replicas,
    terminationGracePeriod: Duration.seconds(45),
    // it reads its configuration at the start only
    annotations: { 'checksum/config': createHash('sha256').update(yamlText(gatewayFiles(pipeline))).digest('hex').slice(0, 16) },
    containers: [{
      name: 'sink-gateway',
      image,
      args: ['-c', `${CONFIG_DIR}/${CONFIG_FILE}`],
      env: env.size === 0 ? undefined : [...env].map(variable),
      ports: [{ name: 'http', containerPort: PORT, protocol: 'TCP' }],
      resources,
      readinessProbe: { ...probe, periodSeconds: 5 },
      livenessProbe: { ...probe, periodSeconds: 10, failureThreshold: 6 },
      volumeMounts: mounts,
    }],
    volumes: [
      { name: 'config', configMap: { name: identity.name } },
      ...volumes,
      ...(usesClusterCa ? [{ name: 'cluster-ca', configMap: { name: 'kube-root-ca.crt' } }] : []),
    ],
  });
}

function variable([name, { secret, key }]: [string, SecretKey]): k8s.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret.name, key } } };
}

/** Samples a second unless they are given. */
export const SAMPLES_PER_SECOND = 2000;

/** Each Pod is given what all samples take: the others may be gone. */
function defaultResources({ samplesPerSecond = SAMPLES_PER_SECOND }: ForwardOptions, pipeline: SinkPipeline): DefaultResources {
  return {
    cpuRequest: cpuMillis(Math.max(50, Math.ceil(samplesPerSecond * pipeline.cpuMillis))),
    // Measured: 200 MiB with four requests of 2000 samples at a time, whatever the rate is; by HTTP there are twice as many.
    memoryRequest: Size.mebibytes(256),
    memoryLimit: Size.gibibytes(1),
  };
}
