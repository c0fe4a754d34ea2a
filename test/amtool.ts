import * as path from 'node:path';
import { inTempDir, writeFiles } from './files';
import { amtool, judge } from './tools';

const FILE = 'alertmanager.yaml';
/** Where Alertmanager has its configuration and its templates, with both backends. */
const FOLDER = '/etc/alertmanager/config';

/** The files of an Alertmanager: `alertmanager.yaml` and templates. */
interface ConfigurationFiles {
  readonly [file: string]: string;
}

function withFiles<T>(files: ConfigurationFiles, use: (file: string) => T): T {
  return inTempDir((dir) => {
    writeFiles(dir, { ...files, [FILE]: files[FILE].replaceAll(FOLDER, dir) });
    return use(path.join(dir, FILE));
  });
}

/** What amtool says of a configuration and its templates; throws when it refuses them. */
export function checkConfiguration(files: ConfigurationFiles): string {
  return withFiles(files, (file) => judge(amtool(), ['check-config', file], files[FILE]));
}

/** The receivers that amtool finds for an alert with these labels, in the order of the routes. */
export function receiversIn(files: ConfigurationFiles, labels: { readonly [label: string]: string }): string[] {
  const alert = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return withFiles(files, (file) => judge(amtool(), ['config', 'routes', 'test', `--config.file=${file}`, ...alert])).trim().split(',');
}
