import { checkQueryTemplate, MadeMetric, seriesSelector } from './query-template';
import { AskedSeries } from '../backend/metric-sources';
import { checkApiName, discoveryOf, NamedSeries, namedSeries, seriesQuery, SeriesMetricProps } from './series-metric';
import { checkClassicLabelName } from '../checks';
import { PromQlValueType } from '../promql';
import { checkArguments } from '../arguments';

/** Scope of an external metric. */
export interface ExternalMetricScope {
  /**
   * Label with a namespace. With it an autoscaler sees only the series of its own namespace.
   * @default - none; every autoscaler sees all series
   */
  readonly namespaceLabel?: string;
}

/** Series of an external metric. */
export interface ExternalSeriesMetricProps extends SeriesMetricProps, ExternalMetricScope {}

/** Query of an external metric. */
export interface ExternalQueryMetricProps extends ExternalMetricScope {
  /** Name of the metric in the API. */
  readonly name: string;
  /** Series by which the adapter finds out that the metric exists, by the name of their metric and matchers. */
  readonly series: string;
  /**
   * PromQL with the placeholders `<<.Series>>`, the name of the series, and `<<.LabelMatchers>>`, the labels in the metric of an autoscaler. The
   * latter may be empty, so put it last in the braces: `{queue!="",<<.LabelMatchers>>}`. Autoscalers sum up several values.
   */
  readonly query: string;
}

/**
 * A metric of something that is no object in the cluster, which prometheus-adapter serves as `external.metrics.k8s.io`: the length of a queue.
 * @see https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/externalmetrics.md
 */
export class ExternalMetric {
  /**
   * The series themselves, or the rate of counters, summed up. Throws unless `series` is the name of a metric with or without matchers, on buckets of
   * a histogram that are not selected by `le`, and on names and labels that are none.
   */
  public static fromSeries(props: ExternalSeriesMetricProps): ExternalMetric {
    checkArguments('ExternalMetric.fromSeries', { props });
    const where = `ExternalMetric.fromSeries('${props.series}')`;
    const series = namedSeries(where, props);
    return new ExternalMetric(where, series, props, seriesQuery(series, props, ''));
  }

  /**
   * The result of a query. Throws unless Prometheus accepts the query and it gives an instant vector or a scalar, on placeholders that the adapter
   * does not know, without `<<.LabelMatchers>>`, and on names and labels that are none.
   */
  public static fromQuery(props: ExternalQueryMetricProps): ExternalMetric {
    checkArguments('ExternalMetric.fromQuery', { props });
    const where = `ExternalMetric.fromQuery('${props.name}')`;
    return new ExternalMetric(where, { ...seriesSelector(where, props.series), name: checkApiName(where, props.name) }, props, props.query);
  }

  /** Name of the metric in the API. */
  public readonly name: string;
  private readonly namespaceLabel?: string;
  private readonly asked: AskedSeries;

  private constructor(where: string, private readonly series: NamedSeries, scope: ExternalMetricScope, private readonly query: string) {
    this.name = series.name;
    this.namespaceLabel = scope.namespaceLabel;
    if (this.namespaceLabel !== undefined) {
      checkClassicLabelName(this.namespaceLabel, `${where}: namespaceLabel`);
    }
    [this.asked] = ['', 'a="b",c=~"d|e"'].map((matchers) => checkQueryTemplate(where, query, [PromQlValueType.INSTANT_VECTOR, PromQlValueType.SCALAR], {
      series: series.metric, matchers, groupBy: '',
    }));
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
    const { namespaceLabel: label } = this;
    return {
      ...discoveryOf(this.series, label === undefined ? [] : [label]),
      resources: label === undefined ? { namespaced: false } : { overrides: { [label]: { resource: 'namespaces' } } },
      metricsQuery: this.query,
    };
  }
}
