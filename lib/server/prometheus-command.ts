import { CONFIG_DIR, DATA_DIR } from './paths';
import { optionFlags } from '../backend/prometheus-options';
import { PrometheusSettings } from '../backend/prometheus-settings';

/** The flags: those by which it is placed in its Pod, then those of its options. */
export function prometheusFlags(settings: PrometheusSettings): string[] {
  const { props, agent } = settings;
  const flags: Array<readonly [string, string | undefined]> = [
    ['config.file', `${CONFIG_DIR}/prometheus.yml`],
    ['config.auto-reload', settings.hasPassword ? '' : undefined],
    ['web.config.file', webConfigFile(settings)],
    ['web.enable-lifecycle', ''],
    [agent ? 'storage.agent.path' : 'storage.tsdb.path', DATA_DIR],
    ['agent', agent ? '' : undefined],
    ...optionFlags(settings),
    ...Object.entries(props.extraFlags ?? {}),
  ];
  return flags.flatMap(([name, value]) => (value === undefined ? [] : [value === '' ? `--${name}` : `--${name}=${value}`]));
}

function webConfigFile({ props: { web } }: PrometheusSettings): string | undefined {
  return web === undefined ? undefined : web._file?._file('prometheus') ?? `${CONFIG_DIR}/web.yml`;
}
