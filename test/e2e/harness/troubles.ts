import { Chart } from 'cdk8s';
import {
  AlertingRule, BlackboxExporter, BlackboxModule, CustomMetric, IMonitored, IPrometheus, MetricsServer, PrometheusAdapter, PrometheusServer,
  RecordingRule, Relabeling, RemoteWrite, RuleGroup, ScrapeJob, TlsClient,
} from 'cdk8s-prometheus';
import { apiServiceTls } from './api-certificate';
import { ETCD_OF_THREE } from './etcd-of-three';

/** An alert that fires and is silenced. */
export const SILENCED = 'TargetGoneSilenced';

/** Modules of a prober by which targets of each kind are probed. */
export function troubledModules(): BlackboxModule[] {
  return [
    ...BlackboxExporter.defaultModules(),
    BlackboxModule.http('https_unverified', { tls: TlsClient.insecureSkipVerify() }),
    BlackboxModule.dns('cluster_dns', { queryName: 'kubernetes.default.svc.cluster.local' }),
  ];
}

/** Both servers of metrics APIs, which autoscalers need. */
export function metricsApis(chart: Chart, namespace: string, prometheus: IPrometheus): IMonitored[] {
  const tls = apiServiceTls(chart, namespace, ['metrics-server', 'prometheus-adapter']);
  const customMetrics = [CustomMetric.fromSeries({ series: 'process_open_fds' })];
  return [new MetricsServer(chart, 'metrics-server', { tls }), new PrometheusAdapter(chart, 'prometheus-adapter', { tls, prometheus, customMetrics })];
}

/** What Prometheus servers have of others: a store that takes samples and two that do not, targets, probes and a rule that fail, and alerts. */
export function addTroubles(chart: Chart, namespace: string, prober: BlackboxExporter, ...servers: IPrometheus[]): void {
  const store = new PrometheusServer(chart, 'store', { jobName: 'store', remoteWriteReceiver: true });
  const shop = `http://shop.${namespace}.svc`;
  const gone = `http://gone.${namespace}.svc`;
  const relabelings = [Relabeling.keep({ sourceLabels: ['__name__'], regex: 'up|process_.+' })];
  const probes: Readonly<Record<string, string[]>> = {
    http_2xx: [`${shop}/none`, gone],
    https_unverified: ['https://kubernetes.default.svc/livez'],
    cluster_dns: ['kube-dns.kube-system.svc:53'],
    icmp: [`store-replicas.${namespace}.svc`],
    grpc: [ETCD_OF_THREE],
  };
  servers.forEach((server) => {
    server.addRemoteWrite(new RemoteWrite({ name: 'store', url: `${store.url}/api/v1/write`, relabelings }));
    server.addRemoteWrite(new RemoteWrite({ name: 'refusing', url: `${shop}/write`, relabelings }));
    server.addRemoteWrite(new RemoteWrite({ name: 'gone', url: `${gone}/write`, relabelings }));
    server.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'down', targets: ['127.0.0.1:1'] }));
    Object.entries(probes).forEach(([module, targets]) => {
      server.addScrapeJob(ScrapeJob.fromProbes({ name: `probed-by-${module.replace(/_/g, '-')}`, prober, module, targets }));
    });
    server.addRules(new RuleGroup({ name: 'failing', rules: [new RecordingRule({ record: 'failing', expr: 'up * on () group_left () up' })] }));
    server.addRules(new RuleGroup({
      name: 'alerts',
      rules: ['TargetGone', SILENCED].map((alert) => new AlertingRule({ alert, expr: 'up{job="down"} == 0', summary: 'a target is gone', description: 'it never was there' })),
    }));
  });
}
