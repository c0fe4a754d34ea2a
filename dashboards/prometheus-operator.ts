import { prometheusOperatorThresholds } from '../lib/components/operator/prometheus-operator-rules';
import { collapsed, dashboard, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { alertsFiring, rate, series, targetsUp } from './queries';

const at = limits(prometheusOperatorThresholds());
const operator = series('prometheus-operator');
const ALERTS = 'alertname=~"PrometheusOperator.+"';
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const metric = (name: string, matchers: string = '') => `prometheus_operator_${name}{${operator}${matchers}}`;
const each = (expr: string) => ({ expr: `sum by (controller) (${expr})`, legend: '{{controller}}' });
const flow = (counter: string) => `sum by (controller) (${rate(metric(counter))})`;
const share = (failed: string, of: string) => `100 * ${flow(failed)} / (${flow(of)} > 0)`;
const resources = (state: string) => `sum by (controller, resource) (${metric('managed_resources', `, state="${state}"`)})`;
const reconciled = [at('reconcileErrorPercent', 'orange')];

export default dashboard({
  uid: 'prometheus-operator',
  title: 'Monitoring / Prometheus Operator',
  description: 'The Prometheus Operator: whether what it manages is as its resources say, what it refuses, and what holds it up.',
  topic: 'monitoring',
  jobs: ['prometheus-operator'],
  variables: [],
  alerts: ALERTS,
  from: 'now-6h',
  rows: [
    top(
      targetsUp('prometheus-operator', 'Operators'),
      stat('Controllers', {
        description: 'Whether all controllers work. One that does not waits for a right or a CRD that is missing; its log says which.', unit: 'short',
        base: 'red', thresholds: [step(1, 'green')], words: { 0: { text: 'not ready', color: 'red' }, 1: { text: 'ready', color: 'green' } },
        query: `min(max by (cluster, namespace, controller) (${metric('ready')}))`,
      }),
      stat('Failed objects', {
        description: 'Prometheus, Alertmanager and the like whose last reconciliation failed: they stay as they were. Their condition Reconciled says why.', unit: 'short',
        min: 0, decimals: 0, thresholds: [step(1, 'orange')], query: `sum(${metric('syncs', ', status="failed"')})`,
      }),
      stat('Rejected resources', {
        description: 'Monitors, rules and the like that are left out, because they are invalid or name what does not exist. Their events say why.', unit: 'short',
        min: 0, decimals: 0, thresholds: [step(1, 'orange')], query: `sum(${metric('managed_resources', ', state="rejected"')}) or vector(0)`,
      }),
      stat('Failed reconciliations', {
        description: 'Share of the reconciliations that fail, of the controller with the most. Changes do not reach what it manages.', ...percent, decimals: 1,
        thresholds: reconciled, noValue: 'none', query: `max(${share('reconcile_errors_total', 'reconcile_operations_total')})`,
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Resources',
      table('Managed resources', {
        description: 'Resources that controllers take up for a Prometheus or an Alertmanager, and those that they refuse. Their events say why.', sortBy: 'Rejected',
        width: 12,
        columns: [
          { label: 'controller', name: 'Controller' },
          { label: 'resource', name: 'Kind' },
          { query: resources('selected'), name: 'Selected', unit: 'short', decimals: 0 },
          { query: resources('rejected'), name: 'Rejected', unit: 'short', decimals: 0, thresholds: [step(1, 'orange')] },
        ],
      }),
      timeSeries('Objects by state', {
        description: 'Prometheus, Alertmanager and the like of each controller: those that are as they should be, and those whose last reconciliation failed.', unit: 'short',
        decimals: 0,
        queries: [{ expr: `sum by (controller, status) (${metric('syncs')})`, legend: '{{controller}} {{status}}' }],
      }),
      timeSeries('Resources rejected', {
        description: 'Resources that are refused, by kind. A step up is a change of somebody that does not work.', unit: 'short', decimals: 0,
        queries: [{ expr: `sum by (resource) (${metric('managed_resources', ', state="rejected"')})`, legend: '{{resource}}' }],
      }),
      timeSeries('Resources selected', {
        description: 'Resources that are taken up, by kind. A fall to nothing is a selector or a label that no longer matches.', unit: 'short', decimals: 0,
        queries: [{ expr: `sum by (resource) (${metric('managed_resources', ', state="selected"')})`, legend: '{{resource}}' }],
      }),
    ),
    row(
      'Reconciliations',
      timeSeries('Rate', {
        description: 'Reconciliations a second of each controller. A high rate without changes is somebody else who writes the same objects.', unit: 'ops', width: 8,
        queries: [each(rate(metric('reconcile_operations_total')))],
      }),
      timeSeries('Errors', {
        description: 'Share of the reconciliations and of the updates of a status that fail. Alerts fire above the dashed line.', ...percent, width: 8,
        thresholds: reconciled,
        queries: [
          { expr: share('reconcile_errors_total', 'reconcile_operations_total'), legend: '{{controller}}' },
          { expr: share('status_update_errors_total', 'status_update_operations_total'), legend: '{{controller}} status' },
        ],
      }),
      timeSeries('Duration', {
        description: 'Time of a reconciliation, 99th percentile. Minutes are an API server that is slow, or very many resources.', unit: 's', width: 8,
        queries: [{
          expr: `histogram_quantile(0.99, sum by (controller, le) (${rate(metric('reconcile_duration_seconds_bucket'))}))`, legend: '{{controller}}',
        }],
      }),
    ),
    collapsed(
      'Causes',
      timeSeries('Changes', {
        description: 'Changes a second that lead to a reconciliation, by the kind of what is changed and by what is done to it.', unit: 'ops',
        queries: [{
          expr: `topk(10, sum by (triggered_by, action) (${rate(metric('triggered_total'))}))`, legend: '{{action}} {{triggered_by}}',
        }],
      }),
      timeSeries('StatefulSets made anew', {
        description: 'StatefulSets that were deleted and made anew, since a field changed that cannot be. Their Pods restart.', unit: 'short', bars: true,
        queries: [each(`increase(${metric('reconcile_sts_delete_create_total')}[$__rate_interval])`)],
      }),
      timeSeries('Work that waits', {
        description: 'Objects that wait for a reconciliation. What grows is a controller that is too slow, or stuck.', unit: 'short', width: 8,
        queries: [{ expr: `sum by (name) (${metric('workqueue_depth')})`, legend: '{{name}}' }],
      }),
      timeSeries('Waiting time', {
        description: 'Time that objects wait for their reconciliation, 99th percentile.', unit: 's', width: 8,
        queries: [{ expr: `histogram_quantile(0.99, sum by (name, le) (${rate(metric('workqueue_latency_seconds_bucket'))}))`, legend: '{{name}}' }],
      }),
      timeSeries('Longest work', {
        description: 'Time for which the longest reconciliation has been running. What grows without end is stuck.', unit: 's', width: 8,
        queries: [{ expr: `max by (name) (${metric('workqueue_longest_running_processor_seconds')})`, legend: '{{name}}' }],
      }),
    ),
    collapsed(
      'API server and nodes',
      timeSeries('Requests to the API server', {
        description: 'Requests a second to the API server, by the code of the answer. 403 is a right that is missing, 409 somebody else who writes the same object.',
        unit: 'reqps', stacked: true,
        queries: [{ expr: `sum by (status_code) (${rate(metric('kubernetes_client_http_requests_total'))})`, legend: '{{status_code}}' }],
      }),
      timeSeries('Failed lists and watches of namespaces', {
        description: 'Lists and watches of namespaces that failed. The operator does not see namespaces come and go then; most often a right is missing.', unit: 'short',
        bars: true,
        queries: ['list', 'watch'].map((verb) => ({
          expr: `sum by (controller) (increase(${metric(`${verb}_operations_failed_total`)}[$__rate_interval]))`, legend: `{{controller}} ${verb}`,
        })),
      }),
      timeSeries('Kubelets not found', {
        description: 'Nodes whose address was not found when the Service of the kubelets was written: they are not scraped. And failed writes of that Service.', unit: 'short',
        width: 8, bars: true,
        queries: [
          { expr: `sum(increase(${metric('node_address_lookup_errors_total')}[$__rate_interval])) or vector(0)`, legend: 'addresses' },
          { expr: `sum(increase(${metric('node_syncs_failed_total')}[$__rate_interval])) or vector(0)`, legend: 'writes' },
        ],
      }),
      timeSeries('CPU of operators', {
        description: 'Cores that the operator uses.', unit: 'short', width: 8,
        queries: [{ expr: `sum by (instance) (${rate(`process_cpu_seconds_total{${operator}}`)})`, legend: '{{instance}}' }],
      }),
      timeSeries('Memory of operators', {
        description: 'Resident memory of the operator. It grows with the resources that it watches, Secrets and ConfigMaps above all.', unit: 'bytes', width: 8,
        queries: [{ expr: `max by (instance) (process_resident_memory_bytes{${operator}})`, legend: '{{instance}}' }],
      }),
    ),
  ],
});
