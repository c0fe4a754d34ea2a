import { AlertRouting } from '../../monitoring';
import { ObjectOptions } from '../../kubernetes';

/** Routing of a team, for an Alertmanager of the operator that exists. */
export interface AlertmanagerConfigProps extends ObjectOptions {
  /** Routes and receivers of the team. */
  readonly routing: AlertRouting;
  /**
   * Labels of the objects, by which an Alertmanager selects the resource, such as `release: kps` of kube-prometheus-stack.
   * @default - those of the chart
   */
  readonly labels?: { readonly [name: string]: string };
}
