import { azureFault, azureIdentityFault, sigV4Fault } from './cloud-rules';
import { discoveryRules } from './discovery-rules';
import { relabelingFault } from './relabeling-rules';
import { clientFault, headersFault, tlsFault } from '../../client-rules';
import { prometheusConditions, prometheusSettings } from '../../generated/prometheus-settings';
import { JsonMap, jsonMaps, printed } from '../../json';
import { SettingFault, SettingSchema } from '../../settings';
import { parsePromDuration } from '../../units';
import { SettingTypes } from '../../upstream';

function milliseconds(value: unknown): number | undefined {
  return typeof value === 'string' ? parsePromDuration(value)?.toMilliseconds() : undefined;
}

/** A scrape has to end before the next begins. */
function timesFault({ scrape_interval: interval, scrape_timeout: timeout }: JsonMap): SettingFault | undefined {
  const [every, longest] = [milliseconds(interval), milliseconds(timeout)];
  return every !== undefined && every > 0 && longest !== undefined && longest > every
    ? { at: 'scrape_timeout', says: `'${printed(timeout)}' is longer than the scrape_interval of '${printed(interval)}'; a scrape has to end before the next begins` }
    : undefined;
}

const ESCAPINGS = ['allow-utf-8', 'underscores', 'dots', 'values'];

function namesFault({ metric_name_validation_scheme: validation, metric_name_escaping_scheme: escaping }: JsonMap): SettingFault | undefined {
  if (escaping !== undefined && escaping !== null && escaping !== '' && !ESCAPINGS.includes(printed(escaping))) {
    return { at: 'metric_name_escaping_scheme', says: `'${printed(escaping)}' is not a way to escape names; use ${ESCAPINGS.map((name) => `'${name}'`).join(', ')}` };
  }
  return validation === 'legacy' && escaping === 'allow-utf-8'
    ? { at: 'metric_name_escaping_scheme', says: "'allow-utf-8' asks for names that the validation scheme 'legacy' refuses; choose another of the two" }
    : undefined;
}

/** Addresses of targets that are URLs, which only relabelings can make addresses of. */
function targetsFault({ static_configs: groups, relabel_configs: steps }: JsonMap): SettingFault | undefined {
  if (jsonMaps(steps).length > 0) {
    return undefined;
  }
  for (const [i, { targets }] of jsonMaps(groups).entries()) {
    const all: readonly unknown[] = Array.isArray(targets) ? targets : [];
    const wrong = all.find((target) => typeof target === 'string' && target.includes('/'));
    if (wrong !== undefined) {
      return { at: `static_configs[${i}].targets`, says: `'${printed(wrong)}' is not host:port; take the scheme and the path out, which are 'scheme' and 'metrics_path'` };
    }
  }
  return undefined;
}

function schemeFault({ scheme }: JsonMap): SettingFault | undefined {
  return typeof scheme === 'string' && !/^(https?)?$/i.test(scheme) ? { at: 'scheme', says: `'${scheme}' is not a scheme; use 'http' or 'https'` } : undefined;
}

function apiVersionFault({ api_version: version }: JsonMap): SettingFault | undefined {
  return version === 'v1' ? { at: 'api_version', says: "'v1' is no longer known; use 'v2', or leave it out" } : undefined;
}

function queueFault(data: JsonMap): SettingFault | undefined {
  const { max_shards: most, min_shards: least } = data;
  const zero = ['max_shards', 'min_shards', 'max_samples_per_send', 'capacity'].find((key) => typeof data[key] === 'number' && data[key] <= 0);
  if (zero !== undefined) {
    return { at: zero, says: `${printed(data[zero])} is not above 0; leave it out for the default` };
  }
  if (typeof least === 'number' && least > (typeof most === 'number' ? most : 50)) {
    return { at: 'min_shards', says: `${least} is more than the most, ${typeof most === 'number' ? most : 50} of 'max_shards'; choose a smaller one` };
  }
  const [shortest, longest] = [milliseconds(data.min_backoff) ?? 30, milliseconds(data.max_backoff) ?? 5000];
  return shortest > longest ? { at: 'min_backoff', says: `it is longer than 'max_backoff', which is ${longest}ms; choose a shorter one` } : undefined;
}

function retentionFault({ percentage, size }: JsonMap): SettingFault | undefined {
  if (typeof percentage === 'number' && (percentage < 0 || percentage > 100)) {
    return { at: 'percentage', says: `${percentage} is not a percentage; write 0 to 100` };
  }
  return typeof size === 'string' && size.startsWith('-') ? { at: 'size', says: `'${size}' is below 0; write a larger one` } : undefined;
}

