import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { numberOrText } from '../../kubernetes/spelling';
import { cpuMillis } from '../../kubernetes/resources';
import { DIRS, MountedObject, mountedObjects, usesClusterCa } from './blackbox-files';
import { BlackboxModule } from './blackbox-module';
import { BLACKBOX_EXPORTER_FLAGS } from '../../generated/blackbox-exporter';
import { ConfigMapKey, ProxyEnvironment, SecretKey, WorkloadOptions } from '../../kubernetes';
import { extraFlagArgs, FlagOptions, ownFlags, ProgramFlags } from '../../kubernetes/flags';
import { imageOf } from '../../kubernetes/images';
import { requireOwnSecret } from '../../kubernetes/own-namespace';
import { podTemplate } from '../../kubernetes/pod';
import { proxyVariables } from '../../kubernetes/proxy-environment';
import { resourcesOf } from '../../kubernetes/resources';
import { podGroup } from '../../kubernetes/security';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';
import { usesProxyEnvironment } from '../../monitoring/http/proxy';

/** Flags of the exporter; those that the library sets are here with those by which it could not be reached any more. */
export const BLACKBOX_FLAGS: ProgramFlags = {
  program: 'blackboxExporter',
  title: 'blackbox-exporter',
  flags: BLACKBOX_EXPORTER_FLAGS,
  syntax: 'kingpin',
  own: ownFlags({ modules: ['config.file'] }, 'web.listen-address', 'web.config.file', 'web.systemd-socket', 'web.external-url', 'web.route-prefix'),
};

/** File of the configuration. */
export const CONFIG_FILE = 'blackbox.yaml';

/** Port that the exporter listens on. */
export const PORT = 9115;

/** Options of the exporter's Pods. */
interface BlackboxPodOptions extends WorkloadOptions, FlagOptions {
  readonly proxyEnvironment?: ProxyEnvironment;
}

/** Settings of the Pod of a blackbox exporter. */
export interface BlackboxPodProps {
  readonly identity: WorkloadIdentity;
  /** Checksum of the configuration, by which a change of it restarts the Pods. */
  readonly checksum: string;
  readonly serviceAccountName: string;
  readonly modules: readonly BlackboxModule[];
}

/** The Pods of the exporter, with the files that its modules name. */
export function blackboxPod(options: BlackboxPodOptions, props: BlackboxPodProps): k8s.PodTemplateSpec {
  const { identity } = props;
  const mounts = mountsOf(props);
  const clusterCa = props.modules.some(({ _settings }) => usesClusterCa(_settings));
  const env = proxyVariables(identity, options.proxyEnvironment);
  checkProxy(props, env.length > 0);
  const probe = { httpGet: { path: '/-/healthy', port: numberOrText('http') } };
  return podTemplate(identity, options, {
    program: 'blackboxExporter',
    serviceAccountName: props.serviceAccountName,
    // the exporter reads its configuration at the start only, so that a change has to bring a new Pod
    annotations: { 'checksum/config': props.checksum },
    ownsVolumes: mounts.length > 0,
    // lets the Pod's group ping without NET_RAW; a sysctl that every Pod Security level admits, and none of the node's to set
    sysctls: pings(props.modules) && options.hostNetwork !== true ? [{ name: 'net.ipv4.ping_group_range', value: pingGroups(options) }] : undefined,
    containers: [{
      name: 'blackbox-exporter',
      image: imageOf('blackboxExporter', options),
      args: [`--config.file=${DIRS.config}/${CONFIG_FILE}`, `--web.listen-address=:${PORT}`, ...extraFlagArgs(identity.where, options, BLACKBOX_FLAGS)],
      env: env.length === 0 ? undefined : env,
      ports: [{ name: 'http', containerPort: PORT, protocol: 'TCP' }],
      resources: resourcesOf(identity.where, options.resources, {
        cpuRequest: cpuMillis(10), memoryRequest: Size.mebibytes(32), memoryLimit: Size.mebibytes(128),
      }),
      readinessProbe: probe,
      livenessProbe: { ...probe, failureThreshold: 5 },
      volumeMounts: [
        { name: 'config', mountPath: DIRS.config, readOnly: true },
        ...mounts.map(({ dir }, i) => ({ name: `secret-${i}`, mountPath: dir, readOnly: true })),
        ...(clusterCa ? [{ name: 'cluster-ca', mountPath: DIRS.clusterCa, readOnly: true }] : []),
      ],
    }],
    volumes: [
      { name: 'config', configMap: { name: identity.name } },
      // a Secret may come later than the Pod: the probes that need it fail meanwhile, the others do not
      ...mounts.map(({ key }, i) => ({ name: `secret-${i}`, ...volumeOf(key) })),
      ...(clusterCa ? [{ name: 'cluster-ca', configMap: { name: 'kube-root-ca.crt' } }] : []),
    ],
  });
}

/** Whether one of the modules sends ICMP echo requests. */
export function pings(modules: readonly BlackboxModule[]): boolean {
  return modules.some(({ prober }) => prober === 'icmp');
}

/** Groups that may ping: the Pod's own, or all where the cluster assigns it. */
function pingGroups(options: BlackboxPodOptions): string {
  const group = podGroup(options);
  return group === undefined ? '0 2147483647' : `${group} ${group}`;
}

/** Throws when a module is to use the proxy of the environment, and there is none. */
function checkProxy({ identity, modules }: BlackboxPodProps, hasProxy: boolean): void {
  const proxied = modules.find(({ _settings }) => usesProxyEnvironment(_settings));
  if (proxied !== undefined && !hasProxy) {
    throw new Error(`${identity.where}: module '${proxied.name}' has 'proxyFromEnvironment', and the environment has no proxy; name it by the prop 'proxyEnvironment'`);
  }
}

/** The Secrets and ConfigMaps that the modules name, each once. */
function mountsOf({ identity, modules }: BlackboxPodProps): MountedObject[] {
  const mounts = modules.flatMap(({ _settings }) => mountedObjects(_settings));
  mounts.forEach(({ key }) => requireOwnSecret(identity.where, key instanceof SecretKey ? key.secret : key.configMap, identity.namespace));
  return [...new Map(mounts.map((mount) => [mount.dir, mount])).values()];
}

function volumeOf(key: SecretKey | ConfigMapKey): Omit<k8s.Volume, 'name'> {
  return key instanceof SecretKey
    ? { secret: { secretName: key.secret.name, optional: true, defaultMode: 0o440 } }
    : { configMap: { name: key.configMap.name, optional: true, defaultMode: 0o440 } };
}
