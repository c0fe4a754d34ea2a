import { collapsed, dashboard, row, top } from './grafana/dashboard';
import { table } from './grafana/table';
import { failedRequests, processes, requests, unavailable, USABLE, usable } from './metrics-apis';
import { alertsFiring, targetsUp } from './queries';

const ALERTS = 'alertname=~"PrometheusAdapterDown|CustomMetricsApiUnavailable"';
// It serves resource metrics, too, where metrics-server does not.
const GROUPS = '((custom|external)[.])?metrics[.]k8s[.]io';
const NAMES = `v1beta[12][.]${GROUPS}`;

export default dashboard({
  uid: 'prometheus-adapter',
  title: 'Monitoring / prometheus-adapter',
  description: 'Custom and external metrics: whether autoscalers get them, and how fast.',
  topic: 'monitoring',
  jobs: ['prometheus-adapter', 'apiserver'],
  variables: [],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('prometheus-adapter', 'Adapters', '', 6),
      usable(NAMES, 'Whether all API servers can use all metrics APIs, whoever serves them; the table says which they cannot. Autoscalers hold their number of replicas then.', 6),
      failedRequests('prometheus-adapter', GROUPS, 6),
      alertsFiring(ALERTS, 6),
    ),
    row('API requests', ...requests('prometheus-adapter', GROUPS)),
    row(
      'State',
      table('Metrics APIs', {
        description: 'State of each metrics API for the API servers. The status of an APIService that is unusable has the reason.', sortBy: 'State',
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
