import { Duration } from 'cdk8s';
import { CustomMetric, CustomSeriesMetricProps, ExternalMetric, ExternalSeriesMetricProps, MetricAggregation, MetricResource, ResourceMetric } from '../../lib';

describe('CustomMetric.fromSeries', () => {
  test('is a rate of counters and a sum of all else', () => {
    expect(CustomMetric.fromSeries({ series: 'http_requests_total' })._rule()).toEqual({
      seriesQuery: 'http_requests_total{namespace!="",pod!=""}',
      name: { matches: '^http_requests_total$', as: 'http_requests_per_second' },
      resources: { overrides: { namespace: { resource: 'namespaces' }, pod: { resource: 'pods' } } },
      metricsQuery: 'sum by (<<.GroupBy>>) (rate(<<.Series>>{<<.LabelMatchers>>}[2m]))',
    });
    const sessions = CustomMetric.fromSeries({ series: 'sessions' });
    expect([sessions.name, sessions._rule()]).toEqual(['sessions', expect.objectContaining({ metricsQuery: 'sum by (<<.GroupBy>>) (<<.Series>>{<<.LabelMatchers>>})' })]);
  });

  test.each([
    ['http_requests_total', 'http_requests_per_second'],
    ['request_seconds_count', 'request_seconds_count_per_second'],
    ['request_seconds_sum', 'request_seconds_sum_per_second'],
    ['request_seconds_bucket{le="0.5"}', 'request_seconds_bucket_per_second'],
  ])('is a rate of %s, which only grows', (series, name) => {
    const rate = { name: { as: name }, metricsQuery: expect.stringMatching(/rate\(<<\.Series>>\{.*<<\.LabelMatchers>>\}\[2m\]\)/) };
    expect(CustomMetric.fromSeries({ series })._rule()).toMatchObject(rate);
    expect(ExternalMetric.fromSeries({ series })._rule()).toMatchObject(rate);
    expect(CustomMetric.fromSeries({ series, rateOver: Duration.minutes(5) })._rule()).toMatchObject({ metricsQuery: expect.stringContaining('[5m]') });
  });

  test.each(['sessions', 'counts', 'sum', 'total', 'x_count:max', 'buckets_count_now'])('is no rate of %s', (series) => {
    expect(CustomMetric.fromSeries({ series })._rule()).toMatchObject({ name: { as: series }, metricsQuery: 'sum by (<<.GroupBy>>) (<<.Series>>{<<.LabelMatchers>>})' });
  });

  test('takes all the props', () => {
    const all: Required<CustomSeriesMetricProps> = {
      series: '  lag_sum { topic =~ "a|b", "utf.8" = "x\\ny", group != "" } ',
      name: 'lag',
      counter: true,
      rateOver: Duration.seconds(90),
      aggregation: MetricAggregation.MAXIMUM,
      resources: [MetricResource.SERVICE.withLabel('exported_service'), MetricResource.of({ group: 'apps', resource: 'replicasets', label: 'rs' })],
      namespaceLabel: 'exported_namespace',
    };
    const metric = CustomMetric.fromSeries(all);
    expect(metric._rule()).toEqual({
      seriesQuery: 'lag_sum{topic=~"a|b","utf.8"="x\\ny",group!="",exported_namespace!=""}',
      name: { matches: '^lag_sum$', as: 'lag' },
      resources: { overrides: { exported_namespace: { resource: 'namespaces' }, exported_service: { resource: 'services' }, rs: { group: 'apps', resource: 'replicasets' } } },
      metricsQuery: 'max by (<<.GroupBy>>) (rate(<<.Series>>{topic=~"a|b","utf.8"="x\\ny",group!="",<<.LabelMatchers>>}[90s]))',
    });
    expect(metric.resources.map(({ resource }) => resource)).toEqual(['services', 'replicasets']);
  });

  test('of nodes has no namespace, and of namespaces is found by it', () => {
    expect(CustomMetric.fromSeries({ series: 'a', resources: [MetricResource.NODE] })._rule()).toMatchObject({
      seriesQuery: 'a{node!=""}', resources: { overrides: { node: { resource: 'nodes' } } },
    });
    expect(CustomMetric.fromSeries({ series: 'a', resources: [MetricResource.NAMESPACE] })._rule()).toMatchObject({
      seriesQuery: 'a{namespace!=""}', resources: { overrides: { namespace: { resource: 'namespaces' } } },
    });
  });

  test('keeps a counter as it is where it is said', () => {
    ['jobs_total', 'jobs_count'].forEach((series) => expect(CustomMetric.fromSeries({ series, counter: false })._rule()).toMatchObject({
      name: { as: series }, metricsQuery: 'sum by (<<.GroupBy>>) (<<.Series>>{<<.LabelMatchers>>})',
    }));
  });

  test.each<[string, () => unknown, string]>([
    ['an expression', () => CustomMetric.fromSeries({ series: 'rate(a[5m])' }), "CustomMetric.fromSeries('rate(a[5m])'): series 'rate(a[5m])' is not the name of a metric with or without matchers"],
    ['two selectors', () => CustomMetric.fromSeries({ series: 'a{b="c"} or d{e="f"}' }), 'is not the name of a metric with or without matchers'],
    ['an offset', () => CustomMetric.fromSeries({ series: 'a offset 5m' }), 'is not the name of a metric with or without matchers'],
    ['a selector without a name', () => CustomMetric.fromSeries({ series: '{job="a"}' }), 'is not the name of a metric with or without matchers'],
    ['what is no PromQL', () => CustomMetric.fromSeries({ series: 'a{' }), "CustomMetric.fromSeries('a{'): series: "],
    ['a name with a slash', () => CustomMetric.fromSeries({ series: 'a', name: 'a/b' }), "CustomMetric.fromSeries('a'): 'a/b' is not a name of a metric in the API"],
    ['a rate of what is no counter', () => CustomMetric.fromSeries({ series: 'a', rateOver: Duration.minutes(5) }), "CustomMetric.fromSeries('a'): got 'rateOver', and 'a' is no counter"],
    ['a rate over no time', () => CustomMetric.fromSeries({ series: 'a_total', rateOver: Duration.minutes(0) }), "CustomMetric.fromSeries('a_total'): rateOver is zero"],
    ['a sum of all buckets', () => CustomMetric.fromSeries({ series: 'a_bucket{lens="b"}' }), "buckets of a histogram are cumulative, so an event is counted in several; select one as in 'a_bucket{le=\"0.5\"}', take 'a_count' for all events, or histogram_quantile() by fromQuery"],
    ['no resource', () => CustomMetric.fromSeries({ series: 'a', resources: [] }), "CustomMetric.fromSeries('a'): resources is empty"],
    ['two resources by one label', () => CustomMetric.fromSeries({ series: 'a', resources: [MetricResource.POD, MetricResource.SERVICE.withLabel('pod')] }), "CustomMetric.fromSeries('a'): label 'pod' names objects of two kinds, 'pods' and 'services'"],
    ['a resource by the namespace', () => CustomMetric.fromSeries({ series: 'a', resources: [MetricResource.POD.withLabel('namespace')] }), "label 'namespace' names objects of two kinds"],
    ['a namespace label that is none', () => CustomMetric.fromSeries({ series: 'a', namespaceLabel: 'a-b' }), "CustomMetric.fromSeries('a'): namespaceLabel: 'a-b' is not a label name"],
    ['a label that is none', () => MetricResource.POD.withLabel('a-b'), "MetricResource 'pods': 'a-b' is not a label name"],
    ['an empty resource', () => MetricResource.of({ group: '', resource: ' ', label: 'a' }), "MetricResource.of: resource: ' ' is not the name of a resource"],
    ['a kind in the place of a resource', () => MetricResource.of({ group: '', resource: 'Widget', label: 'a' }), "MetricResource.of: resource: 'Widget' is not the name of a resource"],
    ['a version in the place of a group', () => MetricResource.of({ group: 'apps/v1', resource: 'widgets', label: 'a' }), "MetricResource.of: group: 'apps/v1' is not"],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('CustomMetric.fromQuery', () => {
  const of = (query: string) => CustomMetric.fromQuery({ name: 'latency', series: 'requests_bucket{le="1"}', query });

  test('is served under its name as long as the series exists', () => {
    const query = 'histogram_quantile(0.9, sum by (<<.GroupBy>>, le) (rate(<<.Series>>{<<.LabelMatchers>>}[5m])))';
    expect(of(query)._rule()).toEqual({
      seriesQuery: 'requests_bucket{le="1",namespace!="",pod!=""}',
      name: { matches: '^requests_bucket$', as: 'latency' },
      resources: { overrides: { namespace: { resource: 'namespaces' }, pod: { resource: 'pods' } } },
      metricsQuery: query,
    });
    ['sum by (le, pod) (a{<<.LabelMatchers>>})', 'sum without (le) (a{<<.LabelMatchers>>})', 'max_over_time(a{<<.LabelMatchers>>}[5m])', 'topk(1, a{<<.LabelMatchers>>})']
      .forEach((kept) => expect(() => of(kept)).not.toThrow());
    expect(() => of('sum by (<<.GroupBy>>) (a{namespace=~"<<index .LabelValuesByName "namespace">>",<<.LabelMatchers>>})')).not.toThrow();
  });

  test.each([
    ['no selection', 'sum by (<<.GroupBy>>) (<<.Series>>)', "CustomMetric.fromQuery('latency'): query 'sum by (<<.GroupBy>>) (<<.Series>>)' has no <<.LabelMatchers>>"],
    ['a placeholder that is none', 'sum by (<<.Groupby>>) (<<.Series>>{<<.LabelMatchers>>})', "query has <<.Groupby>>, which the adapter does not fill in, did you mean '.GroupBy'?"],
    ['what is no PromQL', 'sum by (<<.GroupBy>>) (rate(<<.Series>>{<<.LabelMatchers>>}))', "CustomMetric.fromQuery('latency'): "],
    ['a range vector', '<<.Series>>{<<.LabelMatchers>>}[5m]', 'gives a range vector, and the adapter needs an instant vector'],
    ['an aggregation without the label', 'sum(<<.Series>>{<<.LabelMatchers>>})', "aggregates away label 'pod', by which the adapter finds the object; write 'by (<<.GroupBy>>)'"],
    ['an aggregation by another label', 'max by (le) (<<.Series>>{<<.LabelMatchers>>})', "aggregates away label 'pod'"],
    ['a scalar', 'scalar(<<.Series>>{<<.LabelMatchers>>})', 'gives a scalar, and the adapter needs an instant vector'],
  ])('%s is refused', (_, query, message) => {
    expect(() => of(query)).toThrow(message);
  });
});

describe('ExternalMetric', () => {
  test('is of the whole cluster, or of the namespace of the autoscaler', () => {
    expect(ExternalMetric.fromSeries({ series: 'queue_messages' })._rule()).toEqual({
      seriesQuery: 'queue_messages',
      name: { matches: '^queue_messages$', as: 'queue_messages' },
      resources: { namespaced: false },
      metricsQuery: 'sum(<<.Series>>{<<.LabelMatchers>>})',
    });
    const all: Required<ExternalSeriesMetricProps> = {
      series: 'queue_messages_total{queue="orders"}', name: 'orders', counter: true, rateOver: Duration.minutes(1), aggregation: MetricAggregation.AVERAGE, namespaceLabel: 'ns',
    };
    expect(ExternalMetric.fromSeries(all)._rule()).toEqual({
      seriesQuery: 'queue_messages_total{queue="orders",ns!=""}',
      name: { matches: '^queue_messages_total$', as: 'orders' },
      resources: { overrides: { ns: { resource: 'namespaces' } } },
      metricsQuery: 'avg(rate(<<.Series>>{queue="orders",<<.LabelMatchers>>}[1m]))',
    });
  });

  test('may be a scalar', () => {
    expect(ExternalMetric.fromQuery({ name: 'age', series: 'a', query: 'scalar(max(a{<<.LabelMatchers>>}))' }).name).toBe('age');
  });

  test.each<[string, () => unknown, string]>([
    ['a query that needs matchers to be asked for', () => ExternalMetric.fromQuery({ name: 'a', series: 'a', query: 'sum(a{<<.LabelMatchers>>,b="c"})' }), "ExternalMetric.fromQuery('a'): "],
    ['a range vector', () => ExternalMetric.fromQuery({ name: 'a', series: 'a', query: 'a{<<.LabelMatchers>>}[1m]' }), 'gives a range vector, and the adapter needs an instant vector or a scalar'],
    ['no selection', () => ExternalMetric.fromQuery({ name: 'a', series: 'a', query: 'a' }), 'has no <<.LabelMatchers>>'],
    ['a name that is none', () => ExternalMetric.fromQuery({ name: '', series: 'a', query: 'a{<<.LabelMatchers>>}' }), "'' is not a name of a metric in the API"],
    ['a namespace label that is none', () => ExternalMetric.fromSeries({ series: 'a', namespaceLabel: 'a-b' }), "ExternalMetric.fromSeries('a'): namespaceLabel: 'a-b' is not a label name"],
    ['an expression', () => ExternalMetric.fromSeries({ series: 'a + b' }), "series 'a + b' is not the name of a metric"],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('ResourceMetric', () => {
  test('takes other queries and labels', () => {
    const props = {
      containerQuery: 'a{<<.LabelMatchers>>}', nodeQuery: 'b{<<.LabelMatchers>>}', containerLabel: 'c', podLabel: 'p', namespaceLabel: 'n', nodeLabel: 'host',
    };
    expect(ResourceMetric.fromQueries(props)._rule()).toEqual({
      containerQuery: 'a{<<.LabelMatchers>>}',
      nodeQuery: 'b{<<.LabelMatchers>>}',
      containerLabel: 'c',
      resources: { overrides: { n: { resource: 'namespaces' }, host: { resource: 'nodes' }, p: { resource: 'pods' } } },
    });
  });

  test.each<[string, () => unknown, string]>([
    ['a series where there is none', () => ResourceMetric.fromQueries({ containerQuery: '<<.Series>>{<<.LabelMatchers>>}', nodeQuery: '' }), 'ResourceMetric.fromQueries: containerQuery: query has <<.Series>>, and there is no series here'],
    ['a query of nodes without a selection', () => ResourceMetric.fromQueries({ containerQuery: 'a{<<.LabelMatchers>>}', nodeQuery: 'b' }), "ResourceMetric.fromQueries: nodeQuery: query 'b' has no <<.LabelMatchers>>"],
    ['a label that is none', () => ResourceMetric.fromQueries({ containerQuery: 'a{<<.LabelMatchers>>}', nodeQuery: 'b{<<.LabelMatchers>>}', podLabel: 'a-b' }), "ResourceMetric.fromQueries: podLabel: 'a-b' is not a label name"],
    ['an average over no time', () => ResourceMetric.cpu({ rateOver: Duration.seconds(0) }), 'ResourceMetric.cpu: rateOver is zero'],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
