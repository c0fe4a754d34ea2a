import { checkArguments, labelOf } from '../../arguments';
import { checkClassicLabelName } from '../../checks';

/** Labels of metrics of custom resources. */
export interface CustomResourceLabels {
  /**
   * Labels whose values are fields of the object, each by the path of the field from its root: `{ name: ['metadata', 'name'] }`. A name that ends
   * in `*` has a label for each entry of a mapping: `{ 'label_*': ['metadata', 'labels'] }`.
   * @default - none
   */
  readonly labelsFromPath?: { readonly [label: string]: string[] };
  /**
   * Labels with fixed values.
   * @default - none
   */
  readonly commonLabels?: { readonly [label: string]: string };
}

/** Name and labels of a metric of a custom resource. */
export interface CustomResourceMetricProps extends CustomResourceLabels {
  /** Name behind the prefix: letters, digits and `_`. */
  readonly name: string;
  /** Help text. */
  readonly help: string;
  /**
   * Path of the field that the metric is about; of a list or a mapping there is a series for each entry.
   * @default - the whole object
   */
  readonly path?: string[];
  /**
   * Labels whose values are fields below `path`, in a list or a mapping of each entry: `{ type: ['type'] }`. Names as in `labelsFromPath`.
   * @default - none
   */
  readonly labelsFromEntry?: { readonly [label: string]: string[] };
}

/** A metric with a number. */
export interface CustomResourceGaugeProps extends CustomResourceMetricProps {
  /**
   * Path of the number below `path`. Times become seconds since 1970, truth 1 or 0, texts such as `100Mi` numbers.
   * @default - the field itself
   */
  readonly valueFrom?: string[];
  /**
   * Label that gets the key where `path` leads to a mapping.
   * @default - none
   */
  readonly labelFromKey?: string;
  /**
   * Whether a missing value is 0, instead of none.
   * @default false
   */
  readonly nilIsZero?: boolean;
}

/** A metric whose labels say everything; its value is 1. There is a series where `labelsFromEntry` or `labelFromKey` gives a label. */
export interface CustomResourceInfoProps extends CustomResourceMetricProps {
  /**
   * Label that gets the key where `path` leads to a mapping.
   * @default - none
   */
  readonly labelFromKey?: string;
}

/** A metric with a series for each state, 1 for the current one. */
export interface CustomResourceStateSetProps extends CustomResourceMetricProps {
  /** Label that has the state. */
  readonly labelName: string;
  /** All states. */
  readonly list: string[];
  /**
   * Path of the state below `path`.
   * @default - the field itself
   */
  readonly valueFrom?: string[];
}

type Data = { readonly [key: string]: unknown };

/**
 * A metric that kube-state-metrics makes of a field of a custom resource.
 * @see https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/extend/customresourcestate-metrics.md
 */
export class CustomResourceMetric {
  /** A number: replicas, times, conditions. */
  public static gauge(props: CustomResourceGaugeProps): CustomResourceMetric {
    checkArguments('CustomResourceMetric.gauge', { props }, labelOf('CustomResourceMetric', props));
    checkPath(`CustomResourceMetric '${props.name}': valueFrom`, props.valueFrom);
    const { path, labelsFromEntry: labelsFromPath, valueFrom, labelFromKey, nilIsZero } = props;
    return new CustomResourceMetric(props, { type: 'Gauge', gauge: { path, labelsFromPath, valueFrom, labelFromKey, nilIsZero } });
  }

  /** Facts as labels. Throws without labels of its own, since it has no series then. */
  public static info(props: CustomResourceInfoProps): CustomResourceMetric {
    checkArguments('CustomResourceMetric.info', { props }, labelOf('CustomResourceMetric', props));
    const { path, labelsFromEntry: labelsFromPath, labelFromKey, name } = props;
    if (labelFromKey === undefined && Object.keys(labelsFromPath ?? {}).length === 0) {
      throw new Error(`CustomResourceMetric '${name}': an info metric has series only where a field gives a label; name fields by 'labelsFromEntry', or a label by 'labelFromKey'`);
    }
    return new CustomResourceMetric(props, { type: 'Info', info: { path, labelsFromPath, labelFromKey } });
  }

  /** One of several states. Throws without states. */
  public static stateSet(props: CustomResourceStateSetProps): CustomResourceMetric {
    checkArguments('CustomResourceMetric.stateSet', { props }, labelOf('CustomResourceMetric', props));
    const { path, labelsFromEntry: labelsFromPath, labelName, list, valueFrom, name } = props;
    if (list.length === 0) {
      throw new Error(`CustomResourceMetric '${name}': list is empty; name all states`);
    }
    checkClassicLabelName(labelName, `CustomResourceMetric '${name}': labelName`);
    checkPath(`CustomResourceMetric '${name}': valueFrom`, valueFrom);
    return new CustomResourceMetric(props, { type: 'StateSet', stateSet: { path, labelsFromPath, labelName, list, valueFrom } });
  }

