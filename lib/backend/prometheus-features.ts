import { atLeast } from '../kubernetes/images';
import { didYouMean } from '../text';

/** The features of `--enable-feature` of Prometheus 3.0 to 3.13, with the first version that has each, as `cmd/prometheus/main.go` reads them. */
const FEATURES: Readonly<Record<string, string>> = {
  'auto-reload-config': '3.0',
  'concurrent-rule-eval': '3.0',
  'created-timestamp-zero-ingestion': '3.0',
  'delayed-compaction': '3.0',
  'exemplar-storage': '3.0',
  'extra-scrape-metrics': '3.0',
  'fast-startup': '3.11',
  'memory-snapshot-on-shutdown': '3.0',
  'metadata-wal-records': '3.0',
  'native-histograms': '3.0',
  'old-ui': '3.0',
  'ooo-native-histograms': '3.0',
  'otlp-deltatocumulative': '3.2',
  'otlp-native-delta-ingestion': '3.4',
  'promql-binop-fill-modifiers': '3.10',
  'promql-delayed-name-removal': '3.0',
  'promql-duration-expr': '3.4',
  'promql-experimental-functions': '3.0',
  'promql-extended-range-selectors': '3.7',
  'promql-per-step-stats': '3.0',
  'search-api': '3.13',
  'st-storage': '3.10',
  'st-synthesis': '3.12',
  'type-and-unit-labels': '3.5',
  'use-start-timestamps': '3.12',
  'use-uncached-io': '3.5',
  'xor2-encoding': '3.11',
};

/** Throws unless this version of Prometheus has the feature; it would only log that it knows none of the name. A newer Prometheus may have more. */
export function checkFeature(where: string, feature: string, version: string): void {
  const since = Object.entries(FEATURES).find(([name]) => name === feature)?.[1];
  if (since === undefined && !atLeast(version, '3.14')) {
    throw new Error(`${where}: Prometheus ${version} has no feature '${feature}'${didYouMean(feature, Object.keys(FEATURES))}; see its page on feature flags`);
  }
  if (since !== undefined && !atLeast(version, since)) {
    throw new Error(`${where}: Prometheus ${version} has no feature '${feature}', which is there since ${since}; choose a newer image`);
  }
}
