/** Panels that the programs of Thanos have in common. */
import type { Row } from './grafana/dashboard';
import type { Link } from './grafana/json';
import { Sized, timeSeries } from './grafana/panels';
import { processes } from './programs';
import { link, ofSeries, quantile, rate, series, toPod } from './queries';

export const toQuery: Link = link('Thanos Query', 'thanos-query');

export const percent = { unit: 'percent', min: 0, max: 100 } as const;

/** Codes of gRPC that are the fault of the side that answers. */
const FAULTS = 'grpc_code=~"Unknown|ResourceExhausted|Internal|Unavailable|DataLoss|DeadlineExceeded"';

/** Matchers of the chosen Pods of a program, by the default name of its job. */
export const chosenPods = (job: string): string => series(job, 'pod=~"$pod"');

/** Share of the requests that fail, or undefined series where there are none. */
export const failedShare = (counter: string, matchers: string): string => (
  `100 * (sum(${rate(`${counter}{${matchers}, ${FAULTS}}`)}) or vector(0)) / (sum(${rate(`${counter}{${matchers}}`)}) > 0)`
);

/** Requests by gRPC that a program answers. */
export function grpcServer(matchers: string): Sized[] {
  return [
    timeSeries('Requests', {
      description: 'Requests a second for series and labels, by code. Canceled are queries that were given up; other codes than OK are faults.', unit: 'reqps', stacked: true,
      queries: [{ expr: `sum by (grpc_code) (${rate(`grpc_server_handled_total{${matchers}}`)}) > 0`, legend: '{{grpc_code}}' }],
    }),
    timeSeries('Time of requests', {
      description: 'Time of a request, 99th percentile, by method. Series is the one that queries wait for.', unit: 's',
      queries: [{ expr: quantile(0.99, 'grpc_server_handling_seconds', matchers, 'grpc_method'), legend: '{{grpc_method}}' }],
    }),
  ];
}

/** Operations on the bucket. */
export function bucket(matchers: string): Sized[] {
  const operations = (name: string) => `sum by (operation) (${rate(`thanos_objstore_bucket_${name}{${matchers}}`)})`;
  return [
    timeSeries('Bucket operations', {
      description: 'Operations on the bucket a second, by kind. The store bills many of them.', unit: 'ops', width: 8,
      queries: [{ expr: operations('operations_total'), legend: '{{operation}}' }],
    }),
    timeSeries('Bucket failures by operation', {
      description: 'Operations on the bucket a second that fail, by kind. The log has the answer of the store.', unit: 'ops', width: 8,
      queries: [{ expr: operations('operation_failures_total'), legend: '{{operation}}' }],
    }),
    timeSeries('Time of bucket operations', {
      description: 'Time of operations on the bucket, 99th percentile, by kind.', unit: 's', width: 8,
      queries: [{ expr: quantile(0.99, 'thanos_objstore_bucket_operation_duration_seconds', matchers, 'operation'), legend: '{{operation}}' }],
    }),
  ];
}

/** The last row of each dashboard. */
export const thanosProcesses = (matchers: string): Row => (
  processes({ matchers, by: 'namespace, pod', legend: '{{namespace}}/{{pod}}', links: [toPod(ofSeries('namespace'), ofSeries('pod'))] })
);
