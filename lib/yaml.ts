import { createRequire } from 'node:module';
import { Yaml } from 'cdk8s';
import type { Document, DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';

/** A configuration as text, written by the serialiser that writes the manifests. */
export function yamlText(data: object): string {
  // A copy without shared parts, which would become anchors and aliases.
  const plain: unknown = JSON.parse(JSON.stringify(data));
  return Yaml.stringify(plain);
}

/** Parses a document. The parser is loaded when the first is, since most apps parse none. */
export function parseYaml(text: string, options: ParseOptions & DocumentOptions & SchemaOptions): Document.Parsed {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- require is untyped, and an import would load it at once
  const yaml: typeof import('yaml') = createRequire(__filename)('yaml');
  return yaml.parseDocument(text, options);
}
