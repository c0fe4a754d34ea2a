import { JsonPatch } from 'cdk8s';
import { applyPatches } from '../kubernetes/json-patches';
import { alertmanagerSchema } from '../monitoring/routing/alertmanager-schema';
import { checkNothingLacks } from '../monitoring/routing/lacking-settings';
import { RoutingStructure } from '../monitoring/routing/raw-structure';
import { prometheusSchema } from '../monitoring/scrape/prometheus-schema';
import { secretsIn } from '../setting-secrets';
import { checkSettings, SettingSchema } from '../settings';
import { isMap, PlainMap, showPath, visitTexts } from '../wire/data';

/** A configuration that a program reads, for messages and checks. */
export interface PatchedFile {
  /** Name of the file. */
  readonly file: string;
  /** Its settings, asked when there are patches. */
  readonly schema: () => SettingSchema;
  /** Throws where the program would refuse the configuration. */
  readonly check: (where: string, configuration: PlainMap) => void;
}

/** `prometheus.yml`. */
export const PROMETHEUS_FILE: PatchedFile = {
  file: 'prometheus.yml',
  schema: prometheusSchema,
  check: (where, configuration) => checkSettings(configuration, 'Root', prometheusSchema(), where),
};

/** `alertmanager.yaml`. */
export const ALERTMANAGER_FILE: PatchedFile = {
  file: 'alertmanager.yaml',
  schema: alertmanagerSchema,
  check: (where, configuration) => {
    new RoutingStructure(where).check(configuration);
    checkSettings(configuration, 'Root', alertmanagerSchema(), where);
    checkNothingLacks(where, configuration);
  },
};

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
    if (!isMap(patched)) {
      throw new Error(`${this.of.file}: the JSON patches leave no mapping; patch parts of the configuration instead of the whole`);
    }
    return patched;
  }

  private check(patched: PlainMap, before: object): void {
    const { file, schema, check } = this.of;
    const where = `${file}: a JSON patch`;
    check(where, patched);
    const written = new Set<string>();
    visitTexts(before, (text, path) => written.add(`${showPath(path)}=${text}`));
    const secrets = secretsIn(patched, 'Root', schema()).filter(({ path }) => !written.has(`${path}=${textAt(patched, path)}`));
    if (secrets.length > 0) {
      const [{ path, says, file: setting }] = secrets;
      const wayOut = setting === undefined ? "name a file by a setting that ends in '_file'" : `name a file by '${setting}'`;
      throw new Error(`${where}: '${path}' ${says}, which the manifest would show; ${wayOut}, and have the Pods mount it`);
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
