import { AskedSeries, SeriesUse } from '../backend/metric-sources';
import { PromQlValueType } from '../promql';
import { parseAt } from '../promql/rule';
import { didYouMean } from '../text';
import { Selector } from '../promql/selector';
import { parsePromDuration } from '../units';

/** Values of the placeholders, in a query as the adapter may make it. */
export interface Filling {
  /** Name of the series; undefined where there is none, as in resource metrics. */
  readonly series?: string;
  /** Matchers of the objects, separated by commas. */
  readonly matchers: string;
  /** Labels to group by, separated by commas. */
  readonly groupBy: string;
}

/** A metric of the adapter, without its name. */
export type MadeMetric = Omit<SeriesUse, 'what'>;

const PLACEHOLDERS = ['.Series', '.LabelMatchers', '.GroupBy'];

function valueOf(where: string, placeholder: string, { series, matchers, groupBy }: Filling): string {
  if (/^index \.LabelValuesByName "[^"]+"$/.test(placeholder)) {
    return 'value';
  }
  switch (placeholder) {
    case '.LabelMatchers': return matchers;
    case '.GroupBy': return groupBy;
    case '.Series':
      if (series !== undefined) {
        return series;
      }
      throw new Error(`${where}: query has <<.Series>>, and there is no series here; name the metric`);
    default:
      throw new Error(`${where}: query has <<${placeholder}>>, which the adapter does not fill in${didYouMean(placeholder, PLACEHOLDERS)}; `
        + 'use <<.Series>>, <<.LabelMatchers>>, <<.GroupBy>> or <<index .LabelValuesByName "label">>');
  }
}

/** A function that takes two samples, the selector in it, and the range. */
const RATE = /\b(?:rate|irate|increase|delta|idelta|deriv)\s*\(\s*([\w:]*\s*\{(?:"(?:\\.|[^"\\])*"|[^"}])*\}|[\w:]+)\s*\[\s*(\w+)\s*\]/g;

function ratesIn(where: string, query: string): AskedSeries['rates'] {
  return [...query.matchAll(RATE)].flatMap(([, selector, range]) => {
    const over = parsePromDuration(range);
    return over === undefined ? [] : parseAt(selector, where, {})._selectors.map((found) => ({ selector: found, over }));
  });
}

/**
 * The series of a query of the adapter, a Go template with `<<` and `>>`, with its placeholders filled in. Throws unless Prometheus accepts the
 * query and it gives one of the types.
 * @see https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/config.md#querying
 */
export function checkQueryTemplate(
  where: string, query: string, types: readonly PromQlValueType[], filling: Filling,
): AskedSeries {
  if (!query.includes('<<.LabelMatchers>>')) {
    throw new Error(`${where}: query '${query}' has no <<.LabelMatchers>>, so it would give every object the same value; `
      + `write it into the braces of the object's series`);
  }
  const filled = query.replaceAll(/<<(.*?)>>/g, (_, placeholder: string) => valueOf(where, placeholder.trim(), filling));
  const { valueType, _selectors: selectors } = parseAt(filled, where, {});
  if (!types.includes(valueType)) {
    throw new Error(`${where}: query '${query}' gives a ${valueType}, and the adapter needs ${types.map((type) => `an ${type}`.replace('an s', 'a s')).join(' or ')}; `
      + 'put a range vector into a function such as rate()');
  }
  return { selectors, rates: ratesIn(where, filled) };
}

/** Aggregations that leave no label but those of `by`. */
const AGGREGATION = /\b(sum|avg|min|max|count|group|stddev|stdvar|quantile)\s*(\(|by\b)/;

/** Throws when an aggregation loses the label with the name of the object, without which the adapter finds no value for it. */
export function checkGrouping(where: string, query: string, label: string): void {
  const keeps = query.includes('<<.GroupBy>>') || /\bwithout\b/.test(query) || new RegExp(`\\bby\\s*\\([^)]*\\b${label}\\b`).test(query);
  if (AGGREGATION.test(query) && !keeps) {
    throw new Error(`${where}: query '${query}' aggregates away label '${label}', by which the adapter finds the object; write 'by (<<.GroupBy>>)'`);
  }
}

/** Series by the name of their metric, and matchers. */
export interface SeriesSelector {
  readonly metric: string;
  /** As PromQL has them: `code=~"5.."`. */
  readonly matchers: readonly string[];
  /** As it was parsed. */
  readonly selector: Selector;
}

/** Reads `http_requests_total{code=~"5.."}`. Throws on all else than a selector that names its metric. */
export function seriesSelector(where: string, series: string): SeriesSelector {
  const [selector, ...others] = parseAt(series, `${where}: series`, {})._selectors;
  const plain = /^\s*[A-Za-z_:][\w:]*\s*(\{[^]*\}\s*)?$/.test(series);
  if (selector?.metric === undefined || others.length > 0 || !plain) {
    throw new Error(`${where}: series '${series}' is not the name of a metric with or without matchers; write it as 'http_requests_total{code=~"5.."}', `
      + 'and what is computed of it by fromQuery');
  }
  const name = (label: string) => (/^[A-Za-z_]\w*$/.test(label) ? label : JSON.stringify(label));
  return {
    selector,
    metric: selector.metric,
    matchers: selector.matchers.map(({ label, operator, value }) => `${name(label)}${operator}${JSON.stringify(value)}`),
  };
}
