import { JsonPatch } from 'cdk8s';
import { applyPatches } from '../kubernetes/json-patches';
import { didYouMean, quoteList } from '../text';
import { PlainMap, showPath, visitTexts } from '../wire/data';

/** A configuration that a program reads, for messages and checks. */
export interface PatchedFile {
  /** Name of the file. */
  readonly file: string;
  /** Program that reads it. */
  readonly program: string;
  /** Keys at its top. */
  readonly keys: readonly string[];
}

/** `prometheus.yml`. */
export const PROMETHEUS_FILE: PatchedFile = {
  file: 'prometheus.yml',
  program: 'Prometheus',
  keys: [
    'global', 'runtime', 'alerting', 'rule_files', 'scrape_config_files', 'scrape_configs', 'storage', 'tracing', 'remote_write', 'remote_read', 'otlp',
  ],
};

/** `alertmanager.yaml`. */
export const ALERTMANAGER_FILE: PatchedFile = {
  file: 'alertmanager.yaml',
  program: 'Alertmanager',
  keys: ['global', 'route', 'inhibit_rules', 'receivers', 'mute_time_intervals', 'time_intervals', 'templates', 'tracing', 'event_recorder'],
};

/** Settings that hold a secret wherever they are. */
const SECRETS = ['password', 'credentials', 'bearer_token', 'client_secret', 'secret_key', 'client_certificate_key', 'api_key', 'token', 'bot_token', 'auth_password'];

function isPlainMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON patches of a configuration that the library writes: applied to the whole of it, when all else is known, whatever has been added before or
 * after them.
 */
export class ConfigurationPatches {
  private readonly patches: JsonPatch[] = [];

  constructor(private readonly of: PatchedFile) {}

  public add(...patches: JsonPatch[]): void {
    this.patches.push(...patches);
  }

  /** The patched configuration; undefined without patches, and where one is wrong, which `problems` says. */
  public patched(data: object): PlainMap | undefined {
    return this.patches.length === 0 || this.problems(data).length > 0 ? undefined : this.apply(data);
  }

  /** Problems of the patches, for `node.addValidation`. */
  public problems(data: object): string[] {
    if (this.patches.length === 0) {
      return [];
    }
    try {
      this.check(this.apply(data), data);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  }

  private apply(data: object): PlainMap {
    const copy: unknown = JSON.parse(JSON.stringify(data));
    const patched = applyPatches(this.of.file, copy, this.patches, 'configuration');
    if (!isPlainMap(patched)) {
      throw new Error(`${this.of.file}: the JSON patches leave no mapping; patch parts of the configuration instead of the whole`);
    }
    return patched;
  }

  private check(patched: object, before: object): void {
    const { file, program, keys } = this.of;
    const unknown = Object.keys(patched).find((key) => !keys.includes(key));
    if (unknown !== undefined) {
      const near = didYouMean(unknown, keys);
      throw new Error(`${file}: a JSON patch adds '${unknown}', which ${program} does not know${near === '' ? `; known are ${quoteList(keys)}` : near}`);
    }
    const written = new Set<string>();
    visitTexts(before, (text, path) => written.add(`${showPath(path)}=${text}`));
    visitTexts(patched, (text, path) => {
      if (text !== '' && SECRETS.includes(path[path.length - 1]) && !written.has(`${showPath(path)}=${text}`)) {
        throw new Error(`${file}: a JSON patch writes the secret '${showPath(path)}', which the manifest would show; name a file by '${path[path.length - 1]}_file' that the Pods mount`);
      }
    });
  }
}
