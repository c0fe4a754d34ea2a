import { Size } from 'cdk8s';
import { Cpu, k8s, Secret } from 'cdk8s-plus-27';
import { DIRS } from './blackbox-files';
import { BlackboxModule } from './blackbox-module';
import { SecretKey, WorkloadOptions } from '../../kubernetes';
import { imageOf } from '../../kubernetes/images';
import { hardenedPod, NOBODY, resourcesOf } from '../../kubernetes/pod';

/** File of the configuration. */
export const CONFIG_FILE = 'blackbox.yaml';

/** Port that the exporter listens on. */
export const PORT = 9115;

export interface BlackboxPodProps {
  readonly where: string;
  readonly namespace: string;
  readonly configMapName: string;
  readonly serviceAccountName: string;
  readonly modules: readonly BlackboxModule[];
}

/** The Pod of the exporter, with the files that its modules name. */
export function blackboxPod(options: WorkloadOptions, props: BlackboxPodProps): k8s.PodSpec {
  const secrets = secretNames(props);
  const usesClusterCa = props.modules.some((module) => module._files.clusterCa);
  const pings = props.modules.some((module) => module.prober === 'icmp');
  const probe = { httpGet: { path: '/-/healthy', port: k8s.IntOrString.fromString('http') } };
  return hardenedPod(options, {
    serviceAccountName: props.serviceAccountName,
    usesToken: false,
    identity: NOBODY,
    ownsVolumes: secrets.length > 0,
    // lets the Pod's group ping without NET_RAW; a sysctl that every Pod Security level admits
    more: pings ? { securityContext: { sysctls: [{ name: 'net.ipv4.ping_group_range', value: `${NOBODY.gid} ${NOBODY.gid}` }] } } : undefined,
    containers: [{
      name: 'blackbox-exporter',
      image: imageOf('blackboxExporter', options),
      args: [`--config.file=${DIRS.config}/${CONFIG_FILE}`, `--web.listen-address=:${PORT}`],
      ports: [{ name: 'http', containerPort: PORT, protocol: 'TCP' }],
      resources: resourcesOf(options.resources, { cpuRequest: Cpu.millis(10), memoryRequest: Size.mebibytes(32), memoryLimit: Size.mebibytes(128) }),
      readinessProbe: probe,
      livenessProbe: { ...probe, failureThreshold: 5 },
      volumeMounts: [
        { name: 'config', mountPath: DIRS.config, readOnly: true },
        ...secrets.map((name, i) => ({ name: `secret-${i}`, mountPath: `${DIRS.secrets}/${name}`, readOnly: true })),
        ...(usesClusterCa ? [{ name: 'cluster-ca', mountPath: DIRS.clusterCa, readOnly: true }] : []),
      ],
    }],
    volumes: [
      { name: 'config', configMap: { name: props.configMapName } },
      // a Secret may come later than the Pod: the probes that need it fail meanwhile, the others do not
      ...secrets.map((secretName, i) => ({ name: `secret-${i}`, secret: { secretName, optional: true, defaultMode: 0o440 } })),
      ...(usesClusterCa ? [{ name: 'cluster-ca', configMap: { name: 'kube-root-ca.crt' } }] : []),
    ],
  });
}

function secretNames({ where, namespace, modules }: BlackboxPodProps): string[] {
  const keys = modules.flatMap((module) => module._files.secretKeys);
  keys.forEach((key) => checkNamespace(where, namespace, key));
  return [...new Set(keys.map(({ secret }) => secret.name))];
}

function checkNamespace(where: string, namespace: string, { secret }: SecretKey): void {
  if (secret instanceof Secret) {
    const made = secret.metadata.namespace ?? 'default';
    if (made !== namespace) {
      throw new Error(`${where}: Secret '${secret.name}' is made in namespace '${made}', and Pods mount only Secrets of their own, '${namespace}'; make it there`);
    }
  }
}
