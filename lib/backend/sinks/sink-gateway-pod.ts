import { createHash } from 'node:crypto';
import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { CREDENTIALS_DIR, GatewayProgram } from './gateway-program';
import { CLUSTER_CA_DIR } from './gateway-tls';
import { SecretKey } from '../../kubernetes';
import { imageOf } from '../../kubernetes/images';
import { configDir } from '../../kubernetes/mount-paths';
import { MountedKeys, mountedKeys } from '../../kubernetes/mounted-keys';
import { podTemplate } from '../../kubernetes/pod';
import { resourcesOf } from '../../kubernetes/resources';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';
import { ForwardOptions } from '../../monitoring';
import { yamlText } from '../../yaml';

/** Folder of the configuration. */
export const CONFIG_DIR = configDir('sink-gateway');

/** Settings of the Pods of a gateway. */
export interface GatewayPodProps {
  readonly identity: WorkloadIdentity;
  readonly program: GatewayProgram;
  readonly serviceAccountName: string;
  readonly replicas: number;
}

/** Files of the configuration. */
export function gatewayFiles({ configuration, setup }: GatewayProgram): { [file: string]: string } {
  return { ...configuration, ...(setup === undefined ? {} : { [`${setup.name}.yaml`]: yamlText(setup.config) }) };
}

/** All that is mounted into the containers of a gateway. */
function mounted(identity: WorkloadIdentity, { files, usesClusterCa, credentials = {} }: GatewayProgram): MountedKeys {
  const { volumes, volumeMounts } = mountedKeys(identity, 'sink-gateway', 'secret', files);
  const sources = Object.entries(credentials).map(([path, { secret, key }]) => ({ secret: { name: secret.name, items: [{ key, path }] } }));
  const hasCredentials = sources.length > 0;
  return {
    volumes: [
      { name: 'config', configMap: { name: identity.name } },
      ...volumes,
      ...(hasCredentials ? [{ name: 'credentials', projected: { sources, defaultMode: 0o440 } }] : []),
      ...(usesClusterCa ? [{ name: 'cluster-ca', configMap: { name: 'kube-root-ca.crt' } }] : []),
    ],
    volumeMounts: [
      { name: 'config', mountPath: CONFIG_DIR, readOnly: true },
      ...volumeMounts,
      ...(hasCredentials ? [{ name: 'credentials', mountPath: CREDENTIALS_DIR, readOnly: true }] : []),
      ...(usesClusterCa ? [{ name: 'cluster-ca', mountPath: CLUSTER_CA_DIR, readOnly: true }] : []),
    ],
  };
}

/** The Pods of a gateway. */
export function gatewayPod(options: ForwardOptions, { identity, program, serviceAccountName, replicas }: GatewayPodProps): k8s.PodTemplateSpec {
  const { env, files, credentials, setup, ports } = program;
  const { volumes, volumeMounts } = mounted(identity, program);
  const resources = resourcesOf(identity.where, options.resources, program.resources);
  const before: k8s.Container[] = setup === undefined ? [] : [{
    name: setup.name,
    image: program.program === 'bento' ? imageOf('bento', options) : imageOf('bento', { registry: options.registry }),
    args: ['-c', `${CONFIG_DIR}/${setup.name}.yaml`],
    resources,
    volumeMounts: [...volumeMounts],
  }];
  return podTemplate(identity, { ...options, initContainers: [...before, ...options.initContainers ?? []] }, {
    program: program.program,
    serviceAccountName,
    ownsVolumes: credentials !== undefined || files.some((key) => key !== undefined),
    pods: replicas,
    terminationGracePeriod: Duration.seconds(45),
    // it reads its configuration at the start only
    annotations: { 'checksum/config': createHash('sha256').update(yamlText(gatewayFiles(program))).digest('hex').slice(0, 16) },
    containers: [{
      name: 'sink-gateway',
      image: imageOf(program.program, options),
      command: program.command,
      args: program.args,
      env: [...env].map(variable).concat(program.variables ?? []),
      ports: ports.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })),
      resources,
      readinessProbe: { ...program.probe, periodSeconds: 5 },
      livenessProbe: { ...program.probe, periodSeconds: 10, failureThreshold: 6 },
      volumeMounts: [...volumeMounts],
    }],
    volumes: [...volumes],
  });
}

function variable([name, { secret, key }]: [string, SecretKey]): k8s.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret.name, key } } };
}
