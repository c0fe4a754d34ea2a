import { k8s } from 'cdk8s-plus-27';
import { numberOrText } from '../kubernetes/spelling';
import { DASHBOARD_VOLUMES, DashboardFolders } from './dashboard-folders';
import { DATA_DIR, GOSSIP_PORT, GrafanaSettings, HTTP_PORT, PROVISIONING_DIR } from './grafana-settings';
import { CONFIG_DIR, configVolume, FILE_VOLUMES, MountedFiles } from './mounted-files';
import { OWN_VARIABLES } from './setting-checks';
import { configMapDir, secretDir } from '../kubernetes/mount-paths';
import { podTemplate } from '../kubernetes/pod';
import { TakenNames } from '../kubernetes/pod-additions';
import { proxyVariables } from '../kubernetes/proxy-environment';
import { WorkloadIdentity } from '../kubernetes/workload-identity';

/** User and group of the image, in numbers. */
const USER = 472;

/** Keys of the ConfigMap of the configuration. */
export const FILES = { ini: 'grafana.ini', dataSources: 'datasources.yaml', providers: 'dashboards.yaml' } as const;

/** Annotation that rolls the Pods when the configuration changes, which Grafana reads at its start only. */
export const CHECKSUM = 'checksum/config';

/** Whatever the Pods of a Grafana are made of. */
export interface GrafanaPodParts {
  readonly identity: WorkloadIdentity;
  readonly settings: GrafanaSettings;
  readonly files: MountedFiles;
  readonly folders: DashboardFolders;
  readonly serviceAccountName: string;
  readonly checksum: string;
}

/** Environment variables of the container. */
function variables({ identity, settings }: Pick<GrafanaPodParts, 'identity' | 'settings'>): k8s.EnvVar[] {
  return [
    { name: 'GF_PATHS_CONFIG', value: `${CONFIG_DIR}/${FILES.ini}` },
    ...(settings.replicas > 1 ? [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] : []),
    ...proxyVariables(identity, settings.props.proxyEnvironment),
  ];
}

/** Names in the Pods that are taken, whatever is added later. */
export function namesOfGrafana(identity: WorkloadIdentity, settings: GrafanaSettings): TakenNames {
  const volumes = [settings.storage._template?.name ?? 'data', 'tmp', 'config', 'data-sources', 'providers'];
  return {
    containers: ['grafana'],
    volumes: [...volumes, FILE_VOLUMES, DASHBOARD_VOLUMES],
    paths: [CONFIG_DIR, `${PROVISIONING_DIR}/datasources`, `${PROVISIONING_DIR}/dashboards`, '/etc/grafana/dashboards', secretDir('grafana'), configMapDir('grafana', '').slice(0, -1)],
    openPaths: [DATA_DIR, '/tmp'],
    env: [...variables({ identity, settings }).map(({ name }) => name), ...OWN_VARIABLES, ...settings.ownVariables],
    ports: portsOf(settings),
  };
}

function portsOf({ replicas }: GrafanaSettings): k8s.ContainerPort[] {
  return [
    { name: 'http', containerPort: HTTP_PORT, protocol: 'TCP' },
    ...(replicas < 2 ? [] : ['TCP', 'UDP'].map((protocol) => ({ name: `gossip-${protocol.toLowerCase()}`, containerPort: GOSSIP_PORT, protocol }))),
  ];
}

function container({ identity, settings, files, folders }: GrafanaPodParts): k8s.Container {
  // of the database too, so that a Grafana without it gets no requests; nor is it restarted for it
  const health = { httpGet: { path: `${settings.path}/api/health`, port: numberOrText('http') } };
  return {
    name: 'grafana',
    image: settings.image,
    env: variables({ identity, settings }),
    ports: portsOf(settings),
    resources: settings.resources,
    // a new release changes the database first
    startupProbe: { ...health, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
    readinessProbe: { ...health, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: { tcpSocket: { port: numberOrText('http') }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    volumeMounts: [
      { name: 'config', mountPath: CONFIG_DIR, readOnly: true },
      { name: 'data-sources', mountPath: `${PROVISIONING_DIR}/datasources`, readOnly: true },
      { name: 'providers', mountPath: `${PROVISIONING_DIR}/dashboards`, readOnly: true },
      ...folders.volumeMounts,
      ...files.mounted.volumeMounts,
      settings.storage._mount('data', DATA_DIR, 'grafana'),
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

/** The Pods of a Grafana. */
export function grafanaPod(parts: GrafanaPodParts): k8s.PodTemplateSpec {
  const { identity, settings, files, folders, serviceAccountName, checksum } = parts;
  const configMap = `${identity.name}-config`;
  return podTemplate(identity, settings.props, {
    program: 'grafana',
    serviceAccountName,
    ownsVolumes: true,
    user: USER,
    pods: settings.replicas,
    annotations: { [CHECKSUM]: checksum },
    containers: [container(parts)],
    volumes: [
      configVolume('config', configMap, [FILES.ini, ...Object.keys(files.texts)]),
      configVolume('data-sources', configMap, [FILES.dataSources]),
      configVolume('providers', configMap, [FILES.providers]),
      ...folders.volumes,
      ...files.mounted.volumes,
      ...settings.storage._volume('data'),
      { name: 'tmp', emptyDir: {} },
    ],
  });
}
