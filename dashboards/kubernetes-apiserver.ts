import { apiServerThresholds } from '../lib/components/apiserver/apiserver-thresholds';
import { REQUEST_KINDS, RequestKind, STREAMS } from '../lib/components/apiserver/request-kinds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { processes } from './programs';
import { after, alertsFiring, link, mean, quantile, rate, series, targetsUp } from './queries';

const at = limits(apiServerThresholds());
const api = (matchers = '') => series('apiserver', `instance=~"$instance"${after(matchers)}`);
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const ALERTS = 'alertname=~"KubeAPI.+|KubeAggregatedAPI.+|KubeClient.+|KubeVersionMismatch"';
const toEtcd = link('etcd', 'etcd');

const DURATION = 'apiserver_request_sli_duration_seconds';
/** Requests that end, unlike watches and streams, which last as long as their clients want. */
const ending = (matchers: string) => api(`verb!~"WATCH|CONNECT", subresource!~"${STREAMS}"${after(matchers)}`);
const total = (metric: string, by: string, matchers = '') => `sum by (${by}) (${rate(`${metric}{${api(matchers)}}`)})`;
/** Of each priority level; the exempt one has no limit, and a level that had no request yet has no series but its limit. */
const ofLevel = (what: string) => `sum by (priority_level) (apiserver_flowcontrol_${what}{${api('priority_level!="exempt"')}})`;
const orNone = (what: string) => `(${ofLevel(what)} or 0 * ${ofLevel('current_limit_seats')})`;
const top10 = (expr: string, legend: string) => [{ expr: `topk(10, ${expr})`, legend }];

// The objective, as the alerts have it: a request is bad that is answered with an error or too late.
const matchersOf = ({ verbs }: RequestKind) => api(`${verbs}, subresource!~"${STREAMS}"`);
const all = (of: RequestKind, range: string) => `sum(rate(${DURATION}_count{${matchersOf(of)}}[${range}]))`;
const failed = (of: RequestKind, range: string) => `(sum(rate(apiserver_request_total{${matchersOf(of)}, code=~"5.."}[${range}])) or vector(0))`;
const slow = (of: RequestKind, range: string) => {
  const quick = of.quick.map((bounds) => `rate(${DURATION}_bucket{${matchersOf(of)}, ${bounds}}[${range}])`);
  return `(${all(of, range)} - sum(${quick.join(' or ')}))`;
};
/** Share of bad requests, in percent. */
const bad = (kinds: readonly RequestKind[], range: string) => {
  const sum = (part: (of: RequestKind, range: string) => string) => kinds.map((of) => part(of, range)).join(' + ');
  return `100 * (${sum(slow)} + ${sum(failed)}) / (${sum(all)})`;
};
const { budgetPercent } = apiServerThresholds();

// Kubernetes before 1.34 knows the second metric alone, which later versions have too.
const objects = `sum by (cluster, resource) (max by (cluster, group, resource) (apiserver_resource_objects{${api()}}))`;
const objectsBefore = `max by (cluster, resource) (apiserver_storage_objects{${api()}})`;

