import { PrometheusProps } from '../backend';

/** A Prometheus of its own objects, without an operator. */
export interface PrometheusServerProps extends PrometheusProps {
  /**
   * Image of the config-reloader.
   * @default - upstream's, in the version that the library was tested with
   */
  readonly reloaderImage?: string;
}
