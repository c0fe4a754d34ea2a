import { ApiObject, Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { numberOrText } from '../kubernetes/spelling';
import { CustomMetric } from './custom-metric';
import { ExternalMetric } from './external-metric';
import { apiGroupOf, objectOf, referenceTo } from './scaled-object';
import { matches } from '../backend/dropped-metrics';
import { checkClassicLabelName, checkNotEmpty } from '../checks';
import { quoteList } from '../text';
import { quantity } from '../units';
import { checkArguments } from '../arguments';

/** Target value of a metric. */
export class ScalingTarget {
  /** Total value, independent of the number of Pods. Throws unless it is above zero. */
  public static value(value: number): ScalingTarget {
    checkArguments('ScalingTarget.value', { value });
    return new ScalingTarget({ type: 'Value', value: amount('ScalingTarget.value', value) });
  }

  /** Value per Pod: the metric divided by the number of Pods. Throws unless it is above zero. */
  public static averageValue(value: number): ScalingTarget {
    checkArguments('ScalingTarget.averageValue', { value });
    return new ScalingTarget({ type: 'AverageValue', averageValue: amount('ScalingTarget.averageValue', value) });
  }

  private constructor(
    /** @internal */
    public readonly _target: k8s.MetricTargetV2,
  ) {}
}

/** Labels of the series that a metric is narrowed to, by name. */
interface Labels {
  readonly [label: string]: string;
}

/** A share of a resource that Pods request, for which every container needs a request. */
export interface RequestedShare {
  readonly resource: string;
  /** Undefined for all containers. */
  readonly container?: string;
}

interface Needs {
  readonly custom?: CustomMetric;
  readonly external?: ExternalMetric;
  readonly share?: RequestedShare;
  /** Object that the metric is about, if it is about one. */
  readonly object?: ApiObject;
}

/**
 * Metric of an autoscaler, with its target.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class ScalingMetric {
  /** CPU usage in percent of the requests, averaged over the Pods. Throws unless it is a whole number above 0. */
  public static cpuUtilization(percent: number): ScalingMetric {
    checkArguments('ScalingMetric.cpuUtilization', { percent });
    return ScalingMetric.utilization('cpuUtilization', 'cpu', percent);
  }

  /** Memory usage in percent of the requests, averaged over the Pods. Throws unless it is a whole number above 0. */
  public static memoryUtilization(percent: number): ScalingMetric {
    checkArguments('ScalingMetric.memoryUtilization', { percent });
    return ScalingMetric.utilization('memoryUtilization', 'memory', percent);
  }

  /** CPU usage of one container in percent of its request, averaged over the Pods. Throws unless it is a whole number above 0. */
  public static containerCpuUtilization(container: string, percent: number): ScalingMetric {
    checkArguments('ScalingMetric.containerCpuUtilization', { container, percent });
    return ScalingMetric.utilization('containerCpuUtilization', 'cpu', percent, container);
  }

  /** Memory usage of one container in percent of its request, averaged over the Pods. Throws unless it is a whole number above 0. */
  public static containerMemoryUtilization(container: string, percent: number): ScalingMetric {
    checkArguments('ScalingMetric.containerMemoryUtilization', { container, percent });
    return ScalingMetric.utilization('containerMemoryUtilization', 'memory', percent, container);
  }

  /** CPU usage, averaged over the Pods. Throws unless it is above zero. */
  public static averageCpu(cpu: Cpu): ScalingMetric {
    checkArguments('ScalingMetric.averageCpu', { cpu });
    return ScalingMetric.average('averageCpu', 'cpu', cpu.amount);
  }

  /** Memory usage, averaged over the Pods. Throws unless it is above zero. */
  public static averageMemory(memory: Size): ScalingMetric {
    checkArguments('ScalingMetric.averageMemory', { memory });
    return ScalingMetric.average('averageMemory', 'memory', quantity(memory));
  }

  /**
   * Custom metric of the scaled Pods, averaged over them. Throws when the metric is not one of Pods, and unless the value is above zero.
   * @param labels labels that the series must have, as the API server accepts labels of objects; by default none
   */
  public static perPod(metric: CustomMetric, average: number, labels: { readonly [label: string]: string } = {}): ScalingMetric {
    checkArguments('ScalingMetric.perPod', { metric, average, labels });
    const where = `ScalingMetric.perPod('${metric.name}')`;
    if (!metric.resources.some(({ group, resource }) => group === '' && resource === 'pods')) {
      throw new Error(`${where}: the metric is one of ${quoteList(metric.resources.map(({ resource }) => resource))}; add MetricResource.POD to its resources, or use ofObject()`);
    }
    const target = { type: 'AverageValue', averageValue: amount(where, average) };
    return new ScalingMetric({ type: 'Pods', pods: { metric: identifier(where, metric, labels), target } }, { custom: metric });
  }

  /**
   * Custom metric of another object in the same namespace, such as the requests of an Ingress. Throws when the metric is not one of such objects;
   * the autoscaler throws on an object of another namespace.
   * @param labels labels that the series must have, as the API server accepts labels of objects; by default none
   */
  public static ofObject(
    metric: CustomMetric, object: IConstruct, target: ScalingTarget, labels: { readonly [label: string]: string } = {},
  ): ScalingMetric {
    checkArguments('ScalingMetric.ofObject', { metric, object, target, labels });
    const where = `ScalingMetric.ofObject('${metric.name}')`;
    const described = objectOf(where, object);
    const describedObject = referenceTo(described);
    const kind = describedObject.kind.toLowerCase();
    const plurals = [`${kind}s`, `${kind}es`, kind.replace(/y$/, 'ies'), kind];
    if (!metric.resources.some(({ group, resource }) => group === apiGroupOf(describedObject) && plurals.includes(resource))) {
      throw new Error(`${where}: the metric is one of ${quoteList(metric.resources.map(({ resource }) => resource))}, and '${object.node.path}' is ${describedObject.kind} of `
        + `${describedObject.apiVersion}; name a metric of such objects`);
    }
    return new ScalingMetric(
      { type: 'Object', object: { describedObject, metric: identifier(where, metric, labels), target: target._target } },
      { custom: metric, object: described },
    );
  }

  /**
   * External metric, such as the length of a queue.
   * @param labels labels that the series must have, as the API server accepts labels of objects; by default none
   */
  public static external(metric: ExternalMetric, target: ScalingTarget, labels: { readonly [label: string]: string } = {}): ScalingMetric {
    checkArguments('ScalingMetric.external', { metric, target, labels });
    const where = `ScalingMetric.external('${metric.name}')`;
    return new ScalingMetric({ type: 'External', external: { metric: identifier(where, metric, labels), target: target._target } }, { external: metric });
  }

  private static utilization(factory: string, name: string, percent: number, container?: string): ScalingMetric {
    const where = `ScalingMetric.${factory}`;
    if (!Number.isInteger(percent) || percent < 1) {
      throw new Error(`${where}: ${percent} is not a whole number above 0; give percent of the request, which may be above 100`);
    }
    const resource = { name, target: { type: 'Utilization', averageUtilization: percent } };
    if (container === undefined) {
      return new ScalingMetric({ type: 'Resource', resource }, { share: { resource: name } });
    }
    checkNotEmpty(container, `${where}: container`, 'name the container');
    return new ScalingMetric({ type: 'ContainerResource', containerResource: { ...resource, container } }, { share: { resource: name, container } });
  }

  private static average(factory: string, name: string, value: string): ScalingMetric {
    if (!(Number.parseFloat(value) > 0)) {
      throw new Error(`ScalingMetric.${factory}: ${value} is not above zero, and the API server would refuse it; give a larger value`);
    }
    return new ScalingMetric({ type: 'Resource', resource: { name, target: { type: 'AverageValue', averageValue: numberOrText(value) } } }, {});
  }

  private constructor(
    /** As the autoscaler has it. @internal */
    public readonly _spec: k8s.MetricSpecV2,
    /** Metrics that an adapter has to serve, requests that containers need, and the object that is asked about. @internal */
    public readonly _needs: Needs,
  ) {}
}

function identifier(where: string, { name, _made: made }: CustomMetric | ExternalMetric, labels: Labels): k8s.MetricIdentifierV2 {
  Object.keys(labels).forEach((label) => checkClassicLabelName(label, `${where}: labels`));
  const [series] = made.series.selectors;
  const other = series.matchers.find((matcher) => Object.hasOwn(labels, matcher.label) && !matches(matcher, labels[matcher.label]));
  if (other !== undefined) {
    const { label, operator, value } = other;
    throw new Error(`${where}: labels: ${label} is '${labels[label]}', and the series of the metric have ${label}${operator}"${value}", so that none is found; give labels that they have`);
  }
  return { name, selector: Object.keys(labels).length === 0 ? undefined : { matchLabels: { ...labels } } };
}

/** Metrics of the API are exact to a thousandth. */
function amount(where: string, value: number): k8s.Quantity {
  const thousandths = Math.round(value * 1000);
  if (!Number.isFinite(value) || thousandths < 1) {
    throw new Error(`${where}: ${value} is below 0.001, the precision of the API, or not a number; give a larger value`);
  }
  return numberOrText(thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`);
}