  /** Name behind the prefix. */
  public readonly name: string;

  private constructor(private readonly props: CustomResourceMetricProps, private readonly each: Data) {
    this.name = props.name;
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(props.name)) {
      throw new Error(`CustomResourceMetric '${props.name}': the name is not letters, digits and '_', not a digit first; give it such a one`);
    }
    const where = `CustomResourceMetric '${props.name}'`;
    checkLabels(where, props);
    checkLabelPaths(`${where}: labelsFromEntry`, props.labelsFromEntry);
    checkPath(`${where}: path`, props.path);
  }

  /** As kube-state-metrics reads it. @internal */
  public _toData(): Data {
    const { name, help, labelsFromPath, commonLabels } = this.props;
    return { name, help, each: this.each, labelsFromPath, commonLabels };
  }
}

/** A kind of custom resources whose state is exposed; its objects may be listed and watched. */
export interface KubeStateCustomResource extends CustomResourceLabels {
  /** API group, as `cert-manager.io`. */
  readonly group: string;
  /** Version, as `v1`, or `*` for all that are served. */
  readonly version: string;
  /** Kind, as `Certificate`. */
  readonly kind: string;
  /** Plural name, as `certificates`. */
  readonly plural: string;
  /**
   * Whether its objects are in namespaces.
   * @default true
   */
  readonly namespaced?: boolean;
  /**
   * First part of the names of the metrics; empty for none.
   * @default kube_customresource
   */
  readonly metricNamePrefix?: string;
  /** Metrics. */
  readonly metrics: CustomResourceMetric[];
}

/** Throws on a look-up that kube-state-metrics would not start with. */
function checkPath(where: string, path: readonly string[] = []): void {
  const lookup = path.find((part) => /^\[[^=]*\]$/.test(part));
  if (lookup !== undefined) {
    throw new Error(`${where}: '${lookup}' is not a look-up in a list; write it as '[type=Ready]', or a position as '0'`);
  }
}

/** Throws on names that are no labels; `*` at an end stands for the keys of a mapping. */
function checkLabelPaths(where: string, paths: { readonly [label: string]: string[] } = {}): void {
  Object.entries(paths).forEach(([label, path]) => {
    if (!/^\*|\*$/.test(label)) {
      checkClassicLabelName(label, where);
    }
    checkPath(`${where}: '${label}'`, path);
  });
}

function checkLabels(where: string, { labelsFromPath = {}, commonLabels = {} }: CustomResourceLabels): void {
  checkLabelPaths(`${where}: labelsFromPath`, labelsFromPath);
  Object.keys(commonLabels).forEach((label) => checkClassicLabelName(label, `${where}: commonLabels`));
}

function check(where: string, { group, version, kind, plural, metrics, ...labels }: KubeStateCustomResource): void {
  const parts: ReadonlyArray<readonly [string, string, RegExp, string]> = [
    ['group', group, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, 'cert-manager.io'],
    ['version', version, /^(v[0-9]+((alpha|beta)[0-9]+)?|\*)$/, 'v1'],
    ['kind', kind, /^[A-Z][A-Za-z0-9]*$/, 'Certificate'],
    ['plural', plural, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'certificates'],
  ];
  parts.forEach(([prop, value, pattern, example]) => {
    if (!pattern.test(value)) {
      throw new Error(`${where}: ${prop} '${value}' is not one; write it as '${example}'`);
    }
  });
  if (metrics.length === 0) {
    throw new Error(`${where}: metrics is empty; name at least one CustomResourceMetric`);
  }
  const names = metrics.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new Error(`${where}: metric '${twice}' exists twice; give one of them another name`);
  }
  checkLabels(where, labels);
}

/** The configuration of custom resources, as text. Throws on what kube-state-metrics would not start with, or never find. */
export function customResourceState(where: string, resources: readonly KubeStateCustomResource[]): string {
  const kinds = resources.map(({ group, version, kind }) => `${group}/${version} ${kind}`);
  resources.forEach((resource, i) => {
    const at = `${where}: customResources: ${kinds[i]}`;
    check(at, resource);
    if (kinds.indexOf(kinds[i]) !== i) {
      throw new Error(`${at} exists twice; put all metrics into one of them`);
    }
  });
  return JSON.stringify({
    kind: 'CustomResourceStateMetrics',
    spec: {
      resources: resources.map(({ group, version, kind, plural, metricNamePrefix, labelsFromPath, commonLabels, metrics }) => ({
        groupVersionKind: { group, version, kind },
        resourcePlural: plural,
        metricNamePrefix,
        labelsFromPath,
        commonLabels,
        metrics: metrics.map((metric) => metric._toData()),
      })),
    },
  });
}
