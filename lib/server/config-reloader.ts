import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { numberOrText } from '../kubernetes/spelling';
import { cpuMillis } from '../kubernetes/resources';
import { ConfigReloaderOptions } from './config-reloader-options';
import { RELOADER_PORT, RELOADER_PORT_NAME } from '../backend/reloader-port';
import { WorkloadOptions } from '../kubernetes';
import { imageOf } from '../kubernetes/images';
import { resourcesOf } from '../kubernetes/resources';

/** Image and resources of the config-reloader. */
export interface ReloaderImage {
  readonly image: string;
  readonly resources: k8s.ResourceRequirements;
}

/** Image and resources of the config-reloader by its options. Throws when a request is above its limit. */
export function reloaderImage(where: string, { registry, ...options }: ConfigReloaderOptions & Pick<WorkloadOptions, 'registry'>): ReloaderImage {
  const image = { image: options.reloaderImage, registry };
  return {
    image: imageOf('configReloader', image),
    resources: resourcesOf(`${where}: config-reloader`, options.reloaderResources, {
      cpuRequest: cpuMillis(10), memoryRequest: Size.mebibytes(32), memoryLimit: Size.mebibytes(64),
    }),
  };
}

/** Settings of the config-reloader container. */
export interface ReloaderProps extends ReloaderImage {
  /** URL that makes the program load its configuration. */
  readonly reloadUrl: string;
  /** The file that is loaded once at the start too, so that the reloader can tell whether that works. */
  readonly configFile: string;
  readonly watchedDirs: readonly string[];
  readonly volumeMounts: k8s.VolumeMount[];
}

/**
 * The sidecar that has a change of mounted files loaded.
 * @see https://github.com/prometheus-operator/prometheus-operator/tree/main/cmd/prometheus-config-reloader
 */
export function configReloader(props: ReloaderProps): k8s.Container {
  return {
    name: 'config-reloader',
    image: props.image,
    args: [
      `--listen-address=:${RELOADER_PORT}`,
      `--reload-url=${props.reloadUrl}`,
      `--config-file=${props.configFile}`,
      ...props.watchedDirs.map((dir) => `--watched-dir=${dir}`),
    ],
    ports: [{ name: RELOADER_PORT_NAME, containerPort: RELOADER_PORT, protocol: 'TCP' }],
    resources: props.resources,
    livenessProbe: { httpGet: { path: '/healthz', port: numberOrText(RELOADER_PORT_NAME) }, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 6 },
    readinessProbe: { httpGet: { path: '/healthz', port: numberOrText(RELOADER_PORT_NAME) }, periodSeconds: 10, timeoutSeconds: 5 },
    volumeMounts: props.volumeMounts,
  };
}
