import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import { RELOADER_PORT, RELOADER_PORT_NAME } from '../backend/reloader-port';
import { WorkloadOptions } from '../kubernetes';
import { fromRegistry, imageOf } from '../kubernetes/images';
import { resourcesOf } from '../kubernetes/resources';

/** Settings of the config-reloader container. */
export interface ReloaderProps {
  readonly options: WorkloadOptions;
  readonly image?: string;
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
    image: props.image === undefined ? imageOf('configReloader', { registry: props.options.registry }) : fromRegistry(props.image),
    args: [
      `--listen-address=:${RELOADER_PORT}`,
      `--reload-url=${props.reloadUrl}`,
      `--config-file=${props.configFile}`,
      ...props.watchedDirs.map((dir) => `--watched-dir=${dir}`),
    ],
    ports: [{ name: RELOADER_PORT_NAME, containerPort: RELOADER_PORT, protocol: 'TCP' }],
    resources: resourcesOf('config-reloader', undefined, { cpuRequest: Cpu.millis(10), memoryRequest: Size.mebibytes(32), memoryLimit: Size.mebibytes(64) }),
    livenessProbe: { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString(RELOADER_PORT_NAME) }, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 6 },
    readinessProbe: { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString(RELOADER_PORT_NAME) }, periodSeconds: 10, timeoutSeconds: 5 },
    volumeMounts: props.volumeMounts,
  };
}
