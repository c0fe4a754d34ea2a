import { MetricResource } from './metric-resource';
import { checkGrouping, checkQueryTemplate, MadeMetric, seriesSelector } from './query-template';
import { AskedSeries } from '../backend/metric-sources';
import { checkApiName, discoveryOf, NamedSeries, namedSeries, seriesQuery, SeriesMetricProps } from './series-metric';
import { checkClassicLabelName } from '../checks';
import { PromQlValueType } from '../promql';
import { quoteList } from '../text';
import { checkArguments } from '../arguments';

/** Objects that a custom metric is about. */
export interface CustomMetricTargets {
  /**
   * Kinds of objects that the series are about. The metric is served for each.
   * @default - MetricResource.POD
   */
  readonly resources?: MetricResource[];
  /**
   * Label with the namespace of the object.
   * @default namespace
   */
  readonly namespaceLabel?: string;
}

/** Series of a custom metric. */
export interface CustomSeriesMetricProps extends SeriesMetricProps, CustomMetricTargets {}

/** Query of a custom metric. */
export interface CustomQueryMetricProps extends CustomMetricTargets {
  /** Name of the metric in the API. */
  readonly name: string;
  /** Series by which the adapter finds out that the metric exists, by the name of their metric and matchers. */
  readonly series: string;
  /**
   * PromQL with the placeholders `<<.Series>>`, the name of the series; `<<.LabelMatchers>>`, matchers of the requested objects; and
   * `<<.GroupBy>>`, the label with their names, which the result must have.
   */
  readonly query: string;
}

/**
 * A metric of objects in the cluster that prometheus-adapter serves as `custom.metrics.k8s.io`, such as requests per second of Pods.
 * @see https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/config.md
 */
export class CustomMetric {
  /**
   * The series themselves, or the rate of counters, summed up for each object. Throws unless `series` is the name of a metric with or without
   * matchers, on buckets of a histogram that are not selected by `le`, on names and labels that are none, and without resources.
   */
  public static fromSeries(props: CustomSeriesMetricProps): CustomMetric {
    checkArguments('CustomMetric.fromSeries', { props });
    const where = `CustomMetric.fromSeries('${props.series}')`;
    const series = namedSeries(where, props);
    return new CustomMetric(where, series, props, seriesQuery(series, props, ' by (<<.GroupBy>>) '));
  }

  /**
   * The result of a query. Throws unless Prometheus accepts the query and it gives an instant vector, on placeholders that the adapter does not
   * know, without `<<.LabelMatchers>>`, on an aggregation without `<<.GroupBy>>`, on invalid names and labels, and without resources.
   */
  public static fromQuery(props: CustomQueryMetricProps): CustomMetric {
    checkArguments('CustomMetric.fromQuery', { props });
    const where = `CustomMetric.fromQuery('${props.name}')`;
    return new CustomMetric(where, { ...seriesSelector(where, props.series), name: checkApiName(where, props.name) }, props, props.query);
  }

  /** Name of the metric in the API. */
  public readonly name: string;
  private readonly _resources: readonly MetricResource[];
  private readonly namespaceLabel: string;
  private readonly asked: AskedSeries;

  private constructor(where: string, private readonly series: NamedSeries, targets: CustomMetricTargets, private readonly query: string) {
    this.name = series.name;
    this._resources = [...(targets.resources ?? [MetricResource.POD])];
    this.namespaceLabel = targets.namespaceLabel ?? 'namespace';
    checkClassicLabelName(this.namespaceLabel, `${where}: namespaceLabel`);
    this.checkResources(where);
    const [{ label }] = this._resources;
    this.asked = checkQueryTemplate(where, query, [PromQlValueType.INSTANT_VECTOR], {
      series: series.metric, matchers: `${this.namespaceLabel}="a",${label}=~"a|b"`, groupBy: label,
    });
    checkGrouping(where, query, label);
  }

  /** Kinds of objects that the metric is about. */
  public get resources(): MetricResource[] {
    return [...this._resources];
  }

  /** The series that it is made of. @internal */
  public get _made(): MadeMetric {
    return {
      rangeProp: this.series.rateOver === undefined ? "range of 'query'" : 'rateOver',
      withoutJob: 'monitor what exposes it, or name another job',
      series: { ...this.asked, selectors: [this.series.selector, ...this.asked.selectors] },
    };
  }

  /** The rule in the adapter's configuration. @internal */
  public _rule(): object {
    const [first, ...others] = this._resources;
    const namespaced = this._resources.some((resource) => !resource._isClusterScoped) ? [this.namespaceLabel] : [];
    const overrides = [
      ...namespaced.map((label) => [label, { resource: 'namespaces' }] as const),
      ...this._resources.map((resource) => [resource.label, resource._override()] as const),
    ];
    return {
      // of several kinds a series may have one and lack the others
      ...discoveryOf(this.series, others.length > 0 ? namespaced : [...new Set([...namespaced, first.label])]),
      resources: { overrides: Object.fromEntries<object>(overrides) },
      metricsQuery: this.query,
    };
  }

  private checkResources(where: string): void {
    if (this._resources.length === 0) {
      throw new Error(`${where}: resources is empty; name at least one MetricResource, or leave it out for Pods`);
    }
    const labels = this._resources.map(({ label }) => label);
    const twice = this._resources.find(({ label }, i) => labels.indexOf(label) !== i || (label === this.namespaceLabel && this._resources[i].resource !== 'namespaces'));
    if (twice !== undefined) {
      throw new Error(`${where}: label '${twice.label}' names objects of two kinds, ${quoteList([...new Set(this._resources.map(({ resource }) => resource))])}; name another by withLabel()`);
    }
  }
}
