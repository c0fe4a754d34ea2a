import { sinkGatewayThresholds } from '../lib/components/sink-gateway/sink-gateway-thresholds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { dashed, stat, timeSeries } from './grafana/panels';
import { processes } from './programs';
import { alertsFiring, ofSeries, quantile, quantiles, rate, series, targetsUp, toPod, toRemoteWrite } from './queries';

const at = limits(sinkGatewayThresholds());
const ALERTS = 'alertname=~"SinkGateway.+"';
const matchers = series('sink-gateway', 'instance=~"$instance"');
const flow = (counter: string, more: string = '') => rate(`${counter}{${matchers}${more}}`);
const received = flow('input_received');
const answered = flow('input_latency_ns_count');
/** The buffer of a gateway's sink; the gateway has one for its own metrics too. */
const ofBuffer = `${matchers}, alias="sink"`;
const byGateway = { legend: '{{namespace}}/{{service}}' };
const steps = ', path=~"root[.]pipeline[.]processors[.]0[.]try[.][0-9]+"';

export default dashboard({
  uid: 'sink-gateway',
  title: 'Monitoring / Sink gateways',
  description: 'Samples that gateways deliver to Kafka and other sinks: whether they arrive, how fast, and what fails.',
  topic: 'monitoring',
  jobs: ['sink-gateway'],
  variables: [labelVariable('instance', 'Instance', `up{${series('sink-gateway')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('sink-gateway', 'Gateways', 'instance=~"$instance"'),
      stat('Not delivered', {
        description: 'Share of the requests of Prometheus whose samples the sink did not get in time, of the gateway with the most. Prometheus keeps them for about two hours.',
        unit: 'percent', min: 0, max: 100, decimals: 1, thresholds: [at('failedPercent', 'red')], noValue: 'none sent', links: [toRemoteWrite],
        query: `max(100 * (1 - sum by (cluster, namespace, service) (${answered}) / (sum by (cluster, namespace, service) (${received}) > 0)))`,
      }),
      stat('Delivery time', {
        description: 'Time that nine in ten requests take until the sink has their samples, of the slowest gateway. Prometheus gives up a request after a minute.',
        unit: 's', min: 0, decimals: 2, thresholds: [at('deliverySeconds', 'orange')], noValue: 'none sent',
        query: `max(${quantile(0.9, 'input_latency_ns', matchers, 'cluster, namespace, service')})`,
      }),
      stat('Samples rejected', {
        description: 'Samples per second that sinks reject for good and gateways drop. Any is a loss.', unit: 'cps', min: 0, thresholds: [step(0.01, 'orange')],
        query: `sum(${flow('sink_samples_rejected')})`, noValue: 'none',
      }),
      stat('Requests', { description: 'Requests of Prometheus per second, of at most 2000 samples each.', unit: 'reqps', min: 0, query: `sum(${received})` }),
      alertsFiring(ALERTS),
    ),
    row(
      'Delivery',
      timeSeries('Requests by gateway', {
        description: 'Requests per second that are delivered, and those that Prometheus sends, which are dashed. Apart: the sink is away, slow, or rejects the gateway.', unit: 'reqps', min: 0,
        overrides: [dashed(/^sent/)], links: [toRemoteWrite],
        queries: [
          { expr: `topk(20, sum by (namespace, service) (${answered}))`, ...byGateway },
          { expr: `topk(20, sum by (namespace, service) (${received}))`, legend: 'sent to {{namespace}}/{{service}}' },
        ],
      }),
      timeSeries('Delivery time of requests', {
        description: 'Time until the sink has the samples of a request. Above some seconds Prometheus falls behind.', unit: 's', min: 0, queries: quantiles('input_latency_ns', matchers),
      }),
      timeSeries('Failed steps', {
        description: 'Failures per second: of a step of the gateway, such as the mapping, of Kafka, and answers of other sinks by 4xx and 5xx. The log has the reason.', unit: 'ops', min: 0,
        queries: [
          { expr: `topk(20, sum by (namespace, service, path) (${flow('processor_error', steps)}))`, legend: '{{service}} {{path}}' },
          { expr: `topk(20, sum by (namespace, service) (${flow('output_error')}))`, legend: '{{service}} output' },
          { expr: `topk(20, sum by (namespace, service) (${flow('http_request_code_4xx')}))`, legend: '{{service}} 4xx' },
          { expr: `topk(20, sum by (namespace, service) (${flow('http_request_code_5xx')}))`, legend: '{{service}} 5xx' },
        ],
      }),
      timeSeries('Samples rejected by gateway', {
        description: 'Samples per second that a sink rejects for good and the gateway drops. The log has the reason.', unit: 'cps', min: 0,
        queries: [{ expr: `topk(20, sum by (namespace, service) (${flow('sink_samples_rejected')}))`, ...byGateway }],
      }),
    ),
    collapsed(
      'Buffers of gateways that acknowledge at once',
      timeSeries('Buffer in use', {
        description: 'Share of the memory buffer that samples wait in, by Pod. It fills while the sink is away or slower than the samples come; what a full one drops is lost.',
        unit: 'percent', min: 0, max: 100, thresholds: [at('bufferPercent', 'orange')],
        queries: [{ expr: `topk(20, 100 * internal_write_buffer_size{${ofBuffer}} / internal_write_buffer_limit{${ofBuffer}})`, legend: '{{namespace}}/{{pod}}' }],
      }),
      timeSeries('Samples by gateway', {
        description: 'Samples per second that come, which are dashed, and that the sink has. Apart: the sink is away or slow.', unit: 'cps', min: 0, overrides: [dashed(/^sent/)],
        queries: [
          { expr: `topk(20, sum by (namespace, service) (${rate(`internal_write_metrics_written{${ofBuffer}}`)}))`, ...byGateway },
          { expr: `topk(20, sum by (namespace, service) (${rate(`internal_write_metrics_added{${ofBuffer}}`)}))`, legend: 'sent to {{namespace}}/{{service}}' },
        ],
      }),
      timeSeries('Samples lost', {
        description: 'Samples per second that a full buffer drops, and that the sink rejects for good. Any is a loss. What waited in a gateway that has ended is not among them.', unit: 'cps', min: 0,
        queries: [
          { expr: `topk(20, sum by (namespace, service) (${rate(`internal_write_metrics_dropped{${ofBuffer}}`)}))`, legend: '{{namespace}}/{{service}} dropped' },
          { expr: `topk(20, sum by (namespace, service) (${rate(`internal_write_metrics_rejected{${ofBuffer}}`)}))`, legend: '{{namespace}}/{{service}} rejected' },
        ],
      }),
      timeSeries('Failures to connect', {
        description: 'Attempts per second to reach the sink for the first time that fail: it is away, or rejects the password or the certificate.', unit: 'ops', min: 0,
        queries: [{ expr: `topk(20, sum by (namespace, service) (${rate(`internal_write_startup_errors{${ofBuffer}}`)}))`, ...byGateway }],
      }),
    ),
    collapsed(
      'Steps',
      timeSeries('Time by step', {
        width: 24,
        description: 'Seconds per second that requests spend in each step of the gateways. Decoding and mapping are CPU, the rest is the sink.', unit: 'short', min: 0, stacked: true,
        queries: [
          { expr: `topk(20, sum by (path) (${flow('processor_latency_ns_sum', steps)}))`, legend: '{{path}}' },
          { expr: `sum(${flow('output_latency_ns_sum')})`, legend: 'output' },
        ],
      }),
    ),
    processes({ matchers, by: 'namespace, pod', legend: '{{namespace}}/{{pod}}', links: [toPod(ofSeries('namespace'), ofSeries('pod'))] }),
  ],
});
