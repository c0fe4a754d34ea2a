import { SCRAPE_CONFIG_KEYS } from '../../generated/prometheus';
import { isJsonMap, JsonMap } from '../../json';
import { atLeast } from '../../kubernetes/images';
import { regexProblem } from '../../regex';
import { didYouMean, nearest, quoteList } from '../../text';
import { parsePromDuration } from '../../units';
import { showPath, toWireMap, visitTexts } from '../../wire/data';

/** Keys of a whole configuration, of which a job is one part. */
const WHOLE = [
  'global', 'scrape_configs', 'scrape_config_files', 'rule_files', 'alerting', 'remote_write', 'remote_read', 'storage', 'tracing', 'otlp', 'runtime',
];
const DURATIONS = ['scrape_interval', 'scrape_timeout'];
const RELABELING = ['source_labels', 'separator', 'target_label', 'regex', 'modulus', 'replacement', 'action'];
const ACTIONS = ['replace', 'keep', 'drop', 'keepequal', 'dropequal', 'hashmod', 'labelmap', 'labeldrop', 'labelkeep', 'lowercase', 'uppercase'];
const ROLES = ['node', 'pod', 'service', 'endpoints', 'endpointslice', 'ingress'];
/** Settings that hold a secret, at any depth; each has a twin that names a file. */
const SECRETS = ['password', 'credentials', 'bearer_token', 'client_secret', 'secret_key'];

/** Throws on what Prometheus would refuse, and with it the configuration of every other job, and on secrets that the manifest would show. */
export function checkRawConfig(where: string, config: JsonMap): void {
  const whole = Object.keys(config).find((key) => WHOLE.includes(key));
  if (whole !== undefined) {
    throw new Error(`${where}: '${whole}' is a key of a whole configuration, and this is one job of it; give one item of 'scrape_configs'`);
  }
  Object.keys(config).filter((key) => !Object.hasOwn(SCRAPE_CONFIG_KEYS, key) && !key.endsWith('_sd_configs')).forEach((key) => {
    const near = nearest(key, Object.keys(SCRAPE_CONFIG_KEYS));
    if (near !== undefined) {
      throw new Error(`${where}: a scrape_config has no key '${key}', for which Prometheus would refuse the configuration of all jobs; did you mean '${near}'?`);
    }
  });
  toWireMap(config, where);
  DURATIONS.forEach((key) => checkDuration(`${where}: ${key}`, config[key]));
  Object.keys(config).filter((key) => key.endsWith('_configs')).forEach((key) => checkList(`${where}: ${key}`, config[key]));
  ['relabel_configs', 'metric_relabel_configs'].forEach((key) => itemsOf(config[key]).forEach((step, i) => checkStep(`${where}: ${key}[${i}]`, step)));
  itemsOf(config.kubernetes_sd_configs).forEach(({ role }, i) => {
    if (typeof role !== 'string' || !ROLES.includes(role.toLowerCase())) {
      throw new Error(`${where}: kubernetes_sd_configs[${i}].role: '${String(role)}' is not a role${didYouMean(String(role), ROLES) || ';'} use ${quoteList(ROLES)}`);
    }
  });
  checkNoSecrets(where, config);
}

function itemsOf(value: unknown): readonly JsonMap[] {
  return Array.isArray(value) ? value.filter(isJsonMap) : [];
}

function checkDuration(where: string, value: unknown): void {
  if (value !== undefined && value !== null && (typeof value !== 'string' || parsePromDuration(value) === undefined)) {
    throw new Error(`${where}: ${typeof value === 'string' ? `'${value}'` : JSON.stringify(value)} is not a duration; write it with its unit, as '${typeof value === 'number' ? value : 30}s'`);
  }
}

function checkList(where: string, value: unknown): void {
  if (value !== undefined && value !== null && !Array.isArray(value)) {
    throw new Error(`${where}: a ${isJsonMap(value) ? 'mapping' : typeof value} is not a list; write it as a list, [{ … }]`);
  }
}

/** Throws on a relabeling step that is none. */
function checkStep(where: string, step: JsonMap): void {
  const unknown = Object.keys(step).find((key) => !RELABELING.includes(key));
  if (unknown !== undefined) {
    throw new Error(`${where}: a relabeling has no key '${unknown}'${didYouMean(unknown, RELABELING) || ';'} use ${quoteList(RELABELING)}`);
  }
  const { action, regex } = step;
  if (action !== undefined && (typeof action !== 'string' || !ACTIONS.includes(action.toLowerCase()))) {
    const got = typeof action === 'string' ? action : JSON.stringify(action);
    throw new Error(`${where}.action: '${got}' is not an action${didYouMean(got, ACTIONS) || ';'} use ${quoteList(ACTIONS)}`);
  }
  const problem = typeof regex === 'string' ? regexProblem(regex) : undefined;
  if (problem !== undefined) {
    throw new Error(`${where}.regex: '${String(regex)}' is not a regular expression (RE2): ${problem}; put a backslash before characters that stand for themselves`);
  }
}

function checkNoSecrets(where: string, config: JsonMap): void {
  visitTexts(config, (text, path) => {
    const key = path[path.length - 1];
    if (text !== '' && SECRETS.includes(key)) {
      throw new Error(`${where}: '${showPath(path)}' holds a secret, which the manifest would show; put it into a Secret that is mounted, and name its file by '${key}_file'`);
    }
    if (/^https?:\/\/[^/\s@:]*:[^/\s@]+@/.test(text)) {
      throw new Error(`${where}: '${showPath(path)}' is a URL with a password, which the manifest would show; give it by 'basic_auth' with 'password_file'`);
    }
  });
}

/** Throws when a key came with a later Prometheus than the one that is to read it. */
export function checkRawVersion(where: string, config: JsonMap, version: string): void {
  Object.keys(config).filter((key) => Object.hasOwn(SCRAPE_CONFIG_KEYS, key)).forEach((key) => {
    const { since } = SCRAPE_CONFIG_KEYS[key];
    if (since !== undefined && !atLeast(version, since)) {
      throw new Error(`${where}: '${key}' of a scrape_config is there since Prometheus ${since}, and this one is ${version}; choose a newer image`);
    }
  });
}
