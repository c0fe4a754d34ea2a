import { Construct } from 'constructs';
import { PrometheusBase } from '../backend';
import { IAlertmanager } from '../monitoring';
import {
  AlertmanagerConfigSelection, MonitorSelection, OperatedAlertmanager, OperatedPrometheus, PrometheusOperator, PrometheusOperatorProps,
} from '../operator';
import { AlertmanagerServer, AlertmanagerServerProps, PrometheusServer, PrometheusServerProps } from '../server';

/** The operator of a stack, and what only it knows. */
export interface OperatorBackendOptions {
  /**
   * The operator itself, unless `MonitoringPart.PROMETHEUS_OPERATOR` is left out because the cluster has one.
   * @default - its own defaults, and what it runs is in the stack's namespace: `instanceNamespaces`
   */
  readonly operator?: PrometheusOperatorProps;
  /**
   * Shards of Prometheus.
   * @default 1
   */
  readonly shards?: number;
  /**
   * Which monitors and rules Prometheus takes besides those of the stack.
   * @default MonitorSelection.everywhere()
   */
  readonly selection?: MonitorSelection;
  /**
   * Whose AlertmanagerConfigs Alertmanager takes besides the routing of the stack.
   * @default - nobody's
   */
  readonly teamConfigs?: AlertmanagerConfigSelection;
}

/** What runs Prometheus and Alertmanager. Both give the same targets, series and alerts. */
export class MonitoringBackend {
  /** Objects of their own, without an operator: `PrometheusServer` and `AlertmanagerServer`. */
  public static plain(): MonitoringBackend {
    return new MonitoringBackend();
  }

  /**
   * The Prometheus Operator: `OperatedPrometheus` and `OperatedAlertmanager`. Its CRDs have to be applied before the stack, by
   * `PrometheusOperatorCrds` in a chart of its own.
   * @see https://prometheus-operator.dev/docs/getting-started/introduction/
   */
  public static operator(options: OperatorBackendOptions = {}): MonitoringBackend {
    return new MonitoringBackend({ ...options });
  }

  private constructor(
    /** Undefined without an operator. @internal */
    public readonly _operator?: OperatorBackendOptions,
  ) {}

  /** @internal */
  public _makeOperator(scope: Construct, id: string, common: PrometheusOperatorProps): PrometheusOperator {
    const instanceNamespaces = common.namespace === undefined ? undefined : [common.namespace];
    return new PrometheusOperator(scope, id, { instanceNamespaces, ...common, ...this._operator?.operator });
  }

  /** @internal */
  public _makePrometheus(scope: Construct, id: string, props: PrometheusServerProps): PrometheusBase {
    if (this._operator === undefined) {
      return new PrometheusServer(scope, id, props);
    }
    const { shards, selection } = this._operator;
    return new OperatedPrometheus(scope, id, { ...withoutReloader(scope, 'prometheus', props), shards, selection });
  }

  /** @internal */
  public _makeAlertmanager(scope: Construct, id: string, props: AlertmanagerServerProps): IAlertmanager {
    return this._operator === undefined
      ? new AlertmanagerServer(scope, id, props)
      : new OperatedAlertmanager(scope, id, { ...withoutReloader(scope, 'alertmanager', props), teamConfigs: this._operator.teamConfigs });
  }
}

/** The operator chooses the reloader's image for all that it runs. */
function withoutReloader<T extends { readonly reloaderImage?: string }>(scope: Construct, prop: string, { reloaderImage, ...rest }: T) {
  if (reloaderImage !== undefined) {
    throw new Error(`${scope.node.path}: got ${prop}.reloaderImage '${reloaderImage}', which the operator chooses; say MonitoringBackend.operator({ operator: { configReloader: { image } } })`);
  }
  return rest;
}
