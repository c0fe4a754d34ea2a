import { k8s } from 'cdk8s-plus-27';

/** Port of the reloader's own metrics. */
export const RELOADER_PORT = 8080;
/** Name of that port. */
export const RELOADER_PORT_NAME = 'reloader-web';

/** The reloader as a port of a headless Service. */
export function reloaderServicePort(): k8s.ServicePort {
  return { name: RELOADER_PORT_NAME, port: RELOADER_PORT, targetPort: k8s.IntOrString.fromString(RELOADER_PORT_NAME), protocol: 'TCP' };
}
