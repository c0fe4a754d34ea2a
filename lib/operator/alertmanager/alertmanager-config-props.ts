import { AlertRouting } from '../../monitoring';

/** Routing of a team, for an Alertmanager of the operator that exists. */
export interface AlertmanagerConfigProps {
  /** Routes and receivers of the team. */
  readonly routing: AlertRouting;
  /**
   * Name of the objects.
   * @default - the ids of the chart and the construct in lower case with dashes, `shop-routing`, so that the apps of two teams do not overwrite
   * each other's objects in one namespace
   */
  readonly name?: string;
  /**
   * Namespace of the objects.
   * @default - the chart's, else `default`
   */
  readonly namespace?: string;
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
