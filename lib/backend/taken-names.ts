import { ALERTMANAGER_PORT, AlertmanagerSettings, GOSSIP_PORT } from './alertmanager-settings';
import { PrometheusSettings, WEB_PORT } from './prometheus-settings';
import { RELOADER_PORT, RELOADER_PORT_NAME } from './reloader-port';
import { OBJECT_STORAGE_VOLUMES } from './object-storage-mount';
import { THANOS_GRPC_PORT, THANOS_HTTP_PORT } from './thanos-images';
import { SIDECAR } from './thanos-sidecar';
import { TLS_VOLUME } from './thanos-tls-mount';
import { DataStorage } from '../kubernetes';
import { ACCOUNT_DIR, API_ACCESS } from '../kubernetes/api-access';
import { TakenNames } from '../kubernetes/pod-additions';
import { proxyVariables } from '../kubernetes/proxy-environment';
import { WorkloadIdentity } from '../kubernetes/workload-identity';

const RELOADER = { name: RELOADER_PORT_NAME, containerPort: RELOADER_PORT };
const CONTAINERS = ['config-reloader', 'init-config-reloader'];
/** Volumes and folders of both programs; those of the operator are by pkg/prometheus and pkg/alertmanager of its sources. */
const VOLUMES = ['data', 'config', 'config-out', 'tls-assets', 'web-config', /^web-config-/, 'secrets', /^secret-\d+$/];
const FOLDERS = ['config', 'config_out', 'certs', 'web_config', 'secrets', 'configmaps'];

function folders(program: string, ...more: readonly string[]): string[] {
  return [...FOLDERS, ...more].map((folder) => `/etc/${program}/${folder}`);
}

/** Volumes that the operator makes for either program, besides those of the configuration and the data. */
const OF_OPERATOR = ['config-out', 'tls-assets', 'web-config'];

/** Names of the sidecar of Thanos, and of its volumes; one of them is the operator's. */
const OF_SIDECAR = {
  containers: [SIDECAR],
  volumes: [...OBJECT_STORAGE_VOLUMES, 'thanos-prometheus-http-client-file', TLS_VOLUME],
  ports: [{ name: 'grpc', containerPort: THANOS_GRPC_PORT }, { name: 'http', containerPort: THANOS_HTTP_PORT }],
};

/** Who makes the Pods. */
export type PodMaker = 'library' | 'operator';

/** The volume of a claim template that has a name of its own. */
function claimsOf({ _template: template }: DataStorage): string[] {
  return template?.name === undefined ? [] : [template.name];
}

/**
 * Names in the Pods of a Prometheus that the library or the operator takes, on both backends alike: so an app can move from one to the other. The
 * volumes that may be mounted are those of one backend, but for the ones that come and go with Secrets.
 */
export function namesOfPrometheus(identity: WorkloadIdentity, { agent, props, storage }: PrometheusSettings, maker: PodMaker): TakenNames {
  const workload = `${agent ? 'prom-agent' : 'prometheus'}-${identity.name}`;
  const rules = new RegExp(`^${workload}-rulefiles-\\d+$`);
  const thanos = props.thanos === undefined ? { containers: [], volumes: [], ports: [] } : OF_SIDECAR;
  return {
    containers: ['prometheus', ...CONTAINERS, ...thanos.containers],
    volumes: [...VOLUMES, ...thanos.volumes, ...claimsOf(storage), 'rules', `${workload}-db`, rules, API_ACCESS.volume.name],
    existingVolumes: maker === 'library'
      ? [storage._template?.name ?? 'data', 'config', ...(agent ? [] : ['rules'])]
      : [storage._template?.name ?? `${workload}-db`, 'config', ...OF_OPERATOR, ...(agent ? [] : [rules])],
    paths: [...folders('prometheus', 'rules'), ACCOUNT_DIR],
    openPaths: ['/prometheus'],
    env: ['POD_NAME', ...proxyVariables(identity, props.proxyEnvironment).map(({ name }) => name)],
    ports: [{ name: 'web', containerPort: WEB_PORT }, RELOADER, ...thanos.ports],
  };
}

/** As `namesOfPrometheus`, of an Alertmanager. */
export function namesOfAlertmanager(identity: WorkloadIdentity, { props, routing, storage }: AlertmanagerSettings, maker: PodMaker): TakenNames {
  const data = `alertmanager-${identity.name}-db`;
  return {
    containers: ['alertmanager', ...CONTAINERS],
    volumes: [...VOLUMES, ...claimsOf(storage), 'config-volume', 'cluster-tls-config', data],
    existingVolumes: maker === 'library'
      ? [storage._template?.name ?? 'data', 'config']
      : [storage._template?.name ?? data, 'config-volume', ...OF_OPERATOR, 'cluster-tls-config'],
    paths: folders('alertmanager', 'cluster_tls_config', 'templates'),
    openPaths: ['/alertmanager'],
    env: ['POD_IP', 'POD_NAME', ...Object.keys(routing._environment()), ...proxyVariables(identity, props.proxyEnvironment).map(({ name }) => name)],
    ports: [
      { name: 'web', containerPort: ALERTMANAGER_PORT }, RELOADER,
      ...['gossip-tcp', 'mesh-tcp'].map((name) => ({ name, containerPort: GOSSIP_PORT })),
      ...['gossip-udp', 'mesh-udp'].map((name) => ({ name, containerPort: GOSSIP_PORT, protocol: 'UDP' })),
    ],
  };
}
