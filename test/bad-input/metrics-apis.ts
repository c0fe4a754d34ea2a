import { Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { Mistake, prometheus } from './support';
import {
  ApiServiceTls, Autoscaling, AutoscalingProps, CustomMetric, KubernetesMonitoring, MetricsServer, PrometheusAdapter, PrometheusAdapterOptions,
  ScalingMetric,
} from '../../lib';

const tls = ApiServiceTls.certManager();
const requests = CustomMetric.fromSeries({ series: 'http_requests_total' });

const adapter = (chart: Chart, options: Partial<PrometheusAdapterOptions> = { customMetrics: [requests] }) => (
  new PrometheusAdapter(chart, 'adapter', { tls, prometheus: prometheus(chart), ...options })
);

const scaler = (chart: Chart, props: Partial<AutoscalingProps>) => new Autoscaling(chart, 'scaler', {
  target: new Deployment(chart, 'web', { containers: [{ image: 'web', resources: {} }] }), maxReplicas: 3, metrics: [ScalingMetric.cpuUtilization(70)], ...props,
});

/** Mistakes about metrics APIs and autoscaling. */
export const METRICS_APIS: Mistake[] = [
  {
    mistake: 'two servers of resource metrics in a chart',
    place: 'shop/adapter', value: "'shop/metrics-server' serves metrics.k8s.io already", wayOut: "leave out MetricsServer, or 'resourceMetrics'",
    app: (chart) => {
      new MetricsServer(chart, 'metrics-server', { tls });
      adapter(chart, { resourceMetrics: {} });
    },
  },
  {
    mistake: 'two servers of resource metrics in charts of one cluster',
    place: 'shop/adapter', value: "'before-all/metrics-server' serves metrics.k8s.io already", wayOut: 'make an App of its own for charts of another cluster',
    app: (chart) => {
      new MetricsServer(new Chart(chart.node.root, 'before-all'), 'metrics-server', { tls });
      adapter(chart, { resourceMetrics: {} });
    },
  },
  {
    mistake: 'two servers of resource metrics in a stack',
    place: 'shop/stack/prometheus-adapter', value: "'shop/stack/metrics-server' serves metrics.k8s.io already", wayOut: 'leave out MetricsServer',
    app: (chart) => new KubernetesMonitoring(chart, 'stack', { metricsServer: { tls }, prometheusAdapter: { tls, resourceMetrics: {} } }),
  },
  {
    mistake: 'an adapter without a metric',
    place: 'shop/adapter', value: 'serves no metric', wayOut: "add one by 'resourceMetrics', 'customMetrics' or 'externalMetrics'",
    app: (chart) => adapter(chart, {}),
  },
  {
    mistake: 'a query of the adapter that selects everything',
    place: "CustomMetric.fromQuery('load')", value: "'sum(load)' has no <<.LabelMatchers>>", wayOut: "write it into the braces of the object's series",
    app: () => CustomMetric.fromQuery({ name: 'load', series: 'load', query: 'sum(load)' }),
  },
  {
    mistake: 'two metrics of one name in an adapter',
    place: 'shop/adapter', value: "custom metric 'http_requests_per_second' exists already", wayOut: "give one of the two another 'name'",
    app: (chart) => adapter(chart).addCustomMetric(CustomMetric.fromSeries({ series: 'http_requests_total{code="500"}' })),
  },
  {
    mistake: 'an autoscaler on a share of a request that is not made',
    place: 'shop/scaler', value: "containers 'main' of 'shop/web/Resource' have no cpu request", wayOut: "add a request, or set 'requestsByLimitRange'",
    app: (chart) => scaler(chart, {}),
  },
  {
    mistake: 'an autoscaler on a metric that nobody serves',
    place: 'shop/scaler', value: "metric 'http_requests_per_second' has no server", wayOut: "name a PrometheusAdapter by 'adapter'",
    app: (chart) => scaler(chart, { metrics: [ScalingMetric.perPod(requests, 10)] }),
  },
  {
    mistake: 'fewer replicas at most than at least',
    place: 'shop/scaler: maxReplicas', value: '3 is below minReplicas 5', wayOut: 'raise it',
    app: (chart) => scaler(chart, { minReplicas: 5 }),
  },
];
