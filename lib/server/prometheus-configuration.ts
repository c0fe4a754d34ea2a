import { httpClientConfig } from './http-client-config';
import { RULES_DIR } from './paths';
import { ScrapeFiles } from './scrape-files';
import { PrometheusSettings } from '../backend/prometheus-settings';
import { keepAll, literal, meta, step } from '../backend/relabel-steps';
import { Data, defined, some } from '../data';
import { IAlertmanager, RemoteWrite, Scheme } from '../monitoring';
import { alertmanagerClient } from '../monitoring/alertmanager';
import { promDuration, promSize } from '../units';

const REPLICA = 'prometheus_replica';

/** What goes into `prometheus.yml`. */
export interface ConfigurationParts {
  readonly settings: PrometheusSettings;
  /** `namespace/name` of the Prometheus. */
  readonly identity: string;
  readonly scrapes: ScrapeFiles;
  readonly alertmanagers: readonly IAlertmanager[];
  readonly remoteWrites: readonly RemoteWrite[];
}

/** `prometheus.yml` as data. */
export function prometheusConfiguration(parts: ConfigurationParts): Data {
  const { settings, scrapes, alertmanagers, remoteWrites } = parts;
  const { props, agent } = settings;
  return defined({
    global: defined({
      scrape_interval: promDuration(settings.scrapeInterval),
      scrape_timeout: promDuration(settings.scrapeTimeout),
      evaluation_interval: promDuration(settings.evaluationInterval),
      scrape_native_histograms: props.nativeHistograms && settings.knows('3.8') ? true : undefined,
      external_labels: defined({
        ...escaped(props.cluster === undefined ? {} : { cluster: props.cluster }),
        prometheus: parts.identity,
        [REPLICA]: settings.isPair ? '${POD_NAME}' : undefined,
        ...escaped(props.externalLabels ?? {}),
      }),
    }),
    rule_files: agent ? undefined : [`${RULES_DIR}/*.yaml`],
    alerting: alertmanagers.length === 0 ? undefined : defined({
      // Both replicas send the same alert, so that Alertmanager sees one.
      alert_relabel_configs: settings.isPair ? [{ action: 'labeldrop', regex: REPLICA }] : undefined,
      alertmanagers: alertmanagers.map(alertmanagerConfig),
    }),
    scrape_configs: scrapes.inline,
    scrape_config_files: scrapes.pattern === undefined ? undefined : [scrapes.pattern],
    remote_write: some(remoteWrites.map(remoteWriteConfig)),
    storage: storageConfig(settings),
  });
}

/** Prometheus expands `$NAME` in external labels. */
function escaped(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([label, value]) => [label, value.replace(/\$/g, '$$$$')]));
}

function storageConfig(settings: PrometheusSettings): Data | undefined {
  const { props, agent, retention, retentionSize } = settings;
  const tsdb = defined({
    out_of_order_time_window: promDuration(props.outOfOrderTimeWindow),
    retention: agent || settings.retentionByFlag
      ? undefined
      : defined({ time: promDuration(retention), size: promSize(retentionSize) }),
  });
  const storage = defined({
    tsdb: Object.keys(tsdb).length === 0 ? undefined : tsdb,
    exemplars: props.maxExemplars === undefined ? undefined : { max_exemplars: props.maxExemplars },
  });
  return Object.keys(storage).length === 0 ? undefined : storage;
}

function alertmanagerConfig(alertmanager: IAlertmanager): Data {
  return defined({
    scheme: alertmanager.scheme === Scheme.HTTP ? undefined : alertmanager.scheme,
    path_prefix: alertmanager.pathPrefix === '/' ? undefined : alertmanager.pathPrefix,
    api_version: 'v2',
    ...httpClientConfig(alertmanagerClient(alertmanager)),
    kubernetes_sd_configs: [{ role: 'endpointslice', namespaces: { names: [alertmanager.namespace] } }],
    relabel_configs: keepAll([[meta('service_name'), literal(alertmanager.serviceName)], [meta('endpointslice_port_name'), literal(alertmanager.portName)]]),
  });
}

function remoteWriteConfig(target: RemoteWrite): Data {
  const { name, protocol, timeout, headers, relabelings, sendExemplars, sendNativeHistograms, queue } = target._props;
  return defined({
    url: target.url,
    name,
    protobuf_message: protocol,
    remote_timeout: promDuration(timeout),
    headers: Object.keys(headers ?? {}).length === 0 ? undefined : headers,
    write_relabel_configs: some((relabelings ?? []).map(step)),
    send_exemplars: sendExemplars,
    send_native_histograms: sendNativeHistograms,
    ...httpClientConfig(target._client),
    queue_config: queue === undefined ? undefined : defined({
      capacity: queue.capacity,
      max_shards: queue.maxShards,
      min_shards: queue.minShards,
      max_samples_per_send: queue.maxSamplesPerSend,
      batch_send_deadline: promDuration(queue.batchSendDeadline),
      min_backoff: promDuration(queue.minBackoff),
      max_backoff: promDuration(queue.maxBackoff),
      retry_on_http_429: queue.retryOnHttp429,
      sample_age_limit: promDuration(queue.sampleAgeLimit),
    }),
  });
}
