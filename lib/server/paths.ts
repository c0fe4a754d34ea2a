export const CONFIG_DIR = '/etc/prometheus/config';
export const RULES_DIR = '/etc/prometheus/rules';
export const DATA_DIR = '/prometheus';
