import { LabelExpression, LabelOperator } from '../kubernetes/label-expression';

/** Action of a relabeling. */
export type RelabelAction =
  | 'replace' | 'keep' | 'drop' | 'keepequal' | 'dropequal' | 'hashmod' | 'labelmap' | 'labeldrop' | 'labelkeep' | 'lowercase' | 'uppercase';

/**
 * One step of relabeling in the wire form.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
export type RelabelStep = {
  readonly sourceLabels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly modulus?: number;
  readonly targetLabel?: string;
  readonly replacement?: string;
  readonly action?: RelabelAction;
};

const META = '__meta_kubernetes';

/** Prometheus replaces what it cannot have in a label's name. */
export function labelName(kubernetesName: string): string {
  return kubernetesName.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** An anchored regular expression that matches a text alone. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** Label in which discovery by Kubernetes has a property of a target. */
export function meta(name: string): string {
  return `${META}_${name}`;
}

/** Copies a label where it has a value. */
export function copy(source: string, target: string): RelabelStep {
  return { sourceLabels: [source], regex: '(.+)', targetLabel: target };
}

/** Keeps targets whose label matches. */
export function keep(source: string, regex: string): RelabelStep {
  return { action: 'keep', sourceLabels: [source], regex };
}

/** A label and the regular expression that its value has to match. */
export type RelabelMatch = readonly [sourceLabel: string, regex: string];

/** Keeps what matches each of the regular expressions, in one step. */
export function keepAll(matches: readonly RelabelMatch[]): RelabelStep[] {
  return matches.length === 0
    ? []
    : [{ action: 'keep', sourceLabels: matches.map(([source]) => source), regex: matches.map(([, regex]) => regex).join(';') }];
}

/** Drops what matches each of the regular expressions. */
function dropAll(matches: readonly RelabelMatch[]): RelabelStep {
  return { action: 'drop', sourceLabels: matches.map(([source]) => source), regex: matches.map(([, regex]) => regex).join(';') };
}

/** Drops targets whose label matches. */
export function drop(source: string, regex: string): RelabelStep {
  return { action: 'drop', sourceLabels: [source], regex };
}

/** Writes a fixed value. */
export function set(target: string, value: string): RelabelStep {
  return { targetLabel: target, replacement: value.replace(/\$/g, '$$$$') };
}

/** Matches of an object that carries all the Kubernetes labels. */
export function labelMatches(kind: string, labels: Readonly<Record<string, string>>): RelabelMatch[] {
  return Object.entries(labels).flatMap(([label, value]): RelabelMatch[] => [
    [meta(`${kind}_label_${labelName(label)}`), literalPattern(value)],
    ...ifEmpty(kind, label, [value]),
  ]);
}

function presence(kind: string, label: string): string {
  return meta(`${kind}_labelpresent_${labelName(label)}`);
}

/** Tells a label without a value from one that is missing, which looks the same but for its presence. */
function ifEmpty(kind: string, label: string, values: readonly string[]): RelabelMatch[] {
  return values.includes('') ? [[presence(kind, label), 'true']] : [];
}

function valueMatches(kind: string, { key, values }: LabelExpression): RelabelMatch[] {
  const any = values.map(literalPattern).join('|');
  return [
    [meta(`${kind}_label_${labelName(key)}`), values.length === 1 ? any : `(?:${any})`],
    ...ifEmpty(kind, key, values),
  ];
}

/** Matches of an object that meets the expressions, but for `NotIn`, which a regular expression cannot say. */
export function expressionMatches(kind: string, expressions: readonly LabelExpression[] = []): RelabelMatch[] {
  return expressions.flatMap((expression): RelabelMatch[] => {
    switch (expression.operator) {
      case LabelOperator.IN: return valueMatches(kind, expression);
      case LabelOperator.EXISTS: return [[presence(kind, expression.key), 'true']];
      case LabelOperator.DOES_NOT_EXIST: return [[presence(kind, expression.key), '']];
      case LabelOperator.NOT_IN: return [];
    }
  });
}

/** Drops objects that do not meet a `NotIn` of the expressions. */
export function expressionDrops(kind: string, expressions: readonly LabelExpression[] = []): RelabelStep[] {
  return expressions.filter(({ operator }) => operator === LabelOperator.NOT_IN)
    .map((expression) => dropAll(valueMatches(kind, expression)));
}

/** Labels of the contract whose value discovery has under a name of its own. */
type Contract = 'namespace' | 'service' | 'pod' | 'container' | 'node' | 'ingress';

/** Copies `__meta_kubernetes_namespace`, `…_service_name`, `…_pod_container_name` and the like to the labels of the contract, in one step. */
export function contract(...labels: Contract[]): RelabelStep {
  return { action: 'labelmap', regex: `${META}_(?:endpointslice_endpoint_|pod_)?(${labels.join('|')})(?:_name)?` };
}

/** Copies Kubernetes labels to the target. */
export function copyLabels(kind: string, labels: readonly string[]): RelabelStep[] {
  return labels.map((label) => copy(meta(`${kind}_label_${labelName(label)}`), labelName(label)));
}
