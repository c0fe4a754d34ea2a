import { AlertmanagerConfigSelection } from './alertmanager-config-selection';
import { AlertmanagerProps } from '../../backend';

/** An Alertmanager that the Prometheus Operator runs. */
export interface OperatedAlertmanagerProps extends AlertmanagerProps {
  /**
   * Selection of resources `AlertmanagerConfig`, by which teams add routes and receivers to those of `routing`. The operator then parses the routing
   * itself; a setting that it does not know throws.
   * @default - none are selected
   */
  readonly teamConfigs?: AlertmanagerConfigSelection;
}
