import { ApiObject, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { KIND } from '../kubernetes/kinds';
import { PrometheusAdapter } from './prometheus-adapter';
import { containersOf, namespaceOfObject, objectOf, referenceTo, replicasOf, requireScalable, scalesObject } from './scaled-object';
import { RequestedShare, ScalingMetric } from './scaling-metric';
import { scalingRules, ScalingRules } from './scaling-rules';
import { apiObject, isOwnObject } from '../kubernetes/api-object';
import { nameOf } from '../kubernetes/names';
import { OBJECT_LABELS } from '../kubernetes/object-metadata';
import { quoteList } from '../text';
import { checkArguments } from '../arguments';

/** Target, metrics and bounds of an autoscaler. */
export interface AutoscalingProps {
  /**
   * Workload to scale: a Deployment or StatefulSet of any version of cdk8s-plus, an object of an L1 class, or an `ApiObject` of a kind with
   * a `scale` subresource.
   */
  readonly target: IConstruct;
  /** Metrics, each once. The one that asks for the most replicas decides. */
  readonly metrics: ScalingMetric[];
  /** Maximum number of replicas. */
  readonly maxReplicas: number;
  /**
   * Minimum number of replicas. 0 requires a metric of an object or an external metric, and the feature gate `HPAScaleToZero` of the API server.
   * @default 1
   */
  readonly minReplicas?: number;
  /**
   * Adapter that serves the custom and external metrics. Missing metrics are added to it.
   * @default - none, for CPU and memory alone
   */
  readonly adapter?: PrometheusAdapter;
  /**
   * Rules for scaling up.
   * @default - the API server's
   */
  readonly scaleUp?: ScalingRules;
  /**
   * Rules for scaling down.
   * @default - the API server's
   */
  readonly scaleDown?: ScalingRules;
  /**
   * Whether a LimitRange of the namespace sets missing requests of containers.
   * @default false
   */
  readonly requestsByLimitRange?: boolean;
  /**
   * Name of the HorizontalPodAutoscaler, which is in the namespace of the workload.
   * @default - the construct's id
   */
  readonly name?: string;
}

/** Autoscalers by the object that they scale. */
const SCALERS = new WeakMap<ApiObject, Autoscaling>();

/** A construct of cdk8s-plus that leaves its number of replicas to an autoscaler. */
interface Scalable {
  readonly hasAutoscaler: boolean;
  markHasAutoscaler(): void;
}

function isScalable(construct: IConstruct): construct is IConstruct & Scalable {
  return 'markHasAutoscaler' in construct && typeof construct.markHasAutoscaler === 'function';
}

/**
 * A HorizontalPodAutoscaler (`autoscaling/v2`) on CPU, memory, custom and external metrics. Each custom or external metric is served by an adapter,
 * once for all autoscalers that use it.
 *
 * CPU and memory require a server of `metrics.k8s.io`: metrics-server, which many clusters include, or an adapter with `resourceMetrics`.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class Autoscaling extends Construct {
  /** Name of the HorizontalPodAutoscaler. */
  public readonly name: string;
  /** Namespace of the HorizontalPodAutoscaler and the workload. */
  public readonly namespace: string;
  /** The HorizontalPodAutoscaler. */
  public readonly resource: ApiObject;

  constructor(scope: Construct, id: string, props: AutoscalingProps) {
    super(scope, id);
    checkArguments('Autoscaling', { props }, this.node.path);
    const where = this.node.path;
    const { target, metrics, adapter, minReplicas, maxReplicas } = props;
    this.name = nameOf(scope, id, props.name);
    const scaled = objectOf(where, target);
    this.namespace = namespaceOfObject(scaled);
    requireScalable(where, scaled);
    this.requireAlone(target, scaled);
    if (metrics.length === 0) {
      throw new Error(`${where}: metrics is empty; name at least one ScalingMetric`);
    }
    checkDistinct(where, metrics);
    metrics.forEach(({ _needs: { object } }) => this.requireNear(object));
    checkReplicas(where, props);
    this.serve(metrics, adapter);
    const [scaleUp, scaleDown] = [scalingRules(`${where}: scaleUp`, props.scaleUp), scalingRules(`${where}: scaleDown`, props.scaleDown)];
    this.resource = apiObject(this, 'Resource', KIND.HorizontalPodAutoscaler, {
      metadata: { name: this.name, namespace: this.namespace, labels: OBJECT_LABELS },
      spec: {
        scaleTargetRef: referenceTo(scaled),
        minReplicas,
        maxReplicas,
        metrics: metrics.map(({ _spec }) => _spec),
        behavior: scaleUp === undefined && scaleDown === undefined ? undefined : { scaleUp, scaleDown },
      },
    });
    const shares = metrics.flatMap(({ _needs }) => _needs.share ?? []);
    this.node.addValidation({
      validate: () => [...otherScalers(this.resource, scaled), ...problemsOf(scaled, shares, props.requestsByLimitRange ?? false)],
    });
  }

  /** Two autoscalers of one workload would undo what the other does. */
  private requireAlone(target: IConstruct, scaled: ApiObject): void {
    const other = SCALERS.get(scaled);
    if (other !== undefined || (isScalable(target) && target.hasAutoscaler)) {
      throw new Error(`${this.node.path}: '${target.node.path}' has an autoscaler already${other === undefined ? '' : `, '${other.node.path}'`}; give all metrics to one of them`);
    }
    SCALERS.set(scaled, this);
    if (isScalable(target)) {
      target.markHasAutoscaler();
    }
  }

  /** An autoscaler looks for objects in its own namespace alone. */
  private requireNear(object: ApiObject | undefined): void {
    if (object !== undefined && object.kind !== 'Namespace' && namespaceOfObject(object) !== this.namespace) {
      throw new Error(`${this.node.path}: ${object.kind} '${object.name}' is in namespace '${namespaceOfObject(object)}', and an autoscaler finds objects of its own, '${this.namespace}'; name one of there, or use external()`);
    }
  }

  private serve(metrics: readonly ScalingMetric[], adapter: PrometheusAdapter | undefined): void {
    metrics.forEach(({ _needs: { custom, external } }) => {
      const metric = custom ?? external;
      if (metric !== undefined && adapter === undefined) {
        throw new Error(`${this.node.path}: metric '${metric.name}' has no server; name a PrometheusAdapter by 'adapter'`);
      }
      if (custom !== undefined) {
        adapter?.addCustomMetric(custom);
      }
      if (external !== undefined) {
        adapter?.addExternalMetric(external);
      }
    });
  }
}

