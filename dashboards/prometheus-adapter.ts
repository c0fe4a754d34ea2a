import { collapsed, dashboard, row, top } from './grafana/dashboard';
import { stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { failedRequests, processes, requests, unavailable, USABLE, usable } from './metrics-apis';
import { alertsFiring, rate, series, targetsUp } from './queries';

const ALERTS = 'alertname=~"PrometheusAdapterDown|CustomMetricsApiUnavailable"';
// It serves resource metrics, too, where metrics-server does not.
const GROUPS = '((custom|external)[.])?metrics[.]k8s[.]io';
const NAMES = `v1beta[12][.]${GROUPS}`;
const queries = (part: string) => `prometheus_adapter_prometheus_client_request_duration_seconds_${part}{${series('prometheus-adapter')}}`;
const time = (by: string = '') => `histogram_quantile(0.99, sum by (${by}le) (${rate(queries('bucket'))}))`;

export default dashboard({
  uid: 'prometheus-adapter',
  title: 'Monitoring / prometheus-adapter',
  description: 'Custom and external metrics: whether autoscalers get them, and how Prometheus answers for them.',
  topic: 'monitoring',
  jobs: ['prometheus-adapter', 'apiserver'],
  variables: [],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('prometheus-adapter', 'Adapters'),
      usable(NAMES, 'Whether all API servers can use all metrics APIs, whoever serves them; the table says which they cannot. Autoscalers hold their number of replicas then.'),
      failedRequests('prometheus-adapter', GROUPS),
      stat('Queries', {
        description: 'Queries a second to Prometheus. None while autoscalers ask is a Prometheus out of reach.', unit: 'reqps', min: 0, query: `sum(${rate(queries('count'))})`,
      }),
      stat('Query time', {
        description: 'Time of a query to Prometheus, 99th percentile. Autoscalers wait for it.', unit: 's', min: 0, noValue: 'none', query: time(),
      }),
      alertsFiring(ALERTS),
    ),
    row('API requests', ...requests('prometheus-adapter', GROUPS)),
    row(
      'Prometheus',
      timeSeries('Queries by endpoint', {
        description: 'Queries a second to Prometheus that were answered, by the endpoint of its API. Series are listed now and then, queried for each request.', unit: 'reqps',
        width: 8, queries: [{ expr: `sum by (path) (${rate(queries('count'))})`, legend: '{{path}}' }],
      }),
      timeSeries('Query time by endpoint', {
        description: 'Time of a query to Prometheus, 99th percentile, by the endpoint of its API. A slow list of series is a rule that matches too many.', unit: 's', width: 8,
        queries: [{ expr: time('path, '), legend: '{{path}}' }],
      }),
      table('Metrics APIs', {
        description: 'State of each metrics API for the API servers. The status of an APIService that is unusable has the reason.', sortBy: 'State', width: 8,
        noValue: 'none registered',
        columns: [
          { label: 'name', name: 'APIService' },
          { query: `max by (name) (${unavailable(NAMES)})`, name: 'State', unit: 'short', words: USABLE },
        ],
      }),
    ),
    collapsed('Process', ...processes('prometheus-adapter', 'the series that rules match')),
  ],
});
