/** Kind of resource that the operator turns into workloads; each has a controller of its own. */
export enum OperatorController {
  /** Prometheus: a server. */
  PROMETHEUS = 'prometheuses',
  /** PrometheusAgent: a Prometheus in agent mode. */
  PROMETHEUS_AGENT = 'prometheusagents',
  /** Alertmanager. */
  ALERTMANAGER = 'alertmanagers',
}

/**
 * Feature gates of the operator that are off by default.
 * @see https://prometheus-operator.dev/docs/platform/operator/
 */
export enum OperatorFeature {
  /** Monitors and rules tell in their status which Prometheus takes them. */
  CONFIGURATION_STATUS = 'StatusForConfigurationResources',
}

/** Handling of a rollout that a Pod which never gets ready blocks. */
export enum OperatorRepair {
  /** Nothing: it waits for the Pod. */
  NONE = 'none',
  /** It evicts the Pod, which disruption budgets may refuse. */
  EVICT = 'evict',
  /** It deletes the Pod. */
  DELETE = 'delete',
}
