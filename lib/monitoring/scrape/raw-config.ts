import { nearest } from '../../text';

/** The keys of a `scrape_config` that Prometheus 3.13 knows; there may be newer ones, and discoveries of other kinds. */
const KEYS = [
  'honor_labels', 'honor_timestamps', 'track_timestamps_staleness', 'params', 'scrape_interval', 'scrape_timeout', 'scrape_protocols',
  'fallback_scrape_protocol', 'scrape_native_histograms', 'always_scrape_classic_histograms', 'convert_classic_histograms_to_nhcb',
  'scrape_failure_log_file', 'metrics_path', 'scheme', 'enable_compression', 'body_size_limit', 'sample_limit', 'target_limit', 'label_limit',
  'label_name_length_limit', 'label_value_length_limit', 'native_histogram_bucket_limit', 'native_histogram_min_bucket_factor',
  'keep_dropped_targets', 'metric_name_validation_scheme', 'metric_name_escaping_scheme', 'extra_scrape_metrics', 'relabel_configs',
  'metric_relabel_configs', 'basic_auth', 'authorization', 'oauth2', 'bearer_token', 'bearer_token_file', 'tls_config', 'follow_redirects',
  'enable_http2', 'http_headers', 'proxy_url', 'no_proxy', 'proxy_from_environment', 'proxy_connect_header', 'static_configs',
  'kubernetes_sd_configs', 'file_sd_configs', 'dns_sd_configs', 'http_sd_configs',
];

/** Throws when a key is a slip of the pen: Prometheus would refuse the whole configuration, and with it every other job. */
export function checkRawConfig(where: string, config: { readonly [key: string]: unknown }): void {
  Object.keys(config).filter((key) => !KEYS.includes(key) && !key.endsWith('_sd_configs')).forEach((key) => {
    const near = nearest(key, KEYS);
    if (near !== undefined) {
      throw new Error(`${where}: a scrape_config has no key '${key}', for which Prometheus would refuse the configuration of all jobs; did you mean '${near}'?`);
    }
  });
}
