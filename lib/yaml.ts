import { createRequire } from 'node:module';
import { DEFAULT_SCHEMA, dump, Type } from 'js-yaml';
import type { Document, DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';

/** What may mean something in YAML. Most of what it finds is plain too: js-yaml finds out. */
const SPECIAL = /^(?![a-z_])|[^ -~]|: | #|[ :]$|^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** Texts that one expression tells to be plain, where js-yaml looks at each character: most of a configuration, half of the time. */
const PLAIN = new Type('plain', {
  kind: 'scalar',
  predicate: (value: unknown) => typeof value === 'string' && !SPECIAL.test(value),
  represent: (value: unknown) => value,
  resolve: () => false,
});

const SCHEMA = DEFAULT_SCHEMA.extend({ implicit: [PLAIN] });

/** A configuration as text. Package yaml, which writes the manifests and parses, takes more than twice as long. */
export function yamlText(data: object): string {
  return dump(data, { schema: SCHEMA, lineWidth: -1, noRefs: true, quotingType: '"', skipInvalid: true });
}

/** Parses a document. The parser is loaded when the first is, since most apps parse none. */
export function parseYaml(text: string, options: ParseOptions & DocumentOptions & SchemaOptions): Document.Parsed {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- require is untyped, and an import would load it at once
  const yaml: typeof import('yaml') = createRequire(__filename)('yaml');
  return yaml.parseDocument(text, options);
}
