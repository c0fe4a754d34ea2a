/** Panels that servers of metrics APIs have in common. */
import { step } from './grafana/fields';
import { Sized, stat, timeSeries } from './grafana/panels';
import { rate, series, toApiServer } from './queries';

/** State of APIServices with these names for the API servers, of which one that cannot use them is enough. */
export const unavailable = (names: string): string => `aggregator_unavailable_apiservice{${series('apiserver', `name=~"${names}"`)}}`;

/** Words and colours of that state. */
export const USABLE = { 0: { text: 'usable', color: 'green' }, 1: { text: 'unusable', color: 'red' } } as const;

/** Whether the API servers can use APIs. */
export function usable(names: string, description: string, width: number = 4): Sized {
  return stat('API state', {
    description, unit: 'short', thresholds: [step(1, 'red')], words: USABLE, noValue: 'not registered', links: [toApiServer], width,
    query: `max(${unavailable(names)})`,
  });
}

/** Requests to a server: rate, errors and duration. */
export function requests(component: string, groups: string): Sized[] {
  const asked = series(component, `group=~"${groups}"`);
  return [
    timeSeries('Requests', {
      description: 'Requests a second for metrics, by what is asked for. HorizontalPodAutoscalers ask every 15 seconds by default.', unit: 'reqps', width: 8,
      queries: [{ expr: `topk(10, sum by (resource, verb) (${rate(`apiserver_request_total{${asked}}`)}))`, legend: '{{verb}} {{resource}}' }],
    }),
    timeSeries('Failed requests', {
      description: 'Requests a second that fail, by the code of the answer. 404 is a metric that does not exist, 5xx trouble of the server or of what it asks.',
      unit: 'reqps', width: 8, queries: [{ expr: `sum by (code) (${rate(`apiserver_request_total{${asked}, code!~"2.."}`)})`, legend: '{{code}}' }],
    }),
    timeSeries('Request time', {
      description: 'Time of a request for metrics, 99th percentile. Autoscalers wait for it.', unit: 's', width: 8,
      queries: [{
        expr: `histogram_quantile(0.99, sum by (resource, verb, le) (${rate(`apiserver_request_duration_seconds_bucket{${asked}}`)}))`, legend: '{{verb}} {{resource}}',
      }],
    }),
  ];
}

/** Share of the requests that fail. */
export function failedRequests(component: string, groups: string, width: number = 4): Sized {
  const asked = series(component, `group=~"${groups}"`);
  return stat('Failed', {
    description: 'Share of the requests for metrics that fail. Autoscalers hold their number of replicas meanwhile.', unit: 'percent', min: 0, max: 100, decimals: 1,
    thresholds: [step(1, 'orange')], noValue: 'nobody asks', width,
    query: `100 * (sum(${rate(`apiserver_request_total{${asked}, code!~"2.."}`)}) or vector(0)) / (sum(${rate(`apiserver_request_total{${asked}}`)}) > 0)`,
  });
}

/** CPU and memory of a server. */
export function processes(component: string, grows: string): Sized[] {
  return [
    timeSeries('CPU', {
      description: 'Cores that each replica uses.', unit: 'short',
      queries: [{ expr: `sum by (instance) (${rate(`process_cpu_seconds_total{${series(component)}}`)})`, legend: '{{instance}}' }],
    }),
    timeSeries('Memory', {
      description: `Resident memory of each replica. It grows with ${grows}.`, unit: 'bytes',
      queries: [{ expr: `max by (instance) (process_resident_memory_bytes{${series(component)}})`, legend: '{{instance}}' }],
    }),
  ];
}
