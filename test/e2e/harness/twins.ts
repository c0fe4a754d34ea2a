import { Chart, Duration, Size } from 'cdk8s';
import { k8s, Secret } from 'cdk8s-plus-27';
import {
  AlertingRule, AlertmanagerServer, AlertRouting, Authorization, BlackboxExporter, ClusterProfile, EtcdMonitor, IMonitored, Integration,
  IPrometheus, KubeletReach, KubernetesMonitoring, OperatedAlertmanager, OperatedPrometheus, PrometheusOperator, Receiver,
  RecordingRule, Relabeling, Route, RuleGroup, ScrapeEndpoint, ScrapeJob, SecretKey, Severity, TlsClient,
} from 'cdk8s-prometheus';
import { deployed, DeployedApp, synthesize } from './apps';
import { dashboardsOf } from './dashboards';
import { ClusterEtcd, clusterEtcd } from './etcd-certificates';
import { etcdOfThreeMonitor } from './etcd-of-three';
import { operatorCrds } from './operator';
import { PrometheusApi } from './prometheus-api';
import { Shop, SHOP_LABELS, SHOP_PATH, SHOP_PORT } from './shop';
import { addTroubles, metricsApis, troubledModules } from './troubles';
import { WebhookReceiver } from './webhook-receiver';
import type { Dashboard as DashboardJson } from '../../../dashboards/grafana/json';
import { inChart } from '../../charts';

export const TWINS = 'e2e-twins';
/** An alert of both: the shop is away. */
export const SHOP_ALERT = 'ShopGone';

export const plain = new PrometheusApi(TWINS);
export const operated = new PrometheusApi(TWINS, 'operated');

const ETCD_FILES = ['ca.crt', 'healthcheck-client.crt', 'healthcheck-client.key'];
const OFTEN = Duration.seconds(10);

export interface TwinOptions {
  /** Time between two scrapes of the operated one. */
  readonly interval?: Duration;
  /** A job that only the operated one has. */
  readonly further?: ScrapeJob;
  /**
   * Gives both what fails: a remote store, targets, probes, a rule, an etcd, and for the operated Alertmanager a receiver. Snapshots can be taken of
   * the plain one.
   */
  readonly troubled?: boolean;
}

/** Each kind of discovery that the parts of the stack have no use for. */
function shopJobs(prober: BlackboxExporter): ScrapeJob[] {
  const shop = { labels: SHOP_LABELS, namespaces: [TWINS] };
  const path = SHOP_PATH;
  return [
    ScrapeJob.fromService({ name: 'shop', ...shop, endpoints: [new ScrapeEndpoint({ port: 'http', path })], copyLabels: ['app'] }),
    ScrapeJob.fromPods({ name: 'shop-pods', ...shop, endpoints: [new ScrapeEndpoint({ port: 'http', path })], copyLabels: ['app'] }),
    ScrapeJob.fromPods({ name: 'shop-pods-by-number', ...shop, endpoints: [new ScrapeEndpoint({ portNumber: SHOP_PORT, path })] }),
    ScrapeJob.fromStaticTargets({
      name: 'shop-by-name', targets: [`shop.${TWINS}.svc:80`], targetLabels: { site: 'here' }, endpoints: [new ScrapeEndpoint({ path })],
    }),
    ScrapeJob.fromNodes({
      name: 'kubelet-slis',
      copyLabels: ['kubernetes.io/hostname'],
      endpoints: [new ScrapeEndpoint({
        name: 'slis', portNumber: 10250, path: '/metrics/slis', tls: TlsClient.clusterCa(), authorization: Authorization.serviceAccountToken(),
      })],
    }),
    ScrapeJob.fromProbes({ name: 'probed-urls', prober, module: 'http_2xx', targets: [`http://shop.${TWINS}.svc${path}`], targetLabels: { site: 'here' } }),
    ScrapeJob.raw('shop-raw', { metrics_path: path, static_configs: [{ targets: [`shop.${TWINS}.svc:80`], labels: { site: 'there' } }] }),
  ];
}

/** As `KubernetesMonitoring` has its Prometheus discover applications. */
function annotatedJobs(): ScrapeJob[] {
  const dns = Relabeling.drop({ sourceLabels: ['__meta_kubernetes_namespace', '__meta_kubernetes_service_name'], regex: 'kube-system;kube-dns' });
  return [
    ScrapeJob.fromAnnotatedPods(), ScrapeJob.fromAnnotatedServices({ endpoint: new ScrapeEndpoint({ name: 'metrics', relabelings: [dns] }) }),
  ];
}

/** etcd as if it were outside of the cluster, with the certificates that the Secret holds. */
function externalEtcd(chart: Chart, { addresses, files }: ClusterEtcd): EtcdMonitor {
  new k8s.KubeSecret(chart, 'etcd-certs', { metadata: { name: 'etcd-certs' }, type: 'Opaque', stringData: files });
  const certificates = Secret.fromSecretName(chart, 'certificates', 'etcd-certs');
  return new EtcdMonitor(chart, 'etcd-outside', {
    jobName: 'etcd-outside',
    addresses,
    tls: TlsClient.fromSecret(certificates, { ca: 'ca.crt', certificate: 'healthcheck-client.crt', privateKey: 'healthcheck-client.key' }),
  });
}

