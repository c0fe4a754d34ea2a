import { AlertmanagerConfigSelection } from './alertmanager-config-selection';
import { AlertmanagerProps } from '../../backend';

/** An Alertmanager that the Prometheus Operator runs. */
export interface OperatedAlertmanagerProps extends AlertmanagerProps {
  /**
   * Resources `AlertmanagerConfig` of teams, whom they have told besides those whom the routing names. The operator then reads the routing
   * itself and refuses what it does not know, which throws here.
   * @default - none are taken
   */
  readonly teamConfigs?: AlertmanagerConfigSelection;
}
