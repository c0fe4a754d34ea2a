import { Duration } from 'cdk8s';
import { MetricResource } from './metric-resource';
import { checkQueryTemplate, MadeMetric } from './query-template';
import { AskedSeries } from '../backend/metric-sources';
import { checkClassicLabelName, checkPositive } from '../checks';
import { jobMatcher } from '../components/component-rules';
import { PromQlValueType } from '../promql';
import { promDuration } from '../units';
import { checkArguments } from '../arguments';

/** Options of a resource metric from cAdvisor. */
export interface ContainerSeriesOptions {
  /**
   * Name of the kubelets' scrape job.
   * @default kubelet
   */
  readonly kubeletJobName?: string;
}

/** Options of CPU usage from cAdvisor. */
export interface CpuMetricOptions extends ContainerSeriesOptions {
  /**
   * Range over which CPU usage is averaged; four times the scrape interval or more.
   * @default Duration.minutes(2)
   */
  readonly rateOver?: Duration;
}

/** Queries of a resource metric. */
export interface ResourceMetricProps {
  /** PromQL of the usage of containers, with `<<.LabelMatchers>>` and `<<.GroupBy>>`, the labels with Pod and container. */
  readonly containerQuery: string;
  /** PromQL of the usage of nodes, with `<<.LabelMatchers>>` and `<<.GroupBy>>`. */
  readonly nodeQuery: string;
  /**
   * Label with the name of the container.
   * @default container
   */
  readonly containerLabel?: string;
  /**
   * Label with the name of the Pod.
   * @default pod
   */
  readonly podLabel?: string;
  /**
   * Label with the namespace of the Pod.
   * @default namespace
   */
  readonly namespaceLabel?: string;
  /**
   * Label with the name of the node.
   * @default node
   */
  readonly nodeLabel?: string;
}

/**
 * CPU or memory usage of containers and nodes, which prometheus-adapter serves as `metrics.k8s.io` instead of metrics-server.
 * @see https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/sample-config.yaml
 */
export class ResourceMetric {
  /** CPU usage in cores, from the cAdvisor series of `KubeletMonitor`. */
  public static cpu(options: CpuMetricOptions = {}): ResourceMetric {
    checkArguments('ResourceMetric.cpu', { options });
    checkPositive(options.rateOver, 'ResourceMetric.cpu: rateOver', 'leave it out for 2 minutes');
    const window = options.rateOver ?? Duration.minutes(2);
    return ResourceMetric.ofSeries('cpu', options, (selector) => `rate(container_cpu_usage_seconds_total{${selector}}[${promDuration(window)}])`, window);
  }

  /** Working set in bytes, from the cAdvisor series of `KubeletMonitor`. */
  public static memory(options: ContainerSeriesOptions = {}): ResourceMetric {
    checkArguments('ResourceMetric.memory', { options });
    return ResourceMetric.ofSeries('memory', options, (selector) => `container_memory_working_set_bytes{${selector}}`);
  }

  /**
   * The results of queries. Throws unless Prometheus accepts each and it gives an instant vector, on placeholders that the adapter does not know, and
   * without `<<.LabelMatchers>>`.
   */
  public static fromQueries(props: ResourceMetricProps): ResourceMetric {
    checkArguments('ResourceMetric.fromQueries', { props });
    return new ResourceMetric('ResourceMetric.fromQueries', props);
  }

  private static ofSeries(name: string, { kubeletJobName = 'kubelet' }: ContainerSeriesOptions, value: (selector: string) => string, window?: Duration): ResourceMetric {
    const cadvisor = `${jobMatcher(kubeletJobName)},metrics_path="/metrics/cadvisor"`;
    const query = (objects: string) => `sum by (<<.GroupBy>>) (${value(`${cadvisor},${objects},<<.LabelMatchers>>`)})`;
    return new ResourceMetric(`ResourceMetric.${name}`, { containerQuery: query('container!="",pod!=""'), nodeQuery: query('id="/"') }, window);
  }

  private readonly props: ResourceMetricProps;
  private readonly asked: readonly AskedSeries[];

  private constructor(
    private readonly where: string,
    props: ResourceMetricProps,
    /** Time over which it is averaged, if that is known. @internal */
    public readonly _window?: Duration,
  ) {
    this.props = { ...props };
    const { containerLabel = 'container', podLabel = 'pod', namespaceLabel = 'namespace', nodeLabel = 'node' } = props;
    Object.entries({ containerLabel, podLabel, namespaceLabel, nodeLabel }).forEach(([prop, label]) => checkClassicLabelName(label, `${where}: ${prop}`));
    this.asked = [
      checkQueryTemplate(`${where}: containerQuery`, props.containerQuery, [PromQlValueType.INSTANT_VECTOR], {
        matchers: `${namespaceLabel}="a",${podLabel}=~"a|b"`, groupBy: `${podLabel},${containerLabel}`,
      }),
      checkQueryTemplate(`${where}: nodeQuery`, props.nodeQuery, [PromQlValueType.INSTANT_VECTOR], { matchers: `${nodeLabel}=~"a|b"`, groupBy: nodeLabel }),
    ];
  }

  /** The series of each of its queries. @internal */
  public get _made(): MadeMetric[] {
    const isOwn = this.where === 'ResourceMetric.fromQueries';
    return this.asked.map((series, i) => ({
      series,
      rangeProp: isOwn ? `range of '${i === 0 ? 'containerQuery' : 'nodeQuery'}'` : 'rateOver',
      withoutJob: isOwn ? 'monitor what exposes it, or name another job' : "monitor a KubeletMonitor, or name its job by 'kubeletJobName'",
    }));
  }

  /** The rule in the adapter's configuration. @internal */
  public _rule(): object {
    const { containerQuery, nodeQuery, containerLabel = 'container', podLabel = 'pod', namespaceLabel = 'namespace', nodeLabel = 'node' } = this.props;
    const labels = { [namespaceLabel]: MetricResource.NAMESPACE, [nodeLabel]: MetricResource.NODE, [podLabel]: MetricResource.POD };
    const overrides = Object.fromEntries(Object.entries(labels).map(([label, resource]) => [label, resource._override()]));
    return { containerQuery, nodeQuery, resources: { overrides }, containerLabel };
  }
}
