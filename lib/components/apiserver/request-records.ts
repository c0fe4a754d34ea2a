import { ALL, GOOD } from './error-budget-rules';
import { REQUEST_KINDS, RequestKind, STREAMS, sumOrZero } from './request-kinds';
import { RecordingRule } from '../../monitoring/rules';
import { optionalRecord } from '../../monitoring/rules/trusted';
import { promql } from '../component-rules';

/** Bad requests a second, and all of them, as burn rates count: with failed streams among the bad ones, and streams among all. */
const BAD = 'apiserver_request:bad:rate5m';
const TOTAL = 'apiserver_request:total:rate5m';

const LONG_WINDOWS = ['30m', '1h', '2h', '6h', '1d', '3d'];

/**
 * Share of bad requests in a window. Long windows are averages of the recorded rates: three days of the API server's own series are hundreds
 * of millions of samples.
 */
export function burnRateRecords(job: string): RecordingRule[] {
  return REQUEST_KINDS.flatMap((of) => [...requestRates(job, of), ...burnRates(of)]);
}

function requestRates(job: string, { kind, verbs }: RequestKind): RecordingRule[] {
  const recorded = (name: string) => `${name}{verb="${kind}"}`;
  const failedStreams = `rate(apiserver_request_total{${job}, ${verbs}, subresource=~"${STREAMS}", code=~"5.."}[5m])`;
  return [
    optionalRecord({
      record: BAD,
      labels: { verb: kind },
      expr: promql`
        sum by (cluster) (${recorded(ALL)}) - sum by (cluster) (${recorded(GOOD)})
        + ${sumOrZero(failedStreams, recorded(ALL))}`,
    }),
    optionalRecord({ record: TOTAL, labels: { verb: kind }, expr: `sum by (cluster) (rate(apiserver_request_total{${job}, ${verbs}}[5m]))` }),
  ];
}

function burnRates({ kind }: RequestKind): RecordingRule[] {
  const bad = `${BAD}{verb="${kind}"}`;
  const total = `${TOTAL}{verb="${kind}"}`;
  return [
    optionalRecord({ record: 'apiserver_request:burnrate5m', labels: { verb: kind }, expr: `${bad} / ${total}` }),
    ...LONG_WINDOWS.map((window) => optionalRecord({
      record: `apiserver_request:burnrate${window}`,
      labels: { verb: kind },
      expr: `sum_over_time(${bad}[${window}]) / sum_over_time(${total}[${window}])`,
    })),
  ];
}

/** Requests by resource and status code, and the 99th percentile of their latency. */
export function latencyRecords(job: string): RecordingRule[] {
  return REQUEST_KINDS.flatMap(({ kind, verbs }) => [
    optionalRecord({
      record: 'code_resource:apiserver_request_total:rate5m',
      labels: { verb: kind },
      expr: `sum by (cluster, code, resource) (rate(apiserver_request_total{${job}, ${verbs}}[5m]))`,
    }),
    optionalRecord({
      record: 'cluster_quantile:apiserver_request_sli_duration_seconds:histogram_quantile',
      labels: { quantile: '0.99', verb: kind },
      expr: promql`
        histogram_quantile(0.99, sum by (cluster, resource, le) (
          rate(apiserver_request_sli_duration_seconds_bucket{${job}, ${verbs}, subresource!~"${STREAMS}"}[5m])
        )) > 0`,
    }),
  ]);
}
