import { Duration } from 'cdk8s';
import { KubernetesMonitoringProps } from './kubernetes-monitoring-props';
import { InfluxDb, InfluxDb2Props, InfluxDbProps, VictoriaMetrics, VictoriaMetricsProps } from '../long-term';
import { ForwardOptions, RemoteWrite, ReplicaDeduplication } from '../monitoring';

/** The load that follows from the Prometheus, where that says its own. */
function capacityOf({ prometheus: { capacity, scrapeInterval } = {} }: KubernetesMonitoringProps) {
  return { capacity: capacity === undefined ? undefined : { series: capacity.series, sampleInterval: scrapeInterval } };
}

/** Deduplication of what several replicas of the Prometheus send, and its load, unless the part's own props say otherwise. */
export function victoriaMetricsProps(props: KubernetesMonitoringProps, given: VictoriaMetricsProps): VictoriaMetricsProps {
  const { replicas = 1, scrapeInterval = Duration.seconds(30) } = props.prometheus ?? {};
  return { ...capacityOf(props), deduplicationInterval: replicas > 1 ? scrapeInterval : undefined, ...given };
}

/** The load of the Prometheus, and the names of the jobs that know of its disk and of what it rejects, unless the part's own props say otherwise. */
export function influxDbProps(props: KubernetesMonitoringProps, given: InfluxDbProps): InfluxDbProps {
  const { kubelet, prometheus } = props;
  const rules = { kubeletJobName: kubelet?.jobName, prometheusJobName: prometheus?.jobName ?? (prometheus?.agent ? 'prometheus-agent' : undefined) };
  return { ...capacityOf(props), ...given, rules: { ...rules, ...given.rules } };
}

/** The load of the Prometheus, and the name of the job that knows of its disk, unless the part's own props say otherwise. */
export function influxDb2Props(props: KubernetesMonitoringProps, given: InfluxDb2Props): InfluxDb2Props {
  return { ...capacityOf(props), ...given, rules: { kubeletJobName: props.kubelet?.jobName, ...given.rules } };
}

/** The load of a gateway that gets all samples of the Prometheus, where that says its own. */
export function forwardOptions({ prometheus: { capacity, scrapeInterval = Duration.seconds(30) } = {} }: KubernetesMonitoringProps): ForwardOptions {
  return capacity === undefined ? {} : { samplesPerSecond: Math.ceil(capacity.series / scrapeInterval.toSeconds({ integral: false })) };
}

/** A remote write to VictoriaMetrics, by which equal series of the replicas of the Prometheus become one. */
function toVictoriaMetrics(store: VictoriaMetrics, { prometheus, victoriaMetrics }: KubernetesMonitoringProps): RemoteWrite {
  const { replicas = 1 } = prometheus ?? {};
  return replicas === 1 ? store.remoteWrite : RemoteWrite.victoriaMetrics(store.url, {
    name: store.name, basicAuth: victoriaMetrics?.basicAuth, deduplication: ReplicaDeduplication.equalSeries(),
  });
}

/** Remote writes of the Prometheus: its own, and those to the stores of the stack. */
export function remoteWritesOf(
  props: KubernetesMonitoringProps, victoriaMetrics: VictoriaMetrics | undefined, influxDb: InfluxDb | undefined,
): RemoteWrite[] | undefined {
  const all = [
    ...props.prometheus?.remoteWrites ?? [],
    ...(victoriaMetrics === undefined ? [] : [toVictoriaMetrics(victoriaMetrics, props)]),
    ...(influxDb === undefined ? [] : [influxDb.remoteWrite]),
  ];
  return all.length === 0 ? undefined : all;
}
