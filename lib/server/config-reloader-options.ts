import { ComputeResources } from '../kubernetes';

/** Options of the config-reloader, the sidecar that has a change of configuration loaded. */
export interface ConfigReloaderOptions {
  /**
   * Image of the config-reloader.
   * @default - upstream's, in the version that the library was tested with
   */
  readonly reloaderImage?: string;
  /**
   * Resource requests and limits of the config-reloader.
   * @default - requests 10m CPU and 32 MiB, limit 64 MiB
   */
  readonly reloaderResources?: ComputeResources;
}
