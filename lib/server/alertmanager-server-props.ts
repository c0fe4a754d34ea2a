import { ConfigReloaderOptions } from './config-reloader-options';
import { AlertmanagerProps } from '../backend';

/** An Alertmanager of its own objects, without an operator. */
export interface AlertmanagerServerProps extends AlertmanagerProps, ConfigReloaderOptions {}
