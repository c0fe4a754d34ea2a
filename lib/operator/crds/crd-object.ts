import { Construct } from 'constructs';
import { definitionText } from './crd-schema';
import { PrometheusOperatorCrd } from './prometheus-operator-crd';
import { clusterScoped, PatchableObject } from '../../kubernetes/api-object';

/** By these the package `yaml`, which writes the manifests of cdk8s, knows a document: it has a document write itself. */
const NODE_TYPE = Symbol.for('yaml.node.type');
const DOCUMENT = Symbol.for('yaml.document');

interface Definition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations: { readonly [name: string]: string } };
  readonly spec: object;
}

function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && ['apiVersion', 'kind', 'metadata', 'spec'].every((key) => key in value);
}

function parse(text: string, where: string): Definition {
  const definition: unknown = JSON.parse(text);
  if (!isDefinition(definition)) {
    throw new Error(`${where}: the definition that the package ships is none; install the package anew`);
  }
  return definition;
}

/**
 * Writes a large manifest as JSON, which is YAML. The package `yaml` takes half a second for the definitions of the operator in block
 * style, more than all else in an app takes together. Nobody else sees a difference: the marks are no data, and what a caller changes is
 * written; a `yaml` that did not know the marks would write the manifest in block style.
 */
function writtenAsJson(manifest: object, title: string): object {
  return Object.defineProperties(manifest, {
    [NODE_TYPE]: { value: DOCUMENT },
    // kubectl takes a file for JSON alone when it starts with a brace
    toString: { value: () => `# ${title}\n${JSON.stringify(manifest, null, 1)}\n` },
    // its placeholder within the text that is written
    contents: { get: () => ({ ...manifest }) },
  });
}

/**
 * A custom resource definition as it lies in `crds/`. An ApiObject would resolve, clean and sort its values one by one, thousands of them,
 * which are plain, clean and sorted already: that takes twenty times as long as reading them.
 */
export class CrdObject extends PatchableObject {
  private readonly text: string;

  constructor(scope: Construct, crd: PrometheusOperatorCrd, annotations: { readonly [name: string]: string }) {
    const text = definitionText(crd);
    const where = `${scope.node.path}/${crd}`;
    const { apiVersion, kind, metadata } = parse(text, where);
    const taken = Object.keys(annotations).find((name) => (metadata.annotations[name] ?? annotations[name]) !== annotations[name]);
    if (taken !== undefined) {
      throw new Error(`${where}: annotation '${taken}' is the operator's own, '${metadata.annotations[taken]}'; leave it out of 'annotations'`);
    }
    super(scope, crd, {
      apiVersion, kind, metadata: clusterScoped({ name: metadata.name, annotations: { ...metadata.annotations, ...annotations } }),
    });
    this.text = text;
  }

  public override toJson(): unknown {
    return writtenAsJson(Object.assign({}, super.toJson()), this.name);
  }

  protected manifest(resolved: object): unknown {
    // Parsed anew each time: a caller may change what it is given.
    return { ...resolved, spec: parse(this.text, this.node.path).spec };
  }
}
