import { MetricSelection } from '../../monitoring';
import { UNUSED_KUBERNETES_METRICS } from '../monitor-endpoints';

/**
 * The API server's buckets grow with every resource and verb: more than half of all series of a cluster. What stays are the latencies
 * that objectives are set on (`apiserver_request_sli_duration_seconds`), at half of their bounds, and sums and counts of everything.
 */
export const APISERVER_METRICS = MetricSelection.drop(
  ...UNUSED_KUBERNETES_METRICS,
  '(etcd_request|apiserver_request|apiserver_watch_list|apiserver_watch_cache_read_wait|apiserver_request_filter)(_duration)?_seconds_bucket',
  'apiserver_(request_body_size_bytes|response_sizes|watch_events_sizes|request_timestamp_comparison_time)_bucket',
  'apiserver_admission_(controller|step)_admission_duration_seconds_bucket',
  'apiserver_(flowcontrol|cel|storage|encryption)_.+_bucket',
  '(apiextensions_apiserver|field_validation|kube_apiserver|node_authorizer|authentication_token_cache|etcd_lease)_.+_bucket',
).and(MetricSelection.dropByLabels({
  __name__: 'apiserver_request_sli_duration_seconds_bucket',
  le: '(0\\.8|1\\.25|1\\.5|3|4|6|8|15|20|45)(\\.0)?',
}));
