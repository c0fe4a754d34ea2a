import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { numberOrText } from '../kubernetes/spelling';
import { configReloader, ReloaderImage } from './config-reloader';
import { CredentialVariables } from './credential-variables';
import { CONFIG_DIR, DATA_DIR, RULES_DIR } from './paths';
import { prometheusFlags } from './prometheus-command';
import { ScrapeFiles } from './scrape-files';
import { Shard } from './shards';
import { ThanosSidecar } from '../backend/thanos-sidecar';
import { DEFAULT_GRACE_PERIOD, PrometheusSettings, WEB_PORT } from '../backend/prometheus-settings';
import { SecretMounts } from '../backend/secret-mounts';
import { urlPath } from '../text';
import { API_ACCESS } from '../kubernetes/api-access';
import { deployment } from '../kubernetes/deployment';
import { podTemplate } from '../kubernetes/pod';
import { proxyVariables } from '../kubernetes/proxy-environment';
import { statefulSet } from '../kubernetes/stateful-set';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { Scheme } from '../monitoring';

/** Settings of the Pod of a Prometheus. */
export interface PrometheusPodParts {
  readonly settings: PrometheusSettings;
  /** Number of remote stores. */
  readonly remoteWrites: number;
  readonly reloader: ReloaderImage;
  readonly shard: Shard;
  /** Identity of the Prometheus, which selects the Pods of all shards. */
  readonly identity: WorkloadIdentity;
  readonly serviceAccountName: string;
  readonly usesAccountFiles: boolean;
  readonly secrets: SecretMounts;
  readonly variables: CredentialVariables;
  readonly ruleSources: k8s.VolumeProjection[];
  readonly scrapes: ScrapeFiles;
  /** File that tells promtool, and a sidecar of Thanos, how to reach the web server. */
  readonly probeConfigFile: string;
  readonly thanos?: ThanosSidecar;
}

const PORT = numberOrText('web');

function probe({ settings, probeConfigFile }: PrometheusPodParts, page: 'healthy' | 'ready'): k8s.Probe {
  const prefix = urlPath(settings.externalUrl);
  if (settings.hasPassword) {
    const url = `${settings.scheme}://127.0.0.1:${WEB_PORT}${prefix}`;
    return { exec: { command: ['/bin/promtool', 'check', page, `--http.config.file=${probeConfigFile}`, `--url=${url}`] } };
  }
  return { httpGet: { path: `${prefix}/-/${page}`, port: PORT, scheme: settings.scheme.toUpperCase() } };
}

/** The Pod of a Prometheus. */
export function prometheusPod(parts: PrometheusPodParts): k8s.PodTemplateSpec {
  const { settings, secrets, ruleSources, shard, identity, thanos } = parts;
  const { props, agent } = settings;
  const startup = props.startupTimeout?.toSeconds() ?? 900;
  const configMounts: k8s.VolumeMount[] = [
    { name: 'config', mountPath: CONFIG_DIR, readOnly: true },
    ...(agent ? [] : [{ name: 'rules', mountPath: RULES_DIR, readOnly: true }]),
    ...secrets.mounts,
  ];
  const env: k8s.EnvVar[] = [
    ...(settings.hasPeers ? [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] : []),
    ...proxyVariables(identity, props.proxyEnvironment),
    ...parts.variables.env,
  ];
  const dataMount = settings.storage._mount('data', DATA_DIR, 'prometheus');
  const prometheus: k8s.Container = {
    name: 'prometheus',
    image: settings.image,
    args: prometheusFlags(settings),
    env: env.length === 0 ? undefined : env,
    ports: [{ name: 'web', containerPort: WEB_PORT, protocol: 'TCP' }],
    resources: settings.resources(parts.remoteWrites),
    startupProbe: { ...probe(parts, 'ready'), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: Math.max(1, Math.ceil(startup / 5)) },
    readinessProbe: { ...probe(parts, 'ready'), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: { ...probe(parts, 'healthy'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    // The reloader has no use for the token.
    volumeMounts: [...configMounts, ...(parts.usesAccountFiles ? [API_ACCESS.mount] : []), dataMount],
  };
  const reloader = settings.hasPassword ? [] : [configReloader({
    ...parts.reloader,
    reloadUrl: `${settings.scheme}://127.0.0.1:${WEB_PORT}${urlPath(settings.externalUrl)}/-/reload`,
    configFile: `${CONFIG_DIR}/prometheus.yml`,
    watchedDirs: [CONFIG_DIR, ...(agent ? [] : [RULES_DIR]), ...secrets.dirs],
    volumeMounts: configMounts,
  })];
  const hasClientFile = settings.hasPassword || settings.scheme === Scheme.HTTPS;
  const sidecar = thanos === undefined ? [] : [thanos.container({
    dataDir: DATA_DIR, dataMount, clientFile: hasClientFile ? parts.probeConfigFile : undefined, clientMounts: configMounts,
  })];
  return podTemplate({ ...identity, labels: shard.identity.labels }, props, {
    program: 'prometheus',
    serviceAccountName: parts.serviceAccountName,
    ownsVolumes: true,
    annotations: thanos?.annotations,
    containers: [prometheus, ...reloader, ...sidecar],
    volumes: [
      { name: 'config', projected: { sources: [{ configMap: { name: `${shard.identity.name}-config` } }, ...parts.scrapes.sources] } },
      ...(agent ? [] : [{ name: 'rules', projected: { sources: ruleSources } }]),
      ...secrets.volumes,
      ...(parts.usesAccountFiles ? [API_ACCESS.volume] : []),
      ...settings.storage._volume('data'),
      ...thanos?.volumes ?? [],
    ],
    pods: settings.pods,
    terminationGracePeriod: DEFAULT_GRACE_PERIOD,
  });
}

/** Throws when two Pods would write to one claim. */
export function checkUpdate({ where, props: { updateStrategy }, storage }: PrometheusSettings): void {
  if (storage._kind === 'existingClaim' && updateStrategy?._type === 'RollingUpdate') {
    throw new Error(`${where}: 'updateStrategy' is RollingUpdate, by which two Pods would write to claim '${storage._claimName}'; leave it out for UpdateStrategy.recreate()`);
  }
}

/** Settings of the workload of a shard. */
export interface PrometheusWorkloadParts extends Pick<PrometheusPodParts, 'shard' | 'settings' | 'identity'> {
  readonly template: k8s.PodTemplateSpec;
}

/** Makes the workload of a shard: a StatefulSet for replicas, or for one with a claim of its own, else a Deployment. */
export function prometheusWorkload(scope: Construct, { shard, settings, identity, template }: PrometheusWorkloadParts): ApiObject {
  const { props, replicas, storage, claimSize, needsIdentity } = settings;
  return needsIdentity
    ? statefulSet(scope, shard.identity, props, {
      replicas, template, storage, claimSize, serviceName: `${identity.name}-replicas`, podManagementPolicy: 'Parallel',
    })
    // Two Pods must never write to one claim.
    : deployment(scope, shard.identity, props, { replicas, template, strategy: storage._kind === 'existingClaim' ? { type: 'Recreate' } : undefined });
}
