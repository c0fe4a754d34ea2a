import { AdmissionWebhook } from './admission-webhook';
import { KubeletService } from './kubelet-service';
import { OperatorController, OperatorFeature, OperatorRepair } from './prometheus-operator-controller';
import { LogLevel } from '../../backend/prometheus-props';
import { MonitorOptions } from '../../components/monitor-options';
import { PrometheusOperatorRuleOptions } from '../../components/operator/prometheus-operator-rules';
import { ComputeResources, WorkloadOptions } from '../../kubernetes';
import { TlsServer } from '../../monitoring';

/** The config reloader that the operator puts beside each Prometheus and Alertmanager. */
export interface OperatorConfigReloader {
  /**
   * Image with its tag or digest. It is released together with the operator.
   * @default - upstream's, in the operator's version
   */
  readonly image?: string;
  /**
   * Resource requests and limits of the container.
   * @default - requests 10m CPU and 32 MiB, limit 64 MiB
   */
  readonly resources?: ComputeResources;
  /**
   * Whether it has probes.
   * @default true
   */
  readonly probes?: boolean;
}

/** Settings of the operator: namespaces, workload, flags. */
export interface PrometheusOperatorProps extends WorkloadOptions, MonitorOptions {
  /**
   * Namespaces that the operator looks at. Rights are granted in these namespaces only then, and there is no ClusterRole but for the nodes
   * of `kubeletService`; it then writes no events and does not check storage classes, for both take rights across the cluster.
   * @default - all
   */
  readonly watchNamespaces?: string[];
  /**
   * Namespaces that the operator does not look at. Goes without `watchNamespaces`.
   * @default - none
   */
  readonly denyNamespaces?: string[];
  /**
   * Namespaces whose Prometheus, Alertmanager and other workloads are made. StatefulSets, Services and Secrets are written in these
   * namespaces only then; monitors and rules, and the Secrets that they name, are read wherever the operator looks.
   * @default - `watchNamespaces`, else all
   */
  readonly instanceNamespaces?: string[];
  /**
   * Kinds of workloads that are made; rights for others are not granted, and the operator leaves them alone.
   * @default - OperatorController.PROMETHEUS, OperatorController.PROMETHEUS_AGENT, OperatorController.ALERTMANAGER
   */
  readonly controllers?: OperatorController[];
  /**
   * Optional features of the operator.
   * @default - nothing
   */
  readonly features?: OperatorFeature[];
  /**
   * Handling of a rollout that is stuck.
   * @default OperatorRepair.NONE
   */
  readonly repair?: OperatorRepair;
  /**
   * The Service of the kubelets.
   * @default - KubeletService.of(): the operator keeps `kubelet` in `kube-system`
   */
  readonly kubeletService?: KubeletService;
  /**
   * The config reloader of the workloads.
   * @default - upstream's
   */
  readonly configReloader?: OperatorConfigReloader;
  /**
   * Webhook by which the API server refuses rules and Alertmanager configurations that are not valid. Options of the operator's Pods
   * hold for the webhook's too, except for additional containers, volumes, environment and topology spread constraints.
   * @default - they are taken as they are, and the operator leaves out what is not valid
   */
  readonly admissionWebhook?: AdmissionWebhook;
  /**
   * A certificate for the operator's web server, which serves metrics. By its authority it is scraped, so Prometheus needs the same Secret
   * in its namespace.
   * @default - plain HTTP
   */
  readonly webTls?: TlsServer;
  /**
   * Log level.
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;
  /**
   * Additional flags without leading dashes, checked against the version; an empty value for a flag without one.
   * @default - none
   */
  readonly extraFlags?: { readonly [flag: string]: string };
  /**
   * Thresholds and scope of the rules.
   * @default - those of the rules
   */
  readonly rules?: PrometheusOperatorRuleOptions;
}
