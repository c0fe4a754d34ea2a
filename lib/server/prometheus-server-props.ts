import { ConfigReloaderOptions } from './config-reloader-options';
import { PrometheusProps } from '../backend';

/** A Prometheus of its own objects, without an operator. */
export interface PrometheusServerProps extends PrometheusProps, ConfigReloaderOptions {}
