import { collapsed, dashboard, row, top } from './grafana/dashboard';
import { step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { failedRequests, processes, requests, usable } from './metrics-apis';
import { alertsFiring, ofSeries, rate, series, targetsUp, toNode } from './queries';

const ALERTS = 'alertname=~"MetricsServerDown|MetricsApiUnavailable"';
const GROUP = 'metrics[.]k8s[.]io';
const server = series('metrics-server');
const metric = (name: string, matchers: string = '') => `metrics_server_${name}{${server}${matchers}}`;
const quantile = (q: number, histogram: string, by: string = '') => `histogram_quantile(${q}, sum by (${by}le) (${rate(metric(`${histogram}_bucket`))}))`;
const scrapes = (matchers: string = '') => rate(metric('kubelet_request_total', matchers));
const percents = (histogram: string) => [0.5, 0.9, 0.99].map((q) => ({ expr: quantile(q, histogram), legend: `${100 * q}%` }));

export default dashboard({
  uid: 'metrics-server',
  title: 'Monitoring / metrics-server',
  description: 'The resource metrics API: whether kubectl top and autoscalers get CPU and memory of Pods and nodes, and how old it is.',
  topic: 'monitoring',
  jobs: ['metrics-server', 'apiserver'],
  variables: [],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('metrics-server', 'Servers'),
      usable(`v1beta1[.]${GROUP}`, 'Whether all API servers can use metrics.k8s.io. Without it HorizontalPodAutoscalers on CPU or memory hold their number of replicas.'),
      stat('Failed scrapes', {
        description: 'Share of the requests to kubelets that fail. Their nodes and Pods have no metrics; the log says which and why.', unit: 'percent', min: 0, max: 100,
        decimals: 1, thresholds: [step(1, 'orange')], query: `100 * (sum(${scrapes(', success="false"')}) or vector(0)) / sum(${scrapes()})`,
      }),
      stat('Nodes', {
        description: 'Nodes whose metrics are there. Fewer than the cluster has are kubelets out of reach.', unit: 'short', min: 0, decimals: 0,
        query: `min(${metric('storage_points', ', type="node"')})`,
      }),
      failedRequests('metrics-server', GROUP),
      alertsFiring(ALERTS),
    ),
    row('API requests', ...requests('metrics-server', GROUP)),
    row(
      'Kubelets',
      timeSeries('Scrapes', {
        description: 'Requests a second to kubelets, those that fail among them.', unit: 'reqps', width: 8,
        queries: [
          { expr: `sum(${scrapes(', success="true"')}) or vector(0)`, legend: 'succeeded' },
          { expr: `sum(${scrapes(', success="false"')}) or vector(0)`, legend: 'failed' },
        ],
      }),
      timeSeries('Slowest kubelets', {
        description: 'Time of a request to a kubelet, 99th percentile, of the ten slowest. By default one that takes 10 seconds is given up.', unit: 's', width: 8,
        links: [toNode(ofSeries('node'))], queries: [{ expr: `topk(10, ${quantile(0.99, 'kubelet_request_duration_seconds', 'node, ')})`, legend: '{{node}}' }],
      }),
      timeSeries('Time of a round', {
        description: 'Time to ask all kubelets once. Where it nears the time between two rounds, 15 seconds by default, metrics grow old.', unit: 's', width: 8,
        queries: percents('manager_tick_duration_seconds'),
      }),
      timeSeries('Age of metrics', {
        description: 'Age of the metrics at the time when they are served. Autoscalers act on what was that long ago.', unit: 's',
        queries: percents('api_metric_freshness_seconds'),
      }),
      timeSeries('Metrics stored', {
        description: 'Nodes and containers whose metrics are there. A drop is kubelets out of reach.', unit: 'short', decimals: 0,
        queries: [{ expr: `min by (type) (${metric('storage_points')})`, legend: '{{type}}' }],
      }),
    ),
    collapsed('Process', ...processes('metrics-server', 'nodes and Pods')),
  ],
});
