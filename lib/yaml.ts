import { createRequire } from 'node:module';
import { dump } from 'js-yaml';
import type { Document, DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';

/** A configuration as text. Package yaml, which writes the manifests and parses, takes more than twice as long. */
export function yamlText(data: object): string {
  return dump(data, { lineWidth: -1, noRefs: true, quotingType: '"', skipInvalid: true });
}

/** Parses a document. The parser is loaded when the first is, since most apps parse none. */
export function parseYaml(text: string, options: ParseOptions & DocumentOptions & SchemaOptions): Document.Parsed {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- require is untyped, and an import would load it at once
  const yaml: typeof import('yaml') = createRequire(__filename)('yaml');
  return yaml.parseDocument(text, options);
}
