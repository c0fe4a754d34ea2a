import { KubernetesMonitoringProps } from './kubernetes-monitoring-props';
import { DataStorage } from '../kubernetes';

/** An alert that is left out, for want of the metrics of a part that is not monitored. */
export interface BlindAlert {
  readonly alert: string;
  /** The reason and the way out, for a note. */
  readonly note: string;
}

/** Parts whose metrics alerts of others take. */
export interface MetricSources {
  readonly apiServer: boolean;
  readonly kubelet: boolean;
  readonly prometheus: boolean;
  readonly nodeExporter: boolean;
  readonly kubeState: boolean;
}

type Source = Exclude<keyof MetricSources, 'nodeExporter'>;

const WAYS_OUT: { readonly [source in Source]: string } = {
  apiServer: "the API server, which is not monitored; monitor it, or name the job that has its metrics by 'rules.apiServerJobName'",
  kubelet: "the kubelets, which are not monitored; monitor them, or name the job that has their metrics by 'rules.kubeletJobName'",
  prometheus: "Prometheus, which does not monitor itself; leave 'selfMonitoring' out, or name the job that has its metrics by 'rules.prometheusJobName'",
  kubeState: "kube-state-metrics, which is not monitored; monitor it, or name the job that has its metrics by 'rules.kubeStateJobName'",
};

const hasClaim = (storage: DataStorage = DataStorage.volumeClaimTemplate()) => storage._claimOf('', '') !== undefined;

/** Alerts of parts that take metrics from a part that is not monitored, and are not told of another job that has them. */
export function blindAlerts(
  { metricsServer, prometheusAdapter, influxDb, influxDb2, nodeExporter }: KubernetesMonitoringProps, monitored: MetricSources,
): BlindAlert[] {
  const borrowers: ReadonlyArray<readonly [alert: string, source: Source, isMade: boolean, otherJob: string | undefined]> = [
    ['MetricsApiUnavailable', 'apiServer', metricsServer !== undefined, metricsServer?.rules?.apiServerJobName],
    ['CustomMetricsApiUnavailable', 'apiServer', prometheusAdapter !== undefined, prometheusAdapter?.rules?.apiServerJobName],
    ['InfluxDBDiskFilling', 'kubelet', influxDb !== undefined && hasClaim(influxDb.storage), influxDb?.rules?.kubeletJobName],
    ['InfluxDBIngestionFailing', 'prometheus', influxDb !== undefined, influxDb?.rules?.prometheusJobName],
    ['InfluxDB2DiskFilling', 'kubelet', influxDb2 !== undefined && hasClaim(influxDb2.storage), influxDb2?.rules?.kubeletJobName],
    ['NodeExporterMissing', 'kubeState', monitored.nodeExporter, nodeExporter?.rules?.kubeStateJobName],
  ];
  return borrowers.filter(([, source, isMade, otherJob]) => isMade && otherJob === undefined && !monitored[source])
    .map(([alert, source]) => ({ alert, note: `${alert} is left out: it needs the metrics of ${WAYS_OUT[source]}` }));
}
