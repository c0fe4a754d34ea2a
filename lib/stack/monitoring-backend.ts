import { Construct } from 'constructs';
import { AlertmanagerProps, PrometheusProps } from '../backend';
import { ComputeResources } from '../kubernetes';
import { IAlertmanagerService, IPrometheus } from '../monitoring';
import {
  AlertmanagerConfigSelection, ExistingPrometheus, ExistingPrometheusProps, MonitorSelection, OperatedAlertmanager, OperatedPrometheus,
  PrometheusOperator, PrometheusOperatorProps,
} from '../operator';
import { AlertmanagerServer, PrometheusServer } from '../server';
import { checkArguments } from '../arguments';

/** Settings of a stack without an operator that only this backend has. */
export interface PlainBackendOptions {
  /**
   * Image of the config-reloader of Prometheus and of Alertmanager.
   * @default - upstream's, in the version that the library was tested with
   */
  readonly reloaderImage?: string;
  /**
   * Resource requests and limits of the config-reloader of Prometheus and of Alertmanager.
   * @default - requests 10m CPU and 32 MiB, limit 64 MiB
   */
  readonly reloaderResources?: ComputeResources;
}

/** The operator of a stack, and what only it knows. */
export interface OperatorBackendOptions {
  /**
   * The operator itself, unless `MonitoringPart.PROMETHEUS_OPERATOR` is left out because the cluster has one.
   * @default - its own defaults, and what it runs is in the stack's namespace: `instanceNamespaces`
   */
  readonly operator?: PrometheusOperatorProps;
  /**
   * Selection of monitors and rules besides those of the stack.
   * @default MonitorSelection.everywhere()
   */
  readonly selection?: MonitorSelection;
  /**
   * Selection of AlertmanagerConfigs besides the routing of the stack.
   * @default - none
   */
  readonly teamConfigs?: AlertmanagerConfigSelection;
}

/** A Prometheus that the cluster has already, and what only a stack for it knows. */
export interface ExistingBackendOptions extends ExistingPrometheusProps {
  /**
   * Whether the Prometheus is monitored by the stack, with its rules, the heartbeat alert and the alert on targets that are down. Needs `service`.
   * @default false
   */
  readonly selfMonitoring?: boolean;
}

/** Backend that runs Prometheus and Alertmanager. All backends have the same targets, series and alerts. */
export class MonitoringBackend {
  /** Objects of their own, without an operator: `PrometheusServer` and `AlertmanagerServer`. */
  public static plain(options: PlainBackendOptions = {}): MonitoringBackend {
    checkArguments('MonitoringBackend.plain', { options });
    return new MonitoringBackend({ ...options });
  }

  /**
   * The Prometheus Operator: `OperatedPrometheus` and `OperatedAlertmanager`. Its CRDs have to be applied before the stack, by
   * `PrometheusOperatorCrds` in a chart of its own.
   * @see https://prometheus-operator.dev/docs/getting-started/introduction/
   */
  public static operator(options: OperatorBackendOptions = {}): MonitoringBackend {
    checkArguments('MonitoringBackend.operator', { options });
    return new MonitoringBackend({}, { ...options });
  }

  /**
   * A Prometheus that exists already, such as that of kube-prometheus-stack: `ExistingPrometheus`. The stack makes exporters, monitors and rules,
   * and neither a Prometheus nor an Alertmanager nor an operator; `prometheus`, `alertmanager` and `routing` of the stack are errors. What the
   * cluster scrapes already is to be left out by `without`, or it is scraped twice.
   */
  public static existing(options: ExistingBackendOptions = {}): MonitoringBackend {
    checkArguments('MonitoringBackend.existing', { options });
    return new MonitoringBackend({}, undefined, { ...options });
  }

  private constructor(
    private readonly plainOptions: PlainBackendOptions,
    /** Undefined without an operator. @internal */
    public readonly _operator?: OperatorBackendOptions,
    /** Undefined unless the Prometheus exists already. @internal */
    public readonly _existing?: ExistingBackendOptions,
  ) {}

  /** @internal */
  public _makeOperator(scope: Construct, id: string, common: PrometheusOperatorProps): PrometheusOperator {
    const instanceNamespaces = common.namespace === undefined ? undefined : [common.namespace];
    return new PrometheusOperator(scope, id, { instanceNamespaces, ...common, ...this._operator?.operator });
  }

  /** @internal */
  public _makePrometheus(scope: Construct, id: string, props: PrometheusProps): IPrometheus {
    if (this._existing !== undefined) {
      const { selfMonitoring: _, ...existing } = this._existing;
      return new ExistingPrometheus(scope, id, { ...existing, namespace: existing.namespace ?? props.namespace });
    }
    if (this._operator === undefined) {
      return new PrometheusServer(scope, id, { ...props, ...this.plainOptions });
    }
    return new OperatedPrometheus(scope, id, { ...props, selection: this._operator.selection });
  }

  /** @internal */
  public _makeAlertmanager(scope: Construct, id: string, props: AlertmanagerProps): IAlertmanagerService {
    return this._operator === undefined
      ? new AlertmanagerServer(scope, id, { ...props, ...this.plainOptions })
      : new OperatedAlertmanager(scope, id, { ...props, teamConfigs: this._operator.teamConfigs });
  }
}
