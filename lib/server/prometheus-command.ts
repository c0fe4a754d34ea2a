import { CONFIG_DIR, DATA_DIR } from './paths';
import { LogLevel } from '../backend/prometheus-props';
import { PrometheusSettings } from '../backend/prometheus-settings';
import { promDuration, promSize } from '../units';

/** The flags, in the order in which `--help` lists them. */
export function prometheusFlags(settings: PrometheusSettings): string[] {
  const { props, agent } = settings;
  const { query } = props;
  const flags: Array<readonly [string, string | undefined]> = [
    ['config.file', `${CONFIG_DIR}/prometheus.yml`],
    ['config.auto-reload', settings.hasPassword ? '' : undefined],
    ['web.config.file', webConfigFile(settings)],
    ['web.external-url', settings.externalUrl],
    ['web.enable-lifecycle', ''],
    ['web.enable-remote-write-receiver', props.remoteWriteReceiver ? '' : undefined],
    ['web.enable-otlp-receiver', props.otlpReceiver ? '' : undefined],
    [agent ? 'storage.agent.path' : 'storage.tsdb.path', DATA_DIR],
    ['storage.tsdb.retention.time', settings.retentionByFlag ? promDuration(settings.retention) : undefined],
    ['storage.tsdb.retention.size', settings.retentionByFlag && settings.retentionSize !== undefined ? promSize(settings.retentionSize) : undefined],
    ['query.lookback-delta', query?.lookbackDelta === undefined ? undefined : promDuration(query.lookbackDelta)],
    ['query.timeout', query?.timeout === undefined ? undefined : promDuration(query.timeout)],
    ['query.max-concurrency', query?.maxConcurrency?.toString()],
    ['query.max-samples', query?.maxSamples?.toString()],
    ['enable-feature', settings.features.join(',') || undefined],
    ['agent', agent ? '' : undefined],
    ['log.level', props.logLevel === undefined || props.logLevel === LogLevel.INFO ? undefined : props.logLevel],
    ...Object.entries(props.extraFlags ?? {}),
  ];
  return flags.flatMap(([name, value]) => (value === undefined ? [] : [value === '' ? `--${name}` : `--${name}=${value}`]));
}

function webConfigFile({ props: { web } }: PrometheusSettings): string | undefined {
  return web === undefined ? undefined : web._file?._file('prometheus') ?? `${CONFIG_DIR}/web.yml`;
}
