import { DATA_SOURCE_HANDLERS, grafanaThresholds } from '../lib/components/grafana/grafana-rules';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { alertsFiring, ofSeries, rate, series, targetsUp, toPod } from './queries';

const at = limits(grafanaThresholds());
const chosen = (matchers: string = '') => series('grafana', `instance=~"$instance"${matchers === '' ? '' : `, ${matchers}`}`);
const requests = (matchers: string = '') => rate(`grafana_http_request_duration_seconds_count{${chosen(matchers)}}`);
const queries = (matchers: string = '') => rate(`grafana_datasource_request_total{${chosen(matchers)}}`);
const own = `handler!~"${DATA_SOURCE_HANDLERS}"`;
const failing = 'status_code=~"5.."';
const latency = (q: number, by: string = '') => `histogram_quantile(${q}, sum by (${by}le) (${rate(`grafana_http_request_duration_seconds_bucket{${chosen()}}`)}))`;
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const links = [toPod(ofSeries('namespace'), ofSeries('pod'))];

export default dashboard({
  uid: 'grafana',
  title: 'Monitoring / Grafana',
  description: 'This Grafana, or another that is monitored: its requests, its data sources, and what it takes.',
  topic: 'monitoring',
  jobs: ['grafana'],
  variables: [labelVariable('instance', 'Instance', `grafana_build_info{${series('grafana')}}`, true)],
  alerts: 'alertname=~"Grafana.+"',
  rows: [
    top(
      targetsUp('grafana', 'Instances', 'instance=~"$instance"'),
      stat('Failed requests', {
        description: 'Share of the requests that fail with a server error, to the handler with the most, without those to data sources.', ...percent, decimals: 1,
        thresholds: [at('requestErrorPercent', 'orange')], noValue: '0%',
        query: `100 * max(sum by (handler) (${requests(`${own}, ${failing}`)}) / sum by (handler) (${requests(own)}))`,
      }),
      stat('Failed queries', {
        description: 'Share of the requests to data sources that fail with a server error. Panels show errors or nothing then.', ...percent, decimals: 1,
        thresholds: [step(5, 'orange'), step(50, 'red')], query: `100 * (sum(${queries('code=~"5.."')}) or vector(0)) / sum(${queries()})`,
      }),
      stat('Latency', {
        description: 'Time that requests take, 99th percentile.', unit: 's', min: 0, thresholds: [step(10, 'orange')], query: latency(0.99),
      }),
      stat('Request rate', { description: 'Requests a second.', unit: 'reqps', min: 0, query: `sum(${requests()})` }),
      alertsFiring('alertname=~"Grafana.+"'),
    ),
    row(
      'Requests',
      timeSeries('Requests by status', {
        description: 'Requests a second, by the status of the answer. 5xx are errors of Grafana or of a data source.', unit: 'reqps', stacked: true,
        queries: [{ expr: `sum by (status_code) (${requests()})`, legend: '{{status_code}}' }],
      }),
      timeSeries('Failed requests by handler', {
        description: 'Requests a second that failed with a server error, the ten handlers with the most.', unit: 'reqps',
        queries: [{ expr: `topk(10, sum by (handler) (${requests(failing)}) > 0)`, legend: '{{handler}}' }],
      }),
      timeSeries('Latency of requests', {
        description: 'Time that requests take.', unit: 's', min: 0,
        queries: [0.5, 0.9, 0.99].map((q) => ({ expr: latency(q), legend: `${100 * q}%` })),
      }),
      timeSeries('Slowest handlers', {
        description: 'Time that requests take, 99th percentile, the ten slowest handlers.', unit: 's', min: 0,
        queries: [{ expr: `topk(10, ${latency(0.99, 'handler, ')})`, legend: '{{handler}}' }],
      }),
    ),
    row(
      'Data sources',
      timeSeries('Requests to data sources', {
        description: 'Requests a second to each data source.', unit: 'reqps', width: 8,
        queries: [{ expr: `topk(20, sum by (datasource) (${queries()}))`, legend: '{{datasource}}' }],
      }),
      timeSeries('Failed requests to data sources', {
        description: 'Requests a second that a data source answered with an error, by code. 4xx are queries that it does not accept.', unit: 'reqps', width: 8,
        queries: [{ expr: `topk(20, sum by (datasource, code) (${queries('code!~"2.."')}) > 0)`, legend: '{{datasource}} {{code}}' }],
      }),
      timeSeries('Latency of data sources', {
        description: 'Time that data sources take for an answer, 99th percentile.', unit: 's', min: 0, width: 8,
        queries: [{
          expr: `topk(20, histogram_quantile(0.99, sum by (datasource, le) (${rate(`grafana_datasource_request_duration_seconds_bucket{${chosen()}}`)})))`,
          legend: '{{datasource}}',
        }],
      }),
    ),
    collapsed(
      'Alerting',
      timeSeries('Evaluations of alert rules', {
        description: "Evaluations a second of Grafana's own alert rules, and those that failed. Rules of Prometheus are not among them.", unit: 'ops',
        queries: [
          { expr: `sum(${rate(`grafana_alerting_rule_evaluations_total{${chosen()}}`)})`, legend: 'all' },
          { expr: `sum(${rate(`grafana_alerting_rule_evaluation_failures_total{${chosen()}}`)})`, legend: 'failed' },
        ],
      }),
      timeSeries('Alerts by state', {
        description: "Alerts of Grafana's own rules, by state.", unit: 'short', min: 0, decimals: 0, stacked: true,
        queries: [{ expr: `sum by (state) (grafana_alerting_alerts{${chosen()}})`, legend: '{{state}}' }],
      }),
    ),
    collapsed(
      'Content and process',
      timeSeries('Dashboards and users', {
        description: 'Dashboards that there are, users that there are, and users of the last 30 days.', unit: 'short', min: 0, decimals: 0, width: 8,
        queries: [
          { expr: `max(grafana_stat_totals_dashboard{${chosen()}})`, legend: 'dashboards' },
          { expr: `max(grafana_stat_total_users{${chosen()}})`, legend: 'users' },
          { expr: `max(grafana_stat_active_users{${chosen()}})`, legend: 'active users' },
        ],
      }),
      timeSeries('CPU', {
        description: 'Cores that each instance uses, the twenty with the most.', unit: 'short', width: 8, links,
        queries: [{ expr: `topk(20, sum by (namespace, pod) (${rate(`process_cpu_seconds_total{${chosen()}}`)}))`, legend: '{{namespace}}/{{pod}}' }],
      }),
      timeSeries('Memory', {
        description: 'Resident memory of each instance, the twenty with the most, without that of its plugins.', unit: 'bytes', width: 8, links,
        queries: [{ expr: `topk(20, max by (namespace, pod) (process_resident_memory_bytes{${chosen()}}))`, legend: '{{namespace}}/{{pod}}' }],
      }),
    ),
  ],
});
