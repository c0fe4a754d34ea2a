import { configDir } from '../kubernetes/mount-paths';

export const CONFIG_DIR = configDir('prometheus');
export const RULES_DIR = '/etc/prometheus/rules';
export const DATA_DIR = '/prometheus';
