import { IConstruct } from 'constructs';
import { labelSelection, LabelSelection, NO_SELECTION } from './label-selection';
import { Manifest } from './manifest';
import { PodsObject } from './pods-object';

/** The member of `IPodSelector` that all versions of cdk8s-plus have. */
interface PodSelector {
  toPodSelectorConfig(): unknown;
}

/** The member of `LabelSelector` that all versions of cdk8s-plus have. */
interface KubeSelector {
  _toKube(): unknown;
}

/** Pods as `Pods.select()` and `Pods.all()` have them; undefined for a workload, and for what selects nothing. */
export function selectedPods(where: string, construct: IConstruct): PodsObject | undefined {
  if (!isPodSelector(construct)) {
    return undefined;
  }
  const config = construct.toPodSelectorConfig();
  const namespaces = partOf(config, 'namespaces');
  const names = new Manifest(partOf(namespaces, 'names')).texts;
  return {
    ...selectionOf(where, partOf(config, 'labelSelector')),
    namespaces: names.length === 0 ? undefined : names,
    namespaceSelection: selectionOf(where, partOf(namespaces, 'labelSelector')),
  };
}

/** A workload is one as well, by the label of its Pods, and says more by its manifest. */
function isPodSelector(construct: unknown): construct is PodSelector {
  return has(construct, 'toPodSelectorConfig') && typeof construct.toPodSelectorConfig === 'function' && !has(construct, 'podMetadata');
}

function isKubeSelector(selector: unknown): selector is KubeSelector {
  return has(selector, '_toKube') && typeof selector._toKube === 'function';
}

function selectionOf(where: string, selector: unknown): LabelSelection {
  return isKubeSelector(selector) ? labelSelection(where, new Manifest(selector._toKube())) : NO_SELECTION;
}

function has<Key extends string>(value: unknown, key: Key): value is { readonly [key in Key]: unknown } {
  return typeof value === 'object' && value !== null && key in value;
}

function partOf(value: unknown, key: string): unknown {
  return has(value, key) ? value[key] : undefined;
}
