import { JsonPatch } from 'cdk8s';
import { applyPatches } from '../kubernetes/json-patches';
import { alertmanagerSchema } from '../monitoring/routing/alertmanager-schema';
import { RoutingStructure } from '../monitoring/routing/raw-structure';
import { prometheusSchema } from '../monitoring/scrape/prometheus-schema';
import { secretsIn } from '../setting-paths';
import { checkSettings, SettingSchema } from '../settings';
import { PlainMap, showPath, visitTexts } from '../wire/data';

/** A configuration that a program reads, for messages and checks. */
export interface PatchedFile {
  /** Name of the file. */
  readonly file: string;
  /** Its settings, asked when there are patches. */
  readonly schema: () => SettingSchema;
  /** Throws where the parts of the configuration do not fit each other. */
  readonly check?: (where: string, configuration: PlainMap) => void;
}

/** `prometheus.yml`. */
export const PROMETHEUS_FILE: PatchedFile = { file: 'prometheus.yml', schema: prometheusSchema };

/** `alertmanager.yaml`. */
export const ALERTMANAGER_FILE: PatchedFile = {
  file: 'alertmanager.yaml', schema: alertmanagerSchema, check: (where, configuration) => new RoutingStructure(where).check(configuration),
};

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

  private check(patched: PlainMap, before: object): void {
    const { file, schema: schemaOf, check } = this.of;
    const schema = schemaOf();
    const where = `${file}: a JSON patch`;
    check?.(where, patched);
    checkSettings(patched, 'Root', schema, where);
    const written = new Set<string>();
    visitTexts(before, (text, path) => written.add(`${showPath(path)}=${text}`));
    const secrets = secretsIn(patched, 'Root', schema).filter(({ path }) => !written.has(`${path}=${textAt(patched, path)}`));
    if (secrets.length > 0) {
      const [{ path, file: setting = 'another setting' }] = secrets;
      throw new Error(`${where} writes the secret '${path}', which the manifest would show; name a file by '${setting}' that the Pods mount`);
    }
  }
}

function textAt(data: PlainMap, path: string): string {
  let text = '';
  visitTexts(data, (found, at) => {
    text = showPath(at) === path ? found : text;
  });
  return text;
}
