import { thanosReceiveThresholds } from '../lib/components/thanos/thanos-thresholds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { alertsFiring, ofSeries, quantile, rate, series, targetsUp, toPod } from './queries';
import { bucket, chosenPods, grpcServer, percent, thanosProcesses, toQuery } from './thanos';

const at = limits(thanosReceiveThresholds());
const ALERTS = 'alertname=~"ThanosReceive.+"';
const chosen = chosenPods('thanos-receive');
const WRITES = `${chosen}, handler="receive"`;
const writes = (more: string = '') => `sum(${rate(`http_request_duration_seconds_count{${WRITES}${more}}`)})`;
const own = (counter: string, more: string = '') => rate(`thanos_receive_${counter}{${chosen}${more}}`);
const mostOf = (vector: string) => ({ expr: `topk(20, ${vector})`, legend: '{{namespace}}/{{pod}}' });
const links = [toPod(ofSeries('namespace'), ofSeries('pod'))];

export default dashboard({
  uid: 'thanos-receive',
  title: 'Monitoring / Thanos Receive',
  description: 'Samples that Prometheus writes to Thanos: whether they are stored, by how many replicas, and how many series there are.',
  topic: 'monitoring',
  jobs: ['thanos-receive'],
  variables: [labelVariable('pod', 'Pod', `thanos_receive_replication_factor{${series('thanos-receive')}}`, true)],
  alerts: ALERTS,
  related: [toQuery],
  rows: [
    top(
      targetsUp('thanos-receive', 'Receivers', 'pod=~"$pod"'),
      stat('Failed writes', {
        description: 'Share of the remote writes that are answered by an error of the server. Prometheus tries them again for about two hours.', ...percent, decimals: 1,
        thresholds: [at('httpErrorPercent', 'red')], noValue: 'none sent', query: `100 * (${writes(', code=~"5.."')} or vector(0)) / (${writes()} > 0)`,
      }),
      stat('Failed forwards', {
        description: 'Share of the requests to other replicas that fail. Samples have fewer copies then, or are refused.', ...percent, decimals: 1,
        thresholds: [at('forwardErrorPercent', 'orange')], noValue: 'none sent',
        query: `100 * sum(${own('forward_requests_total', ', result="error"')}) / (sum(${own('forward_requests_total')}) > 0)`,
      }),
      stat('Samples', { description: 'Samples a second that are stored, copies included.', unit: 'cps', min: 0, query: `sum(${own('write_samples_sum', ', code="200"')})` }),
      stat('Active series', {
        description: 'Series that are in memory, of all replicas and tenants, copies included.', unit: 'short', min: 0, query: `sum(prometheus_tsdb_head_series{${chosen}})`,
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Writes',
      timeSeries('Writes by code', {
        description: 'Remote writes a second, by code. 409 are samples that are older than others of their series, 5xx are tried again.', unit: 'reqps', stacked: true,
        queries: [{ expr: `sum by (code) (${rate(`http_request_duration_seconds_count{${WRITES}}`)})`, legend: '{{code}}' }],
      }),
      timeSeries('Time of writes', {
        description: 'Time of a remote write, 99th percentile, of the twenty slowest receivers.', unit: 's', links,
        queries: [mostOf(quantile(0.99, 'http_request_duration_seconds', WRITES, 'namespace, pod'))],
      }),
      timeSeries('Samples by tenant', {
        description: 'Samples a second that are stored, of the twenty tenants with the most, copies included.', unit: 'cps',
        queries: [{ expr: `topk(20, sum by (tenant) (${own('write_samples_sum', ', code="200"')}))`, legend: '{{tenant}}' }],
      }),
      timeSeries('Requests to other replicas', {
        description: 'Requests a second by which receivers send samples to each other, by result.', unit: 'reqps', stacked: true,
        queries: ['success', 'error'].map((result) => ({ expr: `sum(${own('forward_requests_total', `, result="${result}"`)})`, legend: result })),
      }),
    ),
    row(
      'Series',
      timeSeries('Series by tenant', {
        description: 'Series in memory, of the twenty tenants with the most, copies included.', unit: 'short',
        queries: [{ expr: `topk(20, sum by (tenant) (prometheus_tsdb_head_series{${chosen}}))`, legend: '{{tenant}}' }],
      }),
      timeSeries('Series by receiver', {
        description: 'Series in memory, of the twenty receivers with the most. They should be alike.', unit: 'short', links,
        queries: [mostOf(`sum by (namespace, pod) (prometheus_tsdb_head_series{${chosen}})`)],
      }),
    ),
    row('Queries', ...grpcServer(chosen)),
    collapsed(
      'Bucket',
      ...bucket(chosen),
      timeSeries('Blocks uploaded', {
        description: 'Blocks that reached the bucket. Each receiver makes one every two hours for each tenant.', unit: 'short', bars: true, width: 24, links,
        queries: [mostOf(`sum by (namespace, pod) (increase(thanos_shipper_uploads_total{${chosen}}[$__rate_interval]))`)],
      }),
    ),
    thanosProcesses(chosen),
  ],
});
