import { Relabeling } from '../monitoring';
import { RelabelAction } from '../monitoring/scrape/relabel-action';

/**
 * One `relabel_config`.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
export interface Step {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly modulus?: number;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action?: RelabelAction;
}

const META = '__meta_kubernetes';

/** Prometheus replaces what it cannot have in a label's name. */
export function labelName(kubernetesName: string): string {
  return kubernetesName.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** A literal as an anchored regular expression. */
export function literal(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

export function meta(name: string): string {
  return `${META}_${name}`;
}

/** Copies a label where it has a value. */
export function copy(source: string, target: string): Step {
  return { source_labels: [source], regex: '(.+)', target_label: target };
}

export function keep(source: string, regex: string): Step {
  return { action: 'keep', source_labels: [source], regex };
}

/** Keeps what matches each of the regular expressions, in one step. */
export function keepAll(matches: ReadonlyArray<readonly [source: string, regex: string]>): Step[] {
  return matches.length === 0
    ? []
    : [{ action: 'keep', source_labels: matches.map(([source]) => source), regex: matches.map(([, regex]) => regex).join(';') }];
}

export function drop(source: string, regex: string): Step {
  return { action: 'drop', source_labels: [source], regex };
}

/** Writes a fixed value. */
export function set(target: string, value: string): Step {
  return { target_label: target, replacement: value.replace(/\$/g, '$$$$') };
}

/** What carries all the Kubernetes labels. */
export function labelled(kind: string, labels: Readonly<Record<string, string>>): Array<[string, string]> {
  return Object.entries(labels).map(([label, value]) => [meta(`${kind}_label_${labelName(label)}`), literal(value)]);
}

/** Labels of the contract that discovery tells by a name of its own. */
type Contract = 'namespace' | 'service' | 'pod' | 'container' | 'node' | 'ingress';

/** Copies `__meta_kubernetes_namespace`, `…_service_name`, `…_pod_container_name` and the like to the labels of the contract, in one step. */
export function contract(...labels: Contract[]): Step {
  return { action: 'labelmap', regex: `${META}_(?:endpointslice_endpoint_|pod_)?(${labels.join('|')})(?:_name)?` };
}

/** Copies Kubernetes labels to the target. */
export function copyLabels(kind: string, labels: readonly string[]): Step[] {
  return labels.map((label) => copy(meta(`${kind}_label_${labelName(label)}`), labelName(label)));
}

/** A relabeling of the model, without what says nothing. */
export function step(relabeling: Relabeling): Step {
  const { sourceLabels, separator, regex, modulus, targetLabel, replacement } = relabeling.toConfig();
  const action = relabeling._action;
  return {
    ...(sourceLabels === undefined ? {} : { source_labels: sourceLabels }),
    ...(separator === undefined ? {} : { separator }),
    ...(regex === undefined ? {} : { regex }),
    ...(modulus === undefined ? {} : { modulus }),
    ...(targetLabel === undefined ? {} : { target_label: targetLabel }),
    ...(replacement === undefined ? {} : { replacement }),
    ...(action === 'replace' ? {} : { action }),
  };
}
