import { PlainMap, spell, Spelling, WireMap } from './data';
import { fileSpelling } from './file-spelling';

/** Keys that the custom resources do not spell as Prometheus's configuration does, in camel case. */
const KEYS: { readonly [key: string]: string } = {
  interval: 'scrape_interval',
  path: 'metrics_path',
  relabelings: 'relabel_configs',
  metricRelabelings: 'metric_relabel_configs',
  scrapeClassicHistograms: 'always_scrape_classic_histograms',
  convertClassicHistogramsToNHCB: 'convert_classic_histograms_to_nhcb',
  messageVersion: 'protobuf_message',
  retryOnRateLimit: 'retry_on_http_429',
  azureAd: 'azuread',
  useFipsstsEndpoint: 'use_fips_sts_endpoint',
};

/** Values that the custom resources do not spell as Prometheus's configuration does, by key. */
const TEXTS: { readonly [key: string]: (text: string) => string } = {
  role: (role) => role.toLowerCase(),
  messageVersion: (version) => (version === 'V1.0' ? 'prometheus.WriteRequest' : 'io.prometheus.write.v2.Request'),
};

const files = fileSpelling('prometheus');

const spelling: Spelling = {
  key: (key) => KEYS[key] ?? files.key(key),
  leaf: files.leaf,
  text: (key, text) => TEXTS[key]?.(text) ?? text,
};

/**
 * Settings of the wire form as Prometheus's configuration spells them, those of several mappings in one.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function prometheusSpelling(...settings: WireMap[]): PlainMap {
  const plain: PlainMap = {};
  settings.forEach((some) => spell(some, spelling, plain));
  return plain;
}
