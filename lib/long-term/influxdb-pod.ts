import { k8s } from 'cdk8s-plus-27';
import { databaseProbes, FLUSH_TIME } from './metrics-database';
import { DataStorage, SecretKey, WorkloadOptions } from '../kubernetes';
import { mountedKeys } from '../kubernetes/mounted-keys';
import { podTemplate } from '../kubernetes/pod';
import { WorkloadIdentity } from '../kubernetes/workload-identity';

/** What the settings of InfluxDB 1 and 2 have in common. */
export interface InfluxDbPodSettings {
  readonly props: WorkloadOptions;
  readonly storage: DataStorage;
  readonly image: string;
  readonly resources: k8s.ResourceRequirements;
}

/** What the Pods of InfluxDB 1 and 2 differ in. */
export interface InfluxDbPodParts {
  readonly program: 'influxDb' | 'influxDb2';
  readonly serviceAccountName: string;
  readonly dataDir: string;
  readonly port: number;
  /** Keys with the passwords and the token of its users. */
  readonly secrets: readonly SecretKey[];
  readonly command: readonly string[];
  readonly env: k8s.EnvVar[];
  /** The container that makes databases and users, with the volume of the data and the files of the Secrets. */
  readonly preparation: (data: k8s.VolumeMount, secrets: readonly k8s.VolumeMount[]) => k8s.Container;
}

/** The Pod of an InfluxDB. */
export function influxDbPod(
  identity: WorkloadIdentity, { props, storage, image, resources }: InfluxDbPodSettings,
  { program, serviceAccountName, dataDir, port, command, env, preparation, ...parts }: InfluxDbPodParts,
): k8s.PodTemplateSpec {
  const data = storage._mount('data', dataDir, 'influxdb');
  const secrets = mountedKeys(identity, 'influxdb', 'secret', parts.secrets);
  return podTemplate(identity, props, {
    program,
    serviceAccountName,
    ownsVolumes: true,
    terminationGracePeriod: FLUSH_TIME,
    initContainers: [preparation(data, secrets.volumeMounts)],
    containers: [{
      name: 'influxdb',
      image,
      command: [...command],
      env,
      ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
      resources,
      ...databaseProbes(),
      volumeMounts: [data],
    }],
    volumes: [...storage._volume('data'), ...secrets.volumes, { name: 'tmp', emptyDir: {} }],
  });
}