function shopRules(): RuleGroup {
  return new RuleGroup({
    name: 'shop',
    rules: [
      new RecordingRule({ record: 'job:shop_orders:sum', expr: 'sum by (job) (shop_orders_total)' }),
      new AlertingRule({
        alert: SHOP_ALERT, expr: 'absent(up{job="shop"} == 1)', severity: Severity.CRITICAL, summary: 'the shop is away', description: 'nobody can buy anything',
      }),
    ],
  });
}

/** A routing that tells at once, at a URL that a Secret holds. */
function impatient(chart: Chart, url: string): AlertRouting {
  new k8s.KubeSecret(chart, 'receivers', { metadata: { name: 'receivers' }, type: 'Opaque', stringData: { url } });
  const urlFrom = SecretKey.of(Secret.fromSecretName(chart, 'urls', 'receivers'), 'url');
  return new AlertRouting({
    route: new Route({
      receiver: Receiver.of('webhook', Integration.webhook({ urlFrom, sendResolved: true })), groupWait: Duration.seconds(1), groupInterval: Duration.seconds(5),
    }),
  });
}

/** The full stack, and beside it a Prometheus and an Alertmanager of the operator that watch the very same things. Gives these. */
function fill(chart: Chart, etcd: ClusterEtcd, { interval = OFTEN, further, troubled = false }: TwinOptions): IMonitored[] {
  const server = { evaluationInterval: OFTEN, terminationGracePeriod: OFTEN, retentionSize: Size.gibibytes(1) };
  const stack = new KubernetesMonitoring(chart, 'monitoring', {
    profile: ClusterProfile.kubeadm({ kubelet: KubeletReach.VERIFIED, scheduler: true, controllerManager: true, kubeProxy: true, etcd: true }),
    prometheus: { ...server, scrapeInterval: OFTEN, extraFlags: troubled ? { 'web.enable-admin-api': '' } : undefined },
    blackboxExporter: { modules: troubled ? troubledModules() : undefined },
  });
  const { prometheus, alertmanager, blackboxExporter } = stack;
  if (!(alertmanager instanceof AlertmanagerServer) || blackboxExporter === undefined) {
    throw new Error('the stack lacks a part');
  }
  new Shop(chart, 'shop', TWINS).open();
  const webhook = new WebhookReceiver(chart, 'webhook', TWINS);
  // Its Secret is there before the operator is, which would refuse the monitor until then.
  const outside = externalEtcd(chart, etcd);

  const operator = new PrometheusOperator(chart, 'prometheus-operator');
  const twin = new OperatedPrometheus(chart, 'operated', { ...server, scrapeInterval: interval, jobName: 'operated-prometheus' });
  const router = new OperatedAlertmanager(chart, 'operated-alertmanager', {
    jobName: 'operated-alertmanager', replicas: troubled ? 2 : 1, routing: impatient(chart, troubled ? webhook.refusingUrl : webhook.url),
  });
  twin.sendAlertsTo(router);

  const parts = [
    stack.nodeExporter, stack.kubeStateMetrics, stack.kubelet, stack.apiServer, stack.scheduler, stack.controllerManager, stack.kubeProxy,
    stack.coreDns, stack.etcd, blackboxExporter,
  ].filter((part) => part !== undefined);
  // Each watches the other as well.
  prometheus.monitor(operator, twin, router, outside);
  twin.monitor(operator, prometheus, alertmanager, outside, ...parts);
  annotatedJobs().forEach((job) => twin.addScrapeJob(job));
  [prometheus, twin].forEach((one: IPrometheus) => {
    shopJobs(blackboxExporter).forEach((job) => one.addScrapeJob(job));
    one.addRules(shopRules());
  });
  if (further !== undefined) {
    twin.addScrapeJob(further);
  }
  const more = troubled ? [...metricsApis(chart, TWINS, prometheus), etcdOfThreeMonitor(chart)] : [];
  if (troubled) {
    prometheus.monitor(...more);
    twin.monitor(...more);
    addTroubles(chart, TWINS, blackboxExporter, prometheus, twin);
  }
  return [prometheus, alertmanager, twin, router, operator, outside, ...more, ...parts];
}

/** Writes the twins, or with options and a folder of its own another version of them. */
export async function writeTwins(options: TwinOptions = {}, dist?: string): Promise<DeployedApp> {
  const etcd = await clusterEtcd(ETCD_FILES);
  return synthesize(TWINS, (chart) => {
    fill(chart, etcd, options);
  }, dist);
}

/** Dashboards of what both twins monitor, or those of another version of them. */
export function twinDashboards(options: TwinOptions = {}): DashboardJson[] {
  return inChart((chart) => dashboardsOf(chart, fill(chart, { addresses: ['192.0.2.1'], files: {} }, options)));
}

/** The twins, beside the definitions of the operator's kinds. */
export async function twins(): Promise<DeployedApp> {
  await operatorCrds();
  return deployed(TWINS, () => writeTwins());
}
