import { Duration } from 'cdk8s';
import { seriesSelector, SeriesSelector } from './query-template';
import { checkPositive } from '../checks';
import { promDuration } from '../units';

/** Aggregation of the series that belong to one object. */
export enum MetricAggregation {
  /** Their sum. */
  SUM = 'sum',
  /** Their average. */
  AVERAGE = 'avg',
  /** The highest. */
  MAXIMUM = 'max',
  /** The lowest. */
  MINIMUM = 'min',
}

/** Series of a metric, and their aggregation. */
export interface SeriesMetricProps {
  /** Series in Prometheus, by the name of their metric and matchers: `http_requests_total{code=~"5.."}`. */
  readonly series: string;
  /**
   * Name of the metric in the API.
   * @default - the name of the series; of a counter `<name without _total>_per_second`
   */
  readonly name?: string;
  /**
   * Whether the series are counters. The metric is then their rate per second.
   * @default - whether their name ends in `_total`, or like counters of histograms and summaries in `_count`, `_sum` or `_bucket`
   */
  readonly counter?: boolean;
  /**
   * Range of the rate of a counter; four times the scrape interval or more. A longer range is smoother and reacts later. One shorter than two
   * scrapes fails the synthesis, where the intervals of all jobs are known.
   * @default Duration.minutes(2)
   */
  readonly rateOver?: Duration;
  /**
   * Aggregation of the series that belong to one object.
   * @default MetricAggregation.SUM
   */
  readonly aggregation?: MetricAggregation;
}

/** A rule of the adapter for all series of one name. */
export interface NamedSeries extends SeriesSelector {
  /** Name in the API. */
  readonly name: string;
  /** Range of the rate, of counters. */
  readonly rateOver?: Duration;
}

/**
 * Endings that only counters have, by the conventions of Prometheus.
 * @see https://prometheus.io/docs/practices/naming/
 * @see https://prometheus.io/docs/concepts/metric_types/#histogram
 */
const COUNTER = /_(?:total|count|sum|bucket)$/;

/**
 * The series and the name of a metric. Throws on a series that is not a selector, on buckets of a histogram that are not selected by `le`, and on
 * what is no name in the API.
 */
export function namedSeries(where: string, props: SeriesMetricProps): NamedSeries {
  const selector = seriesSelector(where, props.series);
  if (props.rateOver !== undefined && !isCounter(selector, props)) {
    throw new Error(`${where}: got 'rateOver', and '${selector.metric}' is no counter; leave it out, or say 'counter: true'`);
  }
  checkBuckets(where, selector);
  checkPositive(props.rateOver, `${where}: rateOver`, 'leave it out for 2 minutes');
  const rateOver = isCounter(selector, props) ? props.rateOver ?? Duration.minutes(2) : undefined;
  const name = props.name ?? (rateOver !== undefined ? `${selector.metric.replace(/_total$/, '')}_per_second` : selector.metric);
  return { ...selector, name: checkApiName(where, name), rateOver };
}

function isCounter({ metric }: SeriesSelector, { counter }: SeriesMetricProps): boolean {
  return counter ?? COUNTER.test(metric);
}

/** Buckets are cumulative: one event is counted in many of them. */
function checkBuckets(where: string, { metric, matchers }: SeriesSelector): void {
  if (metric.endsWith('_bucket') && !matchers.some((matcher) => /^le=/.test(matcher))) {
    throw new Error(`${where}: buckets of a histogram are cumulative, so an event is counted in several; select one as in '${metric}{le="0.5"}', take `
      + `'${metric.replace(/bucket$/, 'count')}' for all events, or histogram_quantile() by fromQuery`);
  }
}

/** Throws unless it can be a name in the API, where it is a part of paths. */
export function checkApiName(where: string, name: string): string {
  if (!/^[A-Za-z0-9_:]([-A-Za-z0-9_.:]*[A-Za-z0-9_:])?$/.test(name)) {
    throw new Error(`${where}: '${name}' is not a name of a metric in the API; use letters, digits, '_', '-', '.' and ':'`);
  }
  return name;
}

/** The query of a metric; matchers of the user come first, so that empty `<<.LabelMatchers>>` leave no comma in front. */
export function seriesQuery({ matchers, rateOver }: NamedSeries, { aggregation = MetricAggregation.SUM }: SeriesMetricProps, by: string): string {
  const selected = `<<.Series>>{${[...matchers, '<<.LabelMatchers>>'].join(',')}}`;
  const value = rateOver === undefined ? selected : `rate(${selected}[${promDuration(rateOver)}])`;
  return `${aggregation}${by}(${value})`;
}

/** How the adapter finds the series, and how it calls the metric. */
export function discoveryOf({ metric, matchers, name }: NamedSeries, present: readonly string[] = []): { seriesQuery: string; name: object } {
  const wanted = [...matchers, ...present.map((label) => `${label}!=""`)];
  return { seriesQuery: wanted.length === 0 ? metric : `${metric}{${wanted.join(',')}}`, name: { matches: `^${metric}$`, as: name } };
}
