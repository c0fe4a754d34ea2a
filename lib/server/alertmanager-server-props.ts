import { AlertmanagerProps } from '../backend';

/** An Alertmanager of its own objects, without an operator. */
export interface AlertmanagerServerProps extends AlertmanagerProps {
  /**
   * Image of the config-reloader.
   * @default - upstream's, in the version that the library was tested with
   */
  readonly reloaderImage?: string;
}
