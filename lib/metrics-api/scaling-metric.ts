import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { CustomMetric } from './custom-metric';
import { ExternalMetric } from './external-metric';
import { groupOf, objectOf, referenceTo } from './scaled-object';
import { checkLabelName, checkNotEmpty } from '../checks';
import { quoteList } from '../text';
import { quantity } from '../units';

/** Value of a metric that an autoscaler keeps. */
export class ScalingTarget {
  /** A value, whatever the number of Pods. Throws unless it is above zero. */
  public static value(value: number): ScalingTarget {
    return new ScalingTarget({ type: 'Value', value: amount('ScalingTarget.value', value) });
  }

  /** A value for each Pod: the metric divided by the number of Pods. Throws unless it is above zero. */
  public static averageValue(value: number): ScalingTarget {
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
}

/**
 * Metric that an autoscaler keeps at a target. With several the one that wants the most replicas decides.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class ScalingMetric {
  /** Use of CPU in percent of what the Pods request, on average. Throws unless it is a whole number above 0. */
  public static cpuUtilization(percent: number): ScalingMetric {
    return ScalingMetric.utilization('cpuUtilization', 'cpu', percent);
  }

  /** Use of memory in percent of what the Pods request, on average. Throws unless it is a whole number above 0. */
  public static memoryUtilization(percent: number): ScalingMetric {
    return ScalingMetric.utilization('memoryUtilization', 'memory', percent);
  }

  /** Use of CPU by one container of each Pod, in percent of what it requests, on average. Throws unless it is a whole number above 0. */
  public static containerCpuUtilization(container: string, percent: number): ScalingMetric {
    return ScalingMetric.utilization('containerCpuUtilization', 'cpu', percent, container);
  }

  /** Use of memory by one container of each Pod, in percent of what it requests, on average. Throws unless it is a whole number above 0. */
  public static containerMemoryUtilization(container: string, percent: number): ScalingMetric {
    return ScalingMetric.utilization('containerMemoryUtilization', 'memory', percent, container);
  }

  /** Use of CPU of a Pod, on average. */
  public static averageCpu(cpu: Cpu): ScalingMetric {
    return ScalingMetric.average('cpu', cpu.amount);
  }

  /** Use of memory of a Pod, on average. */
  public static averageMemory(memory: Size): ScalingMetric {
    return ScalingMetric.average('memory', quantity(memory));
  }

  /**
   * A custom metric of the Pods that are scaled, on average. Throws when the metric is not one of Pods, and unless the value is above zero.
   * @param labels labels of the series, which narrow the metric; by default none
   */
  public static perPod(metric: CustomMetric, average: number, labels: { readonly [label: string]: string } = {}): ScalingMetric {
    const where = `ScalingMetric.perPod('${metric.name}')`;
    if (!metric.resources.some(({ group, resource }) => group === '' && resource === 'pods')) {
      throw new Error(`${where}: the metric is one of ${quoteList(metric.resources.map(({ resource }) => resource))}; add MetricResource.POD to its resources, or use ofObject()`);
    }
    const target = { type: 'AverageValue', averageValue: amount(where, average) };
    return new ScalingMetric({ type: 'Pods', pods: { metric: identifier(where, metric.name, labels), target } }, { custom: metric });
  }

  /**
   * A custom metric of another object in the same namespace, such as the requests of an Ingress. Throws when the metric is not one of such objects.
   * @param labels labels of the series, which narrow the metric; by default none
   */
  public static ofObject(
    metric: CustomMetric, object: IConstruct, target: ScalingTarget, labels: { readonly [label: string]: string } = {},
  ): ScalingMetric {
    const where = `ScalingMetric.ofObject('${metric.name}')`;
    const describedObject = referenceTo(objectOf(where, object));
    const kind = describedObject.kind.toLowerCase();
    const plurals = [`${kind}s`, `${kind}es`, kind.replace(/y$/, 'ies'), kind];
    if (!metric.resources.some(({ group, resource }) => group === groupOf(describedObject) && plurals.includes(resource))) {
      throw new Error(`${where}: the metric is one of ${quoteList(metric.resources.map(({ resource }) => resource))}, and '${object.node.path}' is ${describedObject.kind} of `
        + `${describedObject.apiVersion}; name a metric of such objects`);
    }
    return new ScalingMetric(
      { type: 'Object', object: { describedObject, metric: identifier(where, metric.name, labels), target: target._target } }, { custom: metric },
    );
  }

  /**
   * An external metric, such as the length of a queue.
   * @param labels labels of the series, which narrow the metric; by default none
   */
  public static external(metric: ExternalMetric, target: ScalingTarget, labels: { readonly [label: string]: string } = {}): ScalingMetric {
    const where = `ScalingMetric.external('${metric.name}')`;
    return new ScalingMetric({ type: 'External', external: { metric: identifier(where, metric.name, labels), target: target._target } }, { external: metric });
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

  private static average(name: string, value: string): ScalingMetric {
    return new ScalingMetric({ type: 'Resource', resource: { name, target: { type: 'AverageValue', averageValue: k8s.Quantity.fromString(value) } } }, {});
  }

  private constructor(
    /** As the autoscaler has it. @internal */
    public readonly _spec: k8s.MetricSpecV2,
    /** Metrics that an adapter has to serve, and requests that containers need. @internal */
    public readonly _needs: Needs,
  ) {}
}

function identifier(where: string, name: string, labels: Labels): k8s.MetricIdentifierV2 {
  Object.entries(labels).forEach(([label, value]) => {
    checkLabelName(label, `${where}: labels`);
    // the API server takes them for labels of objects
    if (value.length > 63 || ![label, value].every((text) => text === '' || /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text))) {
      throw new Error(`${where}: labels: ${label}="${value}" is not accepted by the API server, whose selectors have at most 63 letters, digits, '-', '_' and '.', `
        + 'letters or digits first and last; write it into the series or the query of the metric');
    }
  });
  return { name, selector: Object.keys(labels).length === 0 ? undefined : { matchLabels: { ...labels } } };
}

/** Metrics of the API are exact to a thousandth. */
function amount(where: string, value: number): k8s.Quantity {
  const thousandths = Math.round(value * 1000);
  if (!Number.isFinite(value) || thousandths < 1) {
    throw new Error(`${where}: ${value} is not a number of 0.001 or more; give the value that the autoscaler keeps`);
  }
  return k8s.Quantity.fromString(thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`);
}