/** Of the target of a metric its type is left. */
function withoutAmount(key: string, value: unknown): unknown {
  return key === 'target' && typeof value === 'object' && value !== null && 'type' in value ? value.type : value;
}

/** Of two targets for one thing only the lower one counts, so the other one is a mistake. */
function checkDistinct(where: string, metrics: readonly ScalingMetric[]): void {
  const measured = metrics.map(({ _spec }) => JSON.stringify(_spec, withoutAmount));
  const twice = measured.findIndex((one, i) => measured.indexOf(one) !== i);
  if (twice !== -1) {
    throw new Error(`${where}: metrics ${measured.indexOf(measured[twice]) + 1} and ${twice + 1} measure the same, and only the lower target would count; leave one of them out`);
  }
}

/** Autoscalers of the same workload that other constructs make, in the charts of the autoscaler and of the workload. */
function otherScalers(own: ApiObject, scaled: ApiObject): string[] {
  const charts = new Set([Chart.of(own), Chart.of(scaled)]);
  const others = [...charts].flatMap((chart) => chart.node.findAll()).flatMap((construct) => (ApiObject.isApiObject(construct) ? [construct] : []))
    .filter((object) => object !== own && object.kind === own.kind)
    .filter((object) => namespaceOfObject(object) === namespaceOfObject(scaled) && scalesObject(object.toJson(), scaled));
  return [...new Set(others)].map((other) => `'${scaled.node.path}' has another autoscaler, '${other.node.path}'; give all metrics to one of them`);
}

/** Reasons why the workload could not be scaled, by its manifest as it is in the end. */
function problemsOf(scaled: ApiObject, shares: readonly RequestedShare[], byLimitRange: boolean): string[] {
  const manifest: unknown = scaled.toJson();
  const { path } = scaled.node;
  const replicas = replicasOf(manifest);
  const containers = containersOf(manifest);
  return [
    ...(replicas === undefined ? [] : [isOwnObject(scaled) ? `'${path}' is an object of the library, which sets its replicas, so each apply would undo the scaling; `
      + "scale it by 'replicas' of its construct" : `'${path}' sets ${replicas} replicas, so each apply would undo the scaling; leave out 'replicas'`]),
    ...(containers === undefined ? [] : shares.flatMap(({ resource, container }) => {
      const names = containers.map(({ name }) => name);
      if (container !== undefined && !names.includes(container)) {
        return [`'${path}' has no container '${container}', it has ${quoteList(names)}; name one of them`];
      }
      const lacking = containers.filter(({ name, requested }) => (container ?? name) === name && !requested.includes(resource));
      return byLimitRange || lacking.length === 0 ? [] : [
        `containers ${quoteList(lacking.map(({ name }) => name))} of '${path}' have no ${resource} request, which the utilization is a percentage of; `
          + "add a request, or set 'requestsByLimitRange' where a LimitRange adds it",
      ];
    })),
  ];
}

function checkReplicas(where: string, { minReplicas = 1, maxReplicas, metrics }: AutoscalingProps): void {
  const toZero = metrics.some(({ _spec: { type } }) => type === 'Object' || type === 'External');
  if (!Number.isInteger(minReplicas) || minReplicas < (toZero ? 0 : 1)) {
    throw new Error(`${where}: minReplicas: ${minReplicas} is not a whole number of 1 or more; 0 requires a metric by ofObject() or external()`);
  }
  if (!Number.isInteger(maxReplicas) || maxReplicas < Math.max(minReplicas, 1)) {
    throw new Error(`${where}: maxReplicas: ${maxReplicas} is below minReplicas ${Math.max(minReplicas, 1)}, or not a whole number; raise it`);
  }
}
