import { Duration } from 'cdk8s';
import { AlertingRule, RecordingRule, Severity } from '../../monitoring/rules';
import { apiServerThresholds } from './apiserver-thresholds';
import { REQUEST_KINDS, STREAMS, sumOrZero } from './request-kinds';
import { trustedAlert, trustedRecord } from '../../monitoring/rules/trusted';

const { budgetPercent, burnWarning, burnCritical } = apiServerThresholds();

/** 99% of the requests are to be good, so one in a hundred may be bad: an error or too slow. */
const BUDGET = budgetPercent / 100;

/** Requests a second that were good, by cluster and kind of request. */
export const GOOD = 'apiserver_request:good:rate5m';
/** All requests a second, by cluster and kind of request. */
export const ALL = 'apiserver_request:slo:rate5m';

/** Burn rate of the budget in a long and a short window, and its severity. */
interface Burn {
  readonly factor: number;
  readonly long: string;
  readonly short: string;
  readonly hold: Duration;
  readonly severity: Severity;
  readonly exhausted: string;
}

const BURNS: readonly Burn[] = [
  { factor: 14.4, long: '1h', short: '5m', hold: Duration.minutes(2), severity: Severity.CRITICAL, exhausted: '2 days' },
  { factor: burnCritical, long: '6h', short: '30m', hold: Duration.minutes(15), severity: Severity.CRITICAL, exhausted: '5 days' },
  { factor: 3, long: '1d', short: '2h', hold: Duration.hours(1), severity: Severity.WARNING, exhausted: '10 days' },
  { factor: burnWarning, long: '3d', short: '6h', hold: Duration.hours(3), severity: Severity.WARNING, exhausted: '30 days' },
];

/**
 * How many requests a second the API server had and how many of them were good, the long windows being averages of these. Good is: no
 * server error, and quick enough. Watches and streams last as long as they last and are left out.
 */
export function errorBudgetRecords(job: string): RecordingRule[] {
  return REQUEST_KINDS.flatMap(({ kind, verbs, quick }) => {
    const requests = `${job}, ${verbs}, subresource!~"${STREAMS}"`;
    const all = `${ALL}{verb="${kind}"}`;
    const within = quick.map((matchers) => `rate(apiserver_request_sli_duration_seconds_bucket{${requests}, ${matchers}}[5m])`);
    const failed = `rate(apiserver_request_total{${requests}, code=~"5.."}[5m])`;
    return [
      trustedRecord({ record: ALL, labels: { verb: kind }, expr: `sum by (cluster) (rate(apiserver_request_sli_duration_seconds_count{${requests}}[5m]))` }),
      trustedRecord({
        record: GOOD,
        labels: { verb: kind },
        expr: `${sumOrZero(within.join('\n  or '), all)}\n- ${sumOrZero(failed, all)}`,
      }),
    ];
  });
}

/** The budget burns so fast that it will be gone before the month is, seen in a long and a short window. */
export function errorBudgetAlerts(): AlertingRule[] {
  return BURNS.map(({ factor, long, short, hold, severity, exhausted }) => trustedAlert({
    alert: 'KubeAPIErrorBudgetBurn',
    expr: `${bad(long)} > ${factor} * ${BUDGET}\nand\n${bad(short)} > ${factor} * ${BUDGET}`,
    for: hold,
    severity,
    labels: { long, short },
    summary: 'The API server fails or delays too many requests',
    description: `{{ $value | humanizePercentage }} of the requests to the API server within [${long}] were answered with an error or too late. `
      + `At this rate the 1% that is allowed in 30 days is used up in ${exhausted} at most.`,
  }));
}

function bad(window: string): string {
  return `1 - sum by (cluster) (sum_over_time(${GOOD}[${window}])) / sum by (cluster) (sum_over_time(${ALL}[${window}]))`;
}
