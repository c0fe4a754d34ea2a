import { AlertRouting } from '../../monitoring';
import { ObjectOptions } from '../../kubernetes';

/** Routing of a team, for an Alertmanager of the operator that exists. */
export interface AlertmanagerConfigProps extends ObjectOptions {
  /** Routes and receivers of the team. */
  readonly routing: AlertRouting;
  /**
   * Whether alerts of all namespaces reach the routes and inhibitions, because the Alertmanager has the `alertmanagerConfigMatcherStrategy` `None`,
   * or `OnNamespaceExceptForAlertmanagerNamespace` and the resource is in its namespace. Matchers of other namespaces are an error unless they do.
   * @default false
   */
  readonly receivesAllNamespaces?: boolean;
  /**
   * Labels of the objects, by which an Alertmanager selects the resource, such as `release: kps` of kube-prometheus-stack.
   * @default - those of the chart
   */
  readonly labels?: { readonly [name: string]: string };
}
