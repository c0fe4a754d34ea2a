/** By these the package `yaml`, which writes the manifests of cdk8s, knows a document: it has a document write itself. */
const NODE_TYPE = Symbol.for('yaml.node.type');
const DOCUMENT = Symbol.for('yaml.document');

/**
 * Writes a large manifest as JSON, which is YAML. The package `yaml` takes half a second for the definitions of the operator in block
 * style, more than all else in an app takes together. Nobody else sees a difference: the marks are no data, and what a caller changes is
 * written; a `yaml` that did not know the marks would write the manifest in block style.
 */
export function writtenAsJson(manifest: object, title: string): object {
  return Object.defineProperties(manifest, {
    [NODE_TYPE]: { value: DOCUMENT },
    // kubectl takes a file for JSON alone when it starts with a brace
    toString: { value: () => `# ${title}\n${JSON.stringify(manifest, null, 1)}\n` },
    // its placeholder within the text that is written
    contents: { get: () => ({ ...manifest }) },
  });
}
