import { KubeStateCustomResource } from './kube-state-custom-resource';
import { KubeStateResource } from './kube-state-resource';
import { KubeStateRuleOptions } from './kube-state-rule-options';
import { WorkloadOptions } from '../../kubernetes';
import { MonitorOptions } from '../monitor-options';

/** Labels or annotations of one kind of object. */
export interface KubeStateKeys {
  /** The kind of object; it has to be among those that are watched. */
  readonly resource: KubeStateResource;
  /** Names of labels or annotations, or `*` alone for all of them: that is a series per object with everything that anyone writes there. */
  readonly keys: string[];
}

/** Objects that kube-state-metrics watches, and its workload. */
export interface KubeStateMetricsProps extends WorkloadOptions, MonitorOptions {
  /**
   * Kinds of objects whose state is exposed. Exactly these may be listed and watched, and nothing else; rules on others are left out.
   * @default - KubeStateResource.defaults(), with `namespaces` those of them that are in namespaces
   */
  readonly watchedResources?: KubeStateResource[];
  /**
   * Namespaces whose objects are watched. Rights are granted in these namespaces only then; kinds that are in no namespace still need
   * to be read across the cluster.
   * @default - all
   */
  readonly namespaces?: string[];
  /**
   * Namespaces whose objects are not watched.
   * @default - none
   */
  readonly exceptNamespaces?: string[];
  /**
   * Custom resources whose state is exposed, as metrics of their fields. Their definitions may be listed and watched then, too.
   * @default - none
   */
  readonly customResources?: KubeStateCustomResource[];
  /**
   * Number of Pods over which the objects are spread, for clusters of many thousands of Pods. More than one makes a StatefulSet, whose
   * Pods find out by themselves which part is theirs.
   * @default 1
   */
  readonly shards?: number;
  /**
   * Metrics that are exposed, by regular expressions (ECMAScript, not anchored); rules on others are left out. Goes without
   * `metricDenylist`. It saves memory in kube-state-metrics itself, where `metrics` only saves it in Prometheus.
   * @default - all
   */
  readonly metricAllowlist?: string[];
  /**
   * Metrics that are not exposed, by regular expressions (ECMAScript, not anchored); rules on them are left out. Goes without
   * `metricAllowlist`.
   * @default - none
   */
  readonly metricDenylist?: string[];
  /**
   * Metrics that are exposed although they are only on demand, by name or regular expression.
   * @default - none
   */
  readonly optInMetrics?: string[];
  /**
   * Labels of objects that appear in `kube_<kind>_labels`, besides `excluded-from-alerts` of claims, by which a volume is left out of alerts.
   * @default - no more
   */
  readonly exposedLabels?: KubeStateKeys[];
  /**
   * Annotations of objects that appear in `kube_<kind>_annotations`.
   * @default - none
   */
  readonly exposedAnnotations?: KubeStateKeys[];
  /**
   * Additional flags without leading dashes, checked against the version; an empty value for a flag without one.
   * @default - none
   */
  readonly extraFlags?: { readonly [flag: string]: string };
  /**
   * Thresholds and scope of the rules.
   * @default - those of the rules
   */
  readonly rules?: KubeStateRuleOptions;
}