export default dashboard({
  uid: 'kubernetes-apiserver',
  title: 'Kubernetes / API server',
  description: 'The API servers: whether they meet their objective, which requests they serve, how fast, and how near they are to their limits.',
  topic: 'control-plane',
  jobs: ['apiserver'],
  variables: [labelVariable('instance', 'Instance', `up{${series('apiserver')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('apiserver', 'API servers', 'instance=~"$instance"'),
      stat('Availability', {
        description: 'Share of the requests of the time range that were answered in time and without a server error. The objective is 99% of 30 days.', ...percent,
        decimals: 3, base: 'red', thresholds: [at('availabilityPercent', 'green')], course: false, query: `100 - ${bad(REQUEST_KINDS, '$__range')}`,
      }),
      stat('Error budget left', {
        description: 'Share of the bad requests that the objective allows in the time range and that have not happened yet. Below 0 the objective is missed.',
        unit: 'percent', max: 100, decimals: 1, base: 'red', thresholds: [step(0, 'orange'), step(50, 'green')], course: false,
        query: `100 - (${bad(REQUEST_KINDS, '$__range')}) / ${budgetPercent / 100}`,
      }),
      stat('Latency', {
        description: 'Time of requests about one object, 99th percentile, without webhooks. A second is the objective.', unit: 's', min: 0,
        thresholds: [at('objectSeconds', 'orange')], query: quantile(0.99, DURATION, ending('scope=~"resource|"')),
      }),
      stat('Requests shed', {
        description: 'Share of the requests that the API server ends unserved to protect itself. Any is worth a look at the saturation below.', ...percent, decimals: 2,
        thresholds: [at('terminatedPercent', 'orange')],
        query: `100 * (sum(${rate(`apiserver_request_terminations_total{${api()}}`)}) or vector(0)) / sum(${rate(`apiserver_request_total{${api()}}`)})`,
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Objective',
      timeSeries('Error budget burn', {
        description: 'Bad requests against those that the objective allows. At 1 the budget of 30 days lasts 30 days, at 14.4 two days. '
          + 'Alerts fire when it stays above the dashed lines.',
        unit: 'short', min: 0, decimals: 2, thresholds: [at('burnWarning', 'orange'), at('burnCritical', 'red')],
        queries: REQUEST_KINDS.map((of) => ({ expr: `(${bad([of], '$__rate_interval')}) / ${budgetPercent}`, legend: `${of.kind}s` })),
      }),
      timeSeries('Bad requests', {
        description: 'Share of the reads and writes that were answered with a server error or too late: after 1 s for an object, 5 s for a namespace, 30 s for the cluster.',
        ...percent, max: undefined,
        queries: REQUEST_KINDS.flatMap((of) => [{ part: failed, name: 'failed' }, { part: slow, name: 'slow' }].map(({ part, name }) => ({
          expr: `100 * ${part(of, '$__rate_interval')} / ${all(of, '$__rate_interval')}`, legend: `${name} ${of.kind}s`,
        }))),
      }),
    ),
    row(
      'Requests',
      timeSeries('Requests by verb', {
        description: 'Requests per second. Many LISTs are expensive: clients should watch.', unit: 'reqps', stacked: true, width: 8,
        queries: [{ expr: total('apiserver_request_total', 'verb'), legend: '{{verb}}' }],
      }),
      timeSeries('Requests by code', {
        description: 'Requests per second by status code. 409 is a conflict, which clients retry, 429 is throttling, 5xx a fault of the server.', unit: 'reqps',
        stacked: true, width: 8, queries: [{ expr: total('apiserver_request_total', 'code'), legend: '{{code}}' }],
      }),
      timeSeries('Errors by resource', {
        description: 'Requests per second answered with 429 or 5xx, the ten resources and codes with the most. A single resource: look at its webhook or its API.',
        unit: 'reqps', width: 8, queries: top10(total('apiserver_request_total', 'resource, code', 'code=~"5..|429", resource!=""'), '{{code}} {{resource}}'),
      }),
    ),
    row(
      'Duration',
      timeSeries('Latency by verb', {
        description: 'Time of requests, 99th percentile, without watches and streams. Up to 50 ms are one bucket; a LIST of a whole cluster may take long.', unit: 's', min: 0,
        queries: [{ expr: quantile(0.99, DURATION, ending(''), 'verb'), legend: '{{verb}}' }],
      }),
      timeSeries('Slowest resources', {
        description: 'Time of requests, 99th percentile, the ten slowest verbs and resources.', unit: 's', min: 0,
        queries: top10(quantile(0.99, DURATION, ending('resource!=""'), 'verb, resource'), '{{verb}} {{resource}}'),
      }),
    ),
    row(
      'Saturation',
      timeSeries('Requests in flight', {
        description: 'Requests that are being served, the most within a second, by kind. By default an API server serves 400 reads and 200 writes at a time.', ...number,
        queries: [{ expr: `sum by (request_kind) (apiserver_current_inflight_requests{${api()}})`, legend: '{{request_kind}}' }],
      }),
      timeSeries('Seats in use', {
        description: 'Share of the concurrency of each priority level that is in use. At 100% further requests wait, then are rejected with 429.', ...percent, max: undefined,
        queries: [{ expr: `100 * ${orNone('current_executing_seats')} / (${ofLevel('current_limit_seats')} > 0)`, legend: '{{priority_level}}' }],
      }),
    ),
    collapsed(
      'Priority and fairness',
      timeSeries('Requests by flow schema', {
        description: 'Requests per second of the ten busiest flow schemas: which kind of client causes the load.', unit: 'reqps',
        queries: top10(total('apiserver_flowcontrol_dispatched_requests_total', 'flow_schema'), '{{flow_schema}}'),
      }),
      timeSeries('Rejected requests', {
        description: 'Requests per second rejected with 429, by flow schema and reason. Clients retry them later.', unit: 'reqps',
        queries: top10(total('apiserver_flowcontrol_rejected_requests_total', 'flow_schema, reason'), '{{flow_schema}} {{reason}}'),
      }),
      timeSeries('Requests that wait', {
        description: 'Requests in the queues of each priority level. Steadily above 0: the level is too small, or a client sends too much.', ...number,
        queries: [{ expr: orNone('current_inqueue_requests'), legend: '{{priority_level}}' }],
      }),
      timeSeries('Time in queue', {
        description: 'Mean time that requests wait before they are served, by priority level.', unit: 's', min: 0,
        queries: [{ expr: mean('apiserver_flowcontrol_request_wait_duration_seconds', api(), 'priority_level'), legend: '{{priority_level}}' }],
      }),
    ),
    collapsed(
      'etcd',
      timeSeries('etcd requests', {
        description: 'Requests per second to etcd, by operation.', unit: 'reqps', width: 8, links: [toEtcd],
        queries: [{ expr: total('etcd_requests_total', 'operation'), legend: '{{operation}}' }],
      }),
      timeSeries('etcd latency', {
        description: 'Mean time of requests to etcd, by operation. Above some 50 ms everything in the cluster is slow: look at its disks.', unit: 's', min: 0, width: 8,
        links: [toEtcd], queries: [{ expr: mean('etcd_request_duration_seconds', api(), 'operation'), legend: '{{operation}}' }],
      }),
      timeSeries('etcd errors', {
        description: 'Requests to etcd that failed, per second, by operation.', unit: 'reqps', width: 8, links: [toEtcd],
        queries: [{
          expr: `${total('etcd_request_errors_total', 'operation')} or 0 * ${total('etcd_requests_total', 'operation')}`, legend: '{{operation}}',
        }],
      }),
      timeSeries('Objects', {
        description: 'Objects in etcd, the twenty resources with the most. Steady growth is something that is never deleted, such as Secrets or Jobs.', ...number,
        queries: [{ expr: `topk(20, ${objects} or (${objectsBefore} unless on (cluster) ${objects}))`, legend: '{{resource}}' }],
      }),
      timeSeries('Size of the database', {
        description: 'Space that the database of etcd takes, as the API servers see it. At its quota, 2 GiB by default, the cluster takes no writes.', unit: 'bytes',
        links: [toEtcd], queries: [{ expr: `max by (storage_cluster_id) (apiserver_storage_size_bytes{${api()}})`, legend: '{{storage_cluster_id}}' }],
      }),
    ),
    collapsed(
      'Watches',
      timeSeries('Open watches', {
        description: 'Watches that clients have open, the ten resources with the most. A fall and a rise is a restart of clients or of an API server.', ...number, width: 8,
        queries: top10(`sum by (resource) (apiserver_longrunning_requests{${api('verb="WATCH"')}})`, '{{resource}}'),
      }),
      timeSeries('Watch events', {
        description: 'Events per second sent to watches, the ten resources with the most: what changes most often.', unit: 'short', width: 8,
        // Kubernetes before 1.34 has the kind instead of the resource.
        queries: top10(`sum by (resource) (label_replace(${rate(`apiserver_watch_events_total{${api()}}`)}, "resource", "$1", "kind", "(.+)"))`, '{{resource}}'),
      }),
      timeSeries('Watches closed', {
        description: 'Watches per second that the API server closed because their client was too slow to read.', unit: 'short', width: 8,
        queries: [{ expr: `sum(${rate(`apiserver_terminated_watchers_total{${api()}}`)}) or vector(0)`, legend: 'slow clients' }],
      }),
    ),
    collapsed(
      'Admission',
      timeSeries('Admission time', {
        description: 'Mean time that admission adds to a write, by operation and step. Webhooks are called in it.', unit: 's', min: 0,
        queries: [{ expr: mean('apiserver_admission_step_admission_duration_seconds', api(), 'operation, type'), legend: '{{operation}} {{type}}' }],
      }),
      timeSeries('Webhook latency', {
        description: 'Time of calls to admission webhooks, 99th percentile, the ten slowest. Every write that they match waits for it.', unit: 's', min: 0,
        queries: top10(quantile(0.99, 'apiserver_admission_webhook_admission_duration_seconds', api(), 'name'), '{{name}}'),
      }),
      timeSeries('Webhook calls', {
        description: 'Calls per second to admission webhooks, by the code of the answer, the ten with the most.', unit: 'reqps',
        queries: top10(total('apiserver_admission_webhook_request_total', 'name, code'), '{{name}} {{code}}'),
      }),
      timeSeries('Webhook failures', {
        description: 'Calls per second to admission webhooks that rejected a write or failed, and failures that were ignored, as their failure policy says.', unit: 'reqps',
        queries: [
          ...top10(total('apiserver_admission_webhook_rejection_count', 'name, error_type'), '{{name}} {{error_type}}'),
          ...top10(total('apiserver_admission_webhook_fail_open_count', 'name'), '{{name}} ignored'),
        ],
      }),
    ),
    collapsed(
      'APIs and clients',
      table('Deprecated APIs in use', {
        description: 'Deprecated APIs that clients have requested since the API server started. They fail after an upgrade to the release that removes them.',
        sortBy: 'Requests', noValue: 'None', width: 12,
        columns: [
          { label: 'group', name: 'Group' },
          { label: 'version', name: 'Version' },
          { label: 'resource', name: 'Resource' },
          { label: 'removed_release', name: 'Removed in' },
          {
            name: 'Requests', unit: 'reqps',
            query: `sum by (group, version, resource, removed_release) (
              max by (cluster, group, version, resource, removed_release) (apiserver_requested_deprecated_apis{${api()}})
              * on (cluster, group, version, resource) group_left ()
              sum by (cluster, group, version, resource) (rate(apiserver_request_total{${api()}}[$__range]))
            )`,
          },
        ],
      }),
      table('Unavailable APIs', {
        description: 'APIs, mostly of another server, that were not available for a share of the time range. Their objects cannot be read then, and no namespace is deleted.',
        sortBy: 'Unavailable', noValue: 'None', width: 12,
        columns: [
          { label: 'name', name: 'APIService' },
          {
            name: 'Unavailable', ...percent, bar: true, thresholds: [at('apiUnavailablePercent', 'orange')],
            query: `100 * max by (name) (avg_over_time(aggregator_unavailable_apiservice{${api()}}[$__range])) > 0`,
          },
        ],
      }),
      timeSeries('Client certificates end in', {
        description: 'Time until the certificates of clients end, 1st percentile of the requests. Clients are rejected afterwards.', unit: 's', min: 0, base: 'red', width: 8,
        thresholds: [at('clientCertificateCriticalSeconds', 'orange'), at('clientCertificateWarningSeconds', 'green')],
        queries: [{ expr: quantile(0.01, 'apiserver_client_certificate_expiration_seconds', api()), legend: 'first to end' }],
      }),
      timeSeries('Authentication', {
        description: 'Attempts per second to authenticate, by result. Failures and errors are expired tokens, wrong certificates, or a webhook that is gone.', unit: 'reqps',
        width: 8, queries: [{ expr: total('authentication_attempts', 'result'), legend: '{{result}}' }],
      }),
      timeSeries('TLS handshake errors', {
        description: 'Connections per second that ended before a request: clients that do not trust the certificate, or health checks that send nothing.', unit: 'cps',
        width: 8, queries: [{ expr: total('apiserver_tls_handshake_errors_total', 'instance'), legend: '{{instance}}' }],
      }),
    ),
    processes({ matchers: api(), by: 'instance', legend: '{{instance}}' }),
  ],
});
