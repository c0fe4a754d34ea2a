import { CONFIG_DIR, DATA_DIR } from './paths';
import { webFilePath } from './web-files';
import { optionFlags } from '../backend/prometheus-options';
import { PrometheusSettings } from '../backend/prometheus-settings';
import { uploadFlags } from '../backend/thanos-uploads';
import { flagArgs } from '../kubernetes/flags';

/** Beginnings of flags, in the order in which `--help` lists them. */
const HELP_ORDER = ['config.', 'web.config.', 'web.external-', 'web.', 'storage.', 'query.', 'enable-', 'agent', ''];

function rank([name]: readonly [flag: string, value: string | undefined]): number {
  return HELP_ORDER.findIndex((beginning) => name.startsWith(beginning));
}

/** The flags, in the order in which `--help` lists them. */
export function prometheusFlags(settings: PrometheusSettings): string[] {
  const { props, agent } = settings;
  const flags: Array<readonly [string, string | undefined]> = [
    ['config.file', `${CONFIG_DIR}/prometheus.yml`],
    ['config.auto-reload', settings.hasPassword ? '' : undefined],
    ['web.config.file', webFilePath(props.web, 'prometheus')],
    ['web.enable-lifecycle', ''],
    [agent ? 'storage.agent.path' : 'storage.tsdb.path', DATA_DIR],
    ['agent', agent ? '' : undefined],
    ...optionFlags(settings),
    ...uploadFlags(settings, DATA_DIR),
  ];
  const given = flags.sort((a, b) => rank(a) - rank(b)).filter((flag): flag is [string, string] => flag[1] !== undefined);
  return flagArgs(Object.fromEntries([...given, ...Object.entries(props.extraFlags ?? {})]));
}
