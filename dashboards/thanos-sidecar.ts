import { thanosSidecarThresholds } from '../lib/components/thanos/thanos-thresholds';
import { dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { alertsFiring, ofSeries, rate, series, targetsUp, toPod, toPrometheus } from './queries';
import { bucket, chosenPods, failedShare, grpcServer, percent, thanosProcesses, toQuery } from './thanos';

const at = limits(thanosSidecarThresholds());
const ALERTS = 'alertname=~"ThanosSidecar.+"';
const chosen = chosenPods('thanos-sidecar');
const mostOf = (vector: string) => ({ expr: `topk(20, ${vector})`, legend: '{{namespace}}/{{pod}}' });
const links = [toPod(ofSeries('namespace'), ofSeries('pod'))];
const sinceUpload = `time() - (thanos_objstore_bucket_last_successful_upload_time{${chosen}} > 0)`;

export default dashboard({
  uid: 'thanos-sidecar',
  title: 'Monitoring / Thanos sidecar',
  description: 'Sidecars of Prometheus: whether their blocks reach the bucket, and whether Thanos Query gets the newest samples.',
  topic: 'monitoring',
  jobs: ['thanos-sidecar'],
  variables: [labelVariable('pod', 'Pod', `thanos_sidecar_prometheus_up{${series('thanos-sidecar')}}`, true)],
  alerts: ALERTS,
  related: [toQuery, toPrometheus],
  rows: [
    top(
      targetsUp('thanos-sidecar', 'Sidecars', 'pod=~"$pod"'),
      stat('Prometheus reached', {
        description: 'Share of the sidecars that reach their Prometheus. The others have nothing to answer with.', ...percent, base: 'red',
        thresholds: [step(50, 'orange'), step(100, 'green')], query: `100 * avg(thanos_sidecar_prometheus_up{${chosen}})`,
      }),
      stat('Last upload', {
        description: 'Time since the last block reached the bucket, of the sidecar with the oldest. Prometheus makes a block every two hours.', unit: 's', min: 0, decimals: 0,
        thresholds: [at('uploadAgeSeconds', 'red')], noValue: 'none yet', query: `max(${sinceUpload})`,
      }),
      stat('Failed uploads', {
        description: 'Uploads of blocks a second that fail. They are tried again until the local retention ends.', unit: 'ops', min: 0,
        thresholds: [step(0.001, 'orange')], query: `sum(${rate(`thanos_shipper_upload_failures_total{${chosen}}`)})`,
      }),
      stat('Failed requests', {
        description: 'Share of the requests of Thanos Query that fail. Its answers lack samples then.', ...percent, decimals: 1, thresholds: [step(1, 'orange')],
        noValue: 'none asked', query: failedShare('grpc_server_handled_total', chosen),
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Uploads',
      timeSeries('Blocks uploaded', {
        description: 'Blocks that reached the bucket. Each Prometheus makes one every two hours.', unit: 'short', bars: true, links,
        queries: [mostOf(`sum by (namespace, pod) (increase(thanos_shipper_uploads_total{${chosen}}[$__rate_interval]))`)],
      }),
      timeSeries('Age of the last upload', {
        description: 'Time since the last block reached the bucket. It falls to zero every two hours.', unit: 's', links, thresholds: [at('uploadAgeSeconds', 'red')],
        queries: [mostOf(`max by (namespace, pod) (${sinceUpload})`)],
      }),
      ...bucket(chosen),
    ),
    row('Queries', ...grpcServer(chosen)),
    row(
      'Prometheus',
      timeSeries('Prometheus out of reach', {
        description: 'Sidecars that do not reach their Prometheus. While it replays its write-ahead log that is expected.', unit: 'short', decimals: 0, width: 24, links,
        queries: [mostOf(`1 - min by (namespace, pod) (thanos_sidecar_prometheus_up{${chosen}})`)],
      }),
    ),
    thanosProcesses(chosen),
  ],
});
