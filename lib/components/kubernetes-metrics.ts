/**
 * What every program of Kubernetes exposes and nobody asks for: the state of some 240 feature gates, and buckets of sizes, of throttling
 * and of the Go runtime. Sums and counts stay.
 */
export const PLUMBING: readonly string[] = [
  'kubernetes_feature_enabled',
  'rest_client_(exec_plugin_certificate_rotation_age|rate_limiter_duration_seconds|request_size_bytes|response_size_bytes)_bucket',
  '(workqueue_work_duration|informer_processing_latency)_seconds_bucket',
  'go_.+_bucket',
  '(authentication|authorization)_duration_seconds_bucket',
  'apiserver_storage_data_key_generation_duration_seconds_bucket',
];
