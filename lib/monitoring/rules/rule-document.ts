import { isJsonMap, jsonMaps, jsonText, JsonMap } from '../../json';
import { quoteList } from '../../text';
import { parseYamlStream } from '../../yaml';

/** Rule groups as they are written. */
export interface RuleDocument {
  /** Place, for messages. */
  readonly where: string;
  /** Map with the key `groups`. */
  readonly content: JsonMap;
  /** Whether it is the specification of a PrometheusRule. */
  readonly isResource: boolean;
}

/** Kinds that hold objects: `List`, and the lists that the API server gives. */
function objectsOf(root: unknown): readonly JsonMap[] {
  if (!isJsonMap(root) || jsonText(root.kind) === undefined) {
    return [];
  }
  return typeof root.kind === 'string' && root.kind.endsWith('List') ? jsonMaps(root.items).flatMap(objectsOf) : [root];
}

function nameOf({ metadata }: JsonMap): string {
  return (isJsonMap(metadata) ? jsonText(metadata.name) : undefined) ?? '';
}

/** The roots of the documents in a text. Throws unless all are YAML. */
function rootsOf(text: string, where: string): readonly unknown[] {
  return parseYamlStream(text, { schema: 'failsafe', customTags: ['null'], merge: true }).map((document): unknown => {
    if (document.errors.length > 0) {
      throw new Error(`${where}: is not YAML, ${document.errors[0].message.trimEnd().replace(/:\n[\s\S]*/, '')}; correct it there`);
    }
    try {
      // Rules often share their annotations by an alias, which takes no memory.
      return document.toJS({ maxAliasCount: -1 });
    } catch (error) {
      const [, alias] = /^Unresolved alias .*: (.+)$/.exec(error instanceof Error ? error.message : '') ?? [];
      throw alias === undefined ? error : new Error(`${where}: alias '*${alias}' has no anchor before it; write '&${alias}' in front of the value that it repeats`);
    }
  });
}

/**
 * The rules in a text: a rule file, which is one document, or all PrometheusRules among manifests, in documents and lists.
 * Throws when there are none.
 */
export function ruleDocuments(text: string, where: string): RuleDocument[] {
  const roots = rootsOf(text, where);
  const objects = roots.flatMap(objectsOf);
  const kinds = [...new Set(objects.map(({ kind }) => String(kind)))];
  const resources = objects.filter(({ kind }) => kind === 'PrometheusRule');
  if (resources.length > 0) {
    return resources.map((resource) => {
      const at = resources.length === 1 ? where : `${where}: PrometheusRule '${nameOf(resource)}'`;
      return { where: at, content: mapAt(resource.spec, `${at}: the spec of a PrometheusRule is not a map; write one`), isResource: true };
    });
  }
  if (kinds.length > 0) {
    throw new Error(`${where}: has no PrometheusRule, only ${quoteList(kinds)}; name a file with a PrometheusRule, or a rule file, which has the key 'groups'`);
  }
  if (roots.length > 1) {
    throw new Error(`${where}: has ${roots.length} documents, and of a rule file Prometheus reads only the first; write all groups into one list 'groups', without the line '---'`);
  }
  return [{ where, content: mapAt(roots[0], `${where}: must be a map with the key 'groups'`), isResource: false }];
}

/** A value that has to be a map; throws `message` if it is not. */
export function mapAt(value: unknown, message: string): JsonMap {
  if (!isJsonMap(value)) {
    throw new Error(message);
  }
  return value;
}
