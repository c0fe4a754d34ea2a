import { Duration } from 'cdk8s';
import { PrometheusOperatorRuleOptions } from './prometheus-operator-rule-options';
import { prometheusOperatorThresholds } from './prometheus-operator-thresholds';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { counted, downRule, RuleContext, jobMatcher, jobRules, promql } from '../component-rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';

const CONTROLLER = 'Controller {{ $labels.controller }} of the Prometheus Operator in namespace {{ $labels.namespace }}';

/** Command that shows the log of the operator, after what the log says. */
const LOG = '`kubectl -n {{ $labels.namespace }} logs -l app.kubernetes.io/name=prometheus-operator`';

/** Default name of the scrape job. */
export const OPERATOR_JOB = 'prometheus-operator';

/** Facts about the operator that its rules depend on. */
export interface OperatorRuleContext extends RuleContext {
  /** Whether the operator keeps the Service of the kubelets. */
  readonly kubeletService?: boolean;
}

/** Rules about the Prometheus Operator: what it cannot read, write or take. */
export function prometheusOperatorRules(context: OperatorRuleContext = {}, options: PrometheusOperatorRuleOptions = {}): RuleSet {
  const { jobName = OPERATOR_JOB, kubeletService = true } = context;
  const job = jobMatcher(jobName);
  return jobRules(
    jobName,
    OPERATOR_JOB,
    trustedGroup({
      name: 'prometheus-operator',
      rules: [
        downRule({
          alert: 'PrometheusOperatorDown', what: 'the Prometheus Operator', jobName, severity: Severity.WARNING,
          consequence: 'what it manages goes on, and changes of its resources have no effect',
        }),
        ...failureRates(job, options),
        ...stateRules(job),
        ...(kubeletService ? [nodeLookups(job)] : []),
      ],
    }),
  );
}

interface FailureRate {
  readonly alert: string;
  readonly failed: string;
  readonly total: string;
  readonly percent: number;
  readonly minutes: number;
  readonly summary: string;
  /** Subject of the failures, after a percentage. */
  readonly what: string;
  readonly consequence: string;
}

function failureRates(job: string, options: PrometheusOperatorRuleOptions): AlertingRule[] {
  const { apiErrorPercent, reconcileErrorPercent } = prometheusOperatorThresholds(options);
  const rule = (rate: FailureRate) => trustedAlert({
    alert: rate.alert,
    expr: promql`
      100 * sum by (cluster, namespace, controller) (rate(prometheus_operator_${rate.failed}{${job}}[10m]))
        / sum by (cluster, namespace, controller) (rate(prometheus_operator_${rate.total}{${job}}[10m]))
      > ${rate.percent}`,
    for: Duration.minutes(rate.minutes),
    severity: Severity.WARNING,
    summary: rate.summary,
    description: `${CONTROLLER}: {{ printf "%.0f" $value }}% of ${rate.what} fail. ${rate.consequence}`,
  });
  // The operator counts the requests for namespaces only.
  const blind = `It does not see namespaces come and go, nor their labels change. Most often a right is missing; its log says why: ${LOG}.`;
  const stale = `Changes do not reach what it manages. Its log says why: ${LOG}.`;
  return [
    rule({
      alert: 'PrometheusOperatorListErrors',
      failed: 'list_operations_failed_total',
      total: 'list_operations_total',
      percent: apiErrorPercent,
      minutes: 15,
      summary: 'The Prometheus Operator cannot list namespaces',
      what: 'its lists of namespaces',
      consequence: blind,
    }),
    rule({
      alert: 'PrometheusOperatorWatchErrors',
      failed: 'watch_operations_failed_total',
      total: 'watch_operations_total',
      percent: apiErrorPercent,
      minutes: 15,
      summary: 'The Prometheus Operator cannot watch namespaces',
      what: 'its watches of namespaces',
      consequence: blind,
    }),
    rule({
      alert: 'PrometheusOperatorReconcileErrors',
      failed: 'reconcile_errors_total',
      total: 'reconcile_operations_total',
      percent: reconcileErrorPercent,
      minutes: 10,
      summary: 'The Prometheus Operator fails to reconcile',
      what: 'its reconciliations',
      consequence: stale,
    }),
    rule({
      alert: 'PrometheusOperatorStatusUpdateErrors',
      failed: 'status_update_errors_total',
      total: 'status_update_operations_total',
      percent: reconcileErrorPercent,
      minutes: 10,
      summary: 'The Prometheus Operator cannot update the status of its resources',
      what: 'its updates of a status',
      consequence: 'What it manages goes on; what the status of its resources says is old.',
    }),
  ];
}

function stateRules(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'PrometheusOperatorSyncFailed',
      expr: `min_over_time(prometheus_operator_syncs{${job}, status="failed"}[5m]) > 0`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'Resources of the Prometheus Operator are not what they should be',
      description: `${CONTROLLER} failed with its last try at ${counted('resource')}: what was there stays. `
        + `See the condition Reconciled of each, and the operator's log: ${LOG}.`,
    }),
    trustedAlert({
      alert: 'PrometheusOperatorNotReady',
      expr: `min by (cluster, namespace, controller) (max_over_time(prometheus_operator_ready{${job}}[5m])) == 0`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'A controller of the Prometheus Operator does not work',
      description: `${CONTROLLER} has not been ready for [for]: it waits for what it cannot read. `
        + `A right or a CRD is missing; its log says which: ${LOG}.`,
    }),
    trustedAlert({
      alert: 'PrometheusOperatorRejectedResources',
      expr: `min_over_time(prometheus_operator_managed_resources{${job}, state="rejected"}[5m]) > 0`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'The Prometheus Operator rejects resources',
      description: `${CONTROLLER} leaves out ${counted('object')} of kind {{ $labels.resource }}: invalid, or with a reference to what is not there. `
        + `The events of these objects say why, and its log: ${LOG}.`,
    }),
  ];
}

/** Each sync, by default every 3 minutes, counts one error per node: the community's 0.1 a second takes 18 such nodes. */
function nodeLookups(job: string): AlertingRule {
  return trustedAlert({
    alert: 'PrometheusOperatorNodeLookupErrors',
    expr: `increase(prometheus_operator_node_address_lookup_errors_total{${job}}[10m]) > 0`,
    for: Duration.minutes(10),
    severity: Severity.WARNING,
    summary: 'The Prometheus Operator finds no address of a node',
    description: 'The Prometheus Operator in namespace {{ $labels.namespace }} has not found the address of a node for [for]: '
      + 'that node\'s kubelet is missing in the Service of the kubelets, and is not scraped.',
  });
}
