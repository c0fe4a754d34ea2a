import { prometheusSpelling } from '../wire/prometheus-spelling';
import { RuleFiles } from './rule-files';
import { ScrapeFiles } from './scrape-files';
import { tracingSettings, tracingTls } from '../backend/configuration-checks';
import { TracingOptions } from '../backend/prometheus-configuration-props';
import { externalLabels, optionSections } from '../backend/prometheus-options';
import { PrometheusSettings } from '../backend/prometheus-settings';
import { staticAlertmanager } from '../backend/static-alertmanager';
import { IAlertmanager, RemoteWrite } from '../monitoring';
import { alertmanagerClient, alertmanagerSettings, hasService } from '../monitoring/alertmanager';
import { REPLICA_LABEL } from '../monitoring/remote-write/replica-deduplication';
import { some } from '../wire/data';
import { keepAll, literalPattern, meta, RelabelStep } from '../wire/relabel-steps';

/** Parts of `prometheus.yml`. */
export interface ConfigurationParts {
  readonly settings: PrometheusSettings;
  /** `namespace/name` of the Prometheus. */
  readonly identity: string;
  readonly scrapes: ScrapeFiles;
  readonly rules: RuleFiles;
  readonly alertmanagers: readonly IAlertmanager[];
  readonly remoteWrites: readonly RemoteWrite[];
}

/** `prometheus.yml` as data. */
export function prometheusConfiguration(parts: ConfigurationParts): object {
  const { settings, scrapes, rules, alertmanagers, remoteWrites } = parts;
  const { global, ...sections } = optionSections(settings);
  const alertSteps = (settings.props.alertRelabelings ?? []).map((relabeling) => relabeling._step());
  const { cluster, ...others } = externalLabels(settings.props) ?? {};
  return {
    global: {
      ...global,
      external_labels: { cluster, prometheus: parts.identity, [REPLICA_LABEL]: settings.hasPeers ? '${POD_NAME}' : undefined, ...others },
    },
    rule_files: some(rules.patterns),
    alerting: alertmanagers.length === 0 ? undefined : {
      // Both replicas send the same alert, so that Alertmanager sees one.
      alert_relabel_configs: settings.hasPeers ? [{ action: 'labeldrop', regex: REPLICA_LABEL }] : undefined,
      alertmanagers: alertmanagers.map((alertmanager) => alertmanagerConfig(alertmanager, alertSteps)),
    },
    scrape_configs: scrapes.inline,
    scrape_config_files: some(scrapes.paths),
    tracing: tracingConfig(settings.props.tracing),
    remote_read: some((settings.props.remoteReads ?? []).map((store) => prometheusSpelling({ ...store._settings(), ...store._client }))),
    remote_write: some(remoteWrites.map((target) => remoteWriteConfig(target, settings.samplesPerSecond))),
    ...sections,
  };
}

function tracingConfig(tracing: TracingOptions | undefined): object | undefined {
  return tracing === undefined ? undefined : prometheusSpelling({
    ...tracingSettings(tracing), samplingFraction: tracing.samplingFraction ?? 1, ...tracingTls(tracing),
  });
}

function alertmanagerConfig(alertmanager: IAlertmanager, alertSteps: readonly RelabelStep[]): object {
  if (!hasService(alertmanager)) {
    return staticAlertmanager(alertmanager, alertSteps);
  }
  const { namespace, serviceName, portName } = alertmanager;
  return prometheusSpelling({
    ...alertmanagerSettings(alertmanager),
    ...alertmanagerClient(alertmanager),
    kubernetesSdConfigs: [{ role: 'EndpointSlice', namespaces: { names: [namespace] } }],
    alertRelabelConfigs: some(alertSteps),
    relabelings: keepAll([[meta('service_name'), literalPattern(serviceName)], [meta('endpointslice_port_name'), literalPattern(portName)]]),
  });
}

function remoteWriteConfig(target: RemoteWrite, samplesPerSecond: number | undefined): object {
  const { queueConfig, metadataConfig, ...settings } = target._settings(samplesPerSecond);
  return prometheusSpelling({ ...settings, ...target._client, ...target._cloudOfProgram, queueConfig, metadataConfig });
}
