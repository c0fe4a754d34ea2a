import { configDir } from '../kubernetes/mount-paths';

/** Folder of `prometheus.yml`. */
export const CONFIG_DIR = configDir('prometheus');
/** Folder of the rule files. */
export const RULES_DIR = '/etc/prometheus/rules';
/** Folder of the database. */
export const DATA_DIR = '/prometheus';
