import { JUDGED_VERBS, REQUEST_KINDS, RequestKind, sumOrZero } from './request-kinds';
import { RecordingRule } from '../../monitoring/rules';
import { optionalRecord } from '../../monitoring/rules/trusted';

/** Factor from the average of the recorded hours to 30 days. */
const HOURS = '24 * 30';

const CODES = 'apiserver_request_total';
const BUCKETS = 'cluster_verb_scope_le:apiserver_request_sli_duration_seconds_bucket';
const COUNTS = 'cluster_verb_scope:apiserver_request_sli_duration_seconds_count';

/** Share of the requests of the last 30 days that were answered without an error and in time, and the sums that it is computed from. */
export function availabilityRecords(job: string): RecordingRule[] {
  return [
    optionalRecord({
      record: `code_verb:${CODES}:increase1h`,
      expr: `sum by (cluster, code, verb) (increase(apiserver_request_total{${job}, verb=~"${JUDGED_VERBS}", code=~"[2-5].."}[1h]))`,
    }),
    month(`code_verb:${CODES}`),
    ...REQUEST_KINDS.map(({ kind, verbs }) => optionalRecord({
      record: `code:${CODES}:increase30d`,
      labels: { verb: kind },
      expr: `sum by (cluster, code) (code_verb:${CODES}:increase30d{${verbs}})`,
    })),
    optionalRecord({
      record: `${BUCKETS}:increase1h`,
      expr: `sum by (cluster, verb, scope, le) (increase(apiserver_request_sli_duration_seconds_bucket{${job}}[1h]))`,
    }),
    month(BUCKETS),
    ...['increase1h', 'increase30d'].map((increase) => optionalRecord({
      record: `${COUNTS}:${increase}`,
      expr: `sum by (cluster, verb, scope) (${BUCKETS}:${increase}{le="+Inf"})`,
    })),
    availability('all', REQUEST_KINDS, 'verb=~"read|write"'),
    ...REQUEST_KINDS.map((of) => availability(of.kind, [of], `verb="${of.kind}"`)),
  ];
}

function month(recorded: string): RecordingRule {
  return optionalRecord({ record: `${recorded}:increase30d`, expr: `avg_over_time(${recorded}:increase1h[30d]) * ${HOURS}` });
}

function availability(verb: string, kinds: readonly RequestKind[], ofKinds: string): RecordingRule {
  const total = `code:${CODES}:increase30d{${ofKinds}}`;
  const slow = kinds.map(({ verbs, quick }) => {
    const requests = `${COUNTS}:increase30d{${verbs}}`;
    const within = quick.map((matchers) => `${BUCKETS}:increase30d{${verbs}, ${matchers}}`);
    return `${sumOrZero(requests, total)}\n  - ${sumOrZero(within.join('\n    or '), total)}`;
  });
  const failed = sumOrZero(`code:${CODES}:increase30d{${ofKinds}, code=~"5.."}`, total);
  return optionalRecord({
    record: 'apiserver_request:availability30d',
    labels: { verb },
    expr: `1 - (\n  ${[...slow, failed].join('\n  + ')}\n)\n/ sum by (cluster) (${total})`,
  });
}
