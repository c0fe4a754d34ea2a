/** Kinds of requests that have an objective. `read` and `write` are values of the label `verb` of recorded series. */
export interface RequestKind {
  readonly kind: string;
  /** Matcher of its verbs. */
  readonly verbs: string;
  /** Matchers of the buckets of requests that were quick enough; disjoint. */
  readonly quick: readonly string[];
}

/** Seconds that a request about one object may take. */
export const OBJECT_SECONDS = 1;

const [READ_VERBS, WRITE_VERBS] = ['LIST|GET', 'POST|PUT|PATCH|APPLY|DELETE'];

/** Verbs whose latency is judged; watches last as long as they last. */
export const JUDGED_VERBS = `${READ_VERBS}|${WRITE_VERBS}`;

/** A read of an object may take 1 s, of a namespace 5 s, of the cluster 30 s. */
const READS: RequestKind = {
  kind: 'read',
  verbs: `verb=~"${READ_VERBS}"`,
  quick: [quick('scope=~"resource|"', OBJECT_SECONDS), quick('scope="namespace"', 5), quick('scope="cluster"', 30)],
};

/** Writes are of one object. Server-side applies have a verb of their own. */
const WRITES: RequestKind = { kind: 'write', verbs: `verb=~"${WRITE_VERBS}"`, quick: [bound(OBJECT_SECONDS)] };

/** Both kinds. */
export const REQUEST_KINDS: readonly RequestKind[] = [READS, WRITES];

/** Subresources whose requests are streams, with no latency to judge. */
export const STREAMS = 'proxy|attach|log|exec|portforward';

function quick(scope: string, seconds: number): string {
  return `${scope}, ${bound(seconds)}`;
}

function bound(seconds: number): string {
  return `le=~"${seconds}([.]0)?"`;
}

/** Sum by cluster; 0 where there are no such series, but some of `all`. */
export function sumOrZero(series: string, all: string): string {
  return `(sum by (cluster) (${series}) or 0 * sum by (cluster) (${all}))`;
}
