import { Duration } from 'cdk8s';
import { Relabeling, RemoteRead, ScrapeLimits, TlsClient } from '../monitoring';

/** Names of metrics and labels that Prometheus makes of those of OTLP. */
export enum OtlpTranslation {
  /** `_` for other characters than letters and digits, and suffixes for unit and type. */
  UNDERSCORES_WITH_SUFFIXES = 'UnderscoreEscapingWithSuffixes',
  /** `_` for other characters than letters and digits. Needs Prometheus 3.6. */
  UNDERSCORES_WITHOUT_SUFFIXES = 'UnderscoreEscapingWithoutSuffixes',
  /** Names as they are, with suffixes for unit and type. */
  UTF8_WITH_SUFFIXES = 'NoUTF8EscapingWithSuffixes',
  /** Names as they are. Needs Prometheus 3.4. */
  NONE = 'NoTranslation',
}

/**
 * Metrics that are received by OTLP.
 * @see https://prometheus.io/docs/guides/opentelemetry/
 */
export interface OtlpOptions {
  /**
   * Resource attributes that become labels, such as `k8s.namespace.name`. Excludes `promoteAllResourceAttributes`.
   * @default - none: they are labels of `target_info`
   */
  readonly promoteResourceAttributes?: string[];
  /**
   * Whether all resource attributes become labels. Needs Prometheus 3.5.
   * @default false
   */
  readonly promoteAllResourceAttributes?: boolean;
  /**
   * Resource attributes that do not become labels, with `promoteAllResourceAttributes`. Needs Prometheus 3.5.
   * @default - none
   */
  readonly ignoreResourceAttributes?: string[];
  /**
   * Whether `target_info` keeps the attributes of which `job` and `instance` are made. Needs Prometheus 3.1.
   * @default false
   */
  readonly keepIdentifyingResourceAttributes?: boolean;
  /**
   * Whether name, version and attributes of the scope become labels. Needs Prometheus 3.6.
   * @default false
   */
  readonly promoteScopeMetadata?: boolean;
  /**
   * Whether histograms with explicit buckets are stored as native ones with custom buckets. Needs Prometheus 3.4.
   * @default false
   */
  readonly convertHistogramsToNhcb?: boolean;
  /**
   * Translation of names.
   * @default OtlpTranslation.UNDERSCORES_WITH_SUFFIXES
   */
  readonly translation?: OtlpTranslation;
}

/** Protocol of traces. */
export enum TracingProtocol {
  /** OTLP by HTTP. */
  HTTP = 'http',
  /** OTLP by gRPC. */
  GRPC = 'grpc',
}

/**
 * Traces that Prometheus sends of itself.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#tracing_config
 */
export interface TracingOptions {
  /** `host:port` of the collector. */
  readonly endpoint: string;
  /**
   * Protocol.
   * @default TracingProtocol.GRPC
   */
  readonly protocol?: TracingProtocol;
  /**
   * Part of the requests that are traced, above 0 and up to 1. Requests that are traced already always are.
   * @default 1
   */
  readonly samplingFraction?: number;
  /**
   * TLS settings.
   * @default - TLS with the system's authorities, unless `insecure`
   */
  readonly tls?: TlsClient;
  /**
   * Whether traces are sent without TLS. Excludes `tls`.
   * @default false
   */
  readonly insecure?: boolean;
  /**
   * Headers of the requests. The configuration shows them, and Prometheus reads none from a file: one that holds a secret throws.
   * @default - none
   */
  readonly headers?: { readonly [name: string]: string };
  /**
   * Whether requests are compressed by gzip.
   * @default false
   */
  readonly gzip?: boolean;
  /**
   * Time after which a request is given up.
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;
}

/**
 * Names of metrics and labels that Prometheus accepts.
 * @see https://prometheus.io/docs/guides/utf8/
 */
export enum NameValidation {
  /** Any text in UTF-8. */
  UTF8 = 'UTF8',
  /** Letters, digits and `_`, in names of metrics `:` too, not a digit first. */
  LEGACY = 'Legacy',
}

/** Settings of the configuration of a Prometheus that few need. */
export interface PrometheusConfigurationProps {
  /**
   * Limits of scrape jobs that have none of their own.
   * @default - none
   */
  readonly scrapeLimits?: ScrapeLimits;
  /**
   * Names of metrics and labels that are accepted of targets.
   * @default NameValidation.UTF8
   */
  readonly nameValidation?: NameValidation;
  /**
   * Query offset of rule groups that have none of their own: rules are evaluated that far back in time, for samples that come late.
   * @default - none
   */
  readonly ruleQueryOffset?: Duration;
  /**
   * Relabelings of alerts before they are sent to any Alertmanager.
   * @default - none
   */
  readonly alertRelabelings?: Relabeling[];
  /**
   * Metrics that are received by OTLP; only with `otlpReceiver`.
   * @default - Prometheus's own
   */
  readonly otlp?: OtlpOptions;
  /**
   * Traces that Prometheus sends of itself.
   * @default - none
   */
  readonly tracing?: TracingOptions;
  /**
   * Remote stores from which queries read samples that are not here.
   * @default - none
   */
  readonly remoteReads?: RemoteRead[];
}