function attributesFault(data: JsonMap): SettingFault | undefined {
  const all = data.promote_all_resource_attributes === true;
  const given = (key: string) => Array.isArray(data[key]) && data[key].length > 0;
  if (all && given('promote_resource_attributes')) {
    return { at: '', says: "got 'promote_all_resource_attributes' and 'promote_resource_attributes', which exclude each other; keep one of them" };
  }
  if (!all && given('ignore_resource_attributes')) {
    return { at: 'ignore_resource_attributes', says: "it needs 'promote_all_resource_attributes'; set that to true, or leave this out" };
  }
  for (const key of ['promote_resource_attributes', 'ignore_resource_attributes']) {
    const names: string[] = Array.isArray(data[key]) ? data[key].map((name: unknown) => printed(name).trim()) : [];
    const wrong = names.find((name, i) => name === '' || names.indexOf(name) !== i);
    if (wrong !== undefined) {
      return { at: key, says: `attribute '${wrong}' is empty or exists twice; take it out` };
    }
  }
  return undefined;
}

function chunkFault({ floats }: JsonMap): SettingFault | undefined {
  return floats === undefined || floats === null || ['', 'xor', 'xor2'].includes(printed(floats)) ? undefined : { at: 'floats', says: `'${printed(floats)}' is not an encoding; use 'xor' or 'xor2'` };
}

function tracingFault({ headers, compression }: JsonMap): SettingFault | undefined {
  const fault = headersFault(headers, 'headers');
  return fault ?? (compression !== undefined && compression !== null && !['', 'gzip'].includes(printed(compression)) ? { at: 'compression', says: `'${printed(compression)}' is not a compression; use 'gzip', or leave it out` } : undefined);
}

/** Names of a list of jobs or stores, each of which is one of all. */
function namesTwice(items: unknown, key: string, list: string): SettingFault | undefined {
  const names = jsonMaps(items).map((item) => item[key]);
  const twice = names.findIndex((name, i) => typeof name === 'string' && name !== '' && names.indexOf(name) !== i);
  return twice < 0 ? undefined : { at: `${list}[${twice}].${key}`, says: `'${printed(names[twice])}' exists twice; give one of the two another name` };
}

function filesFault({ rule_files: files, scrape_config_files: configs }: JsonMap): SettingFault | undefined {
  for (const [key, list] of Object.entries({ rule_files: files, scrape_config_files: configs })) {
    const paths: readonly unknown[] = Array.isArray(list) ? list : [];
    const wrong = paths.find((file) => typeof file !== 'string' || !/^[^*]*(\*[^/]*)?$/.test(file));
    if (wrong !== undefined) {
      return { at: key, says: `'${printed(wrong)}' is not the path of files, which may have '*' in its last part alone; write each folder` };
    }
  }
  return undefined;
}

/** The first fault that one of the checks finds. */
function firstOf(...checks: Array<(data: JsonMap) => SettingFault | undefined>): (data: JsonMap) => SettingFault | undefined {
  return (data) => {
    for (const check of checks) {
      const fault = check(data);
      if (fault !== undefined) {
        return fault;
      }
    }
    return undefined;
  };
}

/** Checks by type beyond those of the sources' types. */
function rules(types: SettingTypes): SettingSchema['more'] {
  return {
    ...discoveryRules(types, clientFault),
    'Root': firstOf(
      (data) => namesTwice(data.scrape_configs, 'job_name', 'scrape_configs'), (data) => namesTwice(data.remote_write, 'name', 'remote_write'),
      (data) => namesTwice(data.remote_read, 'name', 'remote_read'), filesFault,
    ),
    'GlobalConfig': firstOf(timesFault, namesFault),
    'ScrapeConfig': firstOf(clientFault, timesFault, namesFault, schemeFault, targetsFault),
    'AlertmanagerConfig': firstOf(clientFault, schemeFault, targetsFault, apiVersionFault),
    'RemoteWriteConfig': firstOf(clientFault, (data) => headersFault(data.headers, 'headers')),
    'RemoteReadConfig': firstOf(clientFault, (data) => headersFault(data.headers, 'headers')),
    'QueueConfig': queueFault,
    'TSDBRetentionConfig': retentionFault,
    'ChunkEncodingConfig': chunkFault,
    'OTLPConfig': attributesFault,
    'TracingConfig': tracingFault,
    'AzureADConfig': azureFault,
    'ManagedIdentityConfig': azureIdentityFault,
    'SigV4Config': sigV4Fault,
    'Headers': (data) => headersFault(data, ''),
    'TLSConfig': tlsFault,
    'OAuth2': clientFault,
    'relabel.Config': relabelingFault,
  };
}

let schema: SettingSchema | undefined;

/** `prometheus.yml`, a job of it by the type `ScrapeConfig`. */
export function prometheusSchema(): SettingSchema {
  const types = schema?.types ?? prometheusSettings();
  schema ??= { program: 'Prometheus', types, conditions: prometheusConditions(), more: rules(types) };
  return schema;
}
