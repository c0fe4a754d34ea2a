import { Construct } from 'constructs';
import { KubeletDiscovery } from './kubelet-discovery';
import { kubeletDashboards } from './kubelet-dashboards';
import { CADVISOR_METRICS, KUBELET_METRICS, PATH_METRICS } from './kubelet-metrics';
import { KubeletPath } from './kubelet-path';
import { KubeletRuleOptions } from './kubelet-rule-options';
import { KUBELET_JOB, kubeletRules } from './kubelet-rules';
import { note } from '../../kubernetes/notes';
import {
  Authorization, IMonitored, MetricSelection, Monitoring, Relabeling, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob, TlsClient,
} from '../../monitoring';
import { endpointOptions } from '../monitor-endpoints';
import { MonitorOptions } from '../monitor-options';
import { servedRules } from '../served-rules';
import { checkNamedOnce, checkPortNumber } from '../../checks';
import { checkArguments } from '../../arguments';
import { checkOrder } from '../threshold-order';
import { kubeletThresholds } from './kubelet-thresholds';

/** Settings of the scrape job of the kubelets. */
export interface KubeletMonitorProps extends MonitorOptions {
  /**
   * Metrics paths to scrape.
   * @default - KubeletPath.METRICS, KubeletPath.CADVISOR, KubeletPath.PROBES
   */
  readonly paths?: KubeletPath[];
  /**
   * Series of cAdvisor to store; `metrics` selects those of the kubelet itself.
   * @default - all but per-device and per-socket details, and cgroups that are neither a Pod's nor the root
   */
  readonly cadvisorMetrics?: MetricSelection;
  /**
   * Verification of the kubelets' certificates. kubeadm and kind leave them self-signed unless the kubelet's `serverTLSBootstrap` is on
   * and its requests are approved; then only `TlsClient.insecureSkipVerify()` reaches them.
   * @default - TlsClient.clusterCa(), none on the read-only port
   */
  readonly tls?: TlsClient;
  /**
   * Whether the read-only port is scraped, by plain HTTP and without a token. Kubelets have it closed by default.
   * @default false
   */
  readonly readOnlyPort?: boolean;
  /**
   * Discovery of the kubelets.
   * @default - by the nodes; where an operator runs the Prometheus, by the Service that it keeps in `kube-system`. With `port` by the nodes
   */
  readonly discovery?: KubeletDiscovery;
  /**
   * Number of the kubelets' port.
   * @default 10250, 10255 with `readOnlyPort`
   */
  readonly port?: number;
  /**
   * Thresholds and scope of the rules.
   * @default - those of the rules
   */
  readonly rules?: KubeletRuleOptions;
}

/**
 * The kubelet of every node, with cAdvisor: what nodes and containers do. Targets carry `namespace`, `service`, `endpoint`, `node` and
 * `metrics_path` as if they were found through a Service `kubelet` in `kube-system`, by which dashboards know them.
 * @see https://kubernetes.io/docs/reference/instrumentation/metrics/
 */
export class KubeletMonitor extends Construct implements IMonitored {
  /** Scrape job, rules and dashboards of the kubelets. */
  public readonly monitoring: Monitoring;

  constructor(scope: Construct, id: string, props: KubeletMonitorProps = {}) {
    super(scope, id);
    checkArguments('KubeletMonitor', { props }, this.node.path);
    checkOrder(this.node.path, props.rules, kubeletThresholds);
    const paths = this.pathsOf(props);
    const readOnly = props.readOnlyPort ?? false;
    const port = props.port ?? (readOnly ? 10255 : 10250);
    checkPortNumber(port, `${this.node.path}: port`);
    if (readOnly && props.tls !== undefined) {
      throw new Error(`${this.node.path}: got 'tls' together with readOnlyPort, which speaks plain HTTP; leave one of them out`);
    }
    const tls = readOnly ? undefined : props.tls ?? TlsClient.clusterCa();
    const job = this.job(props, new Map(paths.map((path): [KubeletPath, ScrapeEndpointProps] => [path, {
      ...endpointOptions(props),
      name: path.slice(1).replace('/', '-'),
      path,
      honorLabels: true,
      // cAdvisor stamps its samples with the time at which it took them, which may be long ago and out of order
      honorTimestamps: path !== KubeletPath.CADVISOR,
      metrics: selectionOf(path, props),
      tls,
      authorization: readOnly ? undefined : Authorization.serviceAccountToken(),
    }])), port);
    const presencePath = paths.includes(KubeletPath.METRICS) ? KubeletPath.METRICS : paths[0];
    const rules = kubeletRules({ jobName: job.name, presencePath }, props.rules);
    this.monitoring = {
      jobs: [job],
      rules: servedRules(this, rules, (expr) => isScraped(expr, paths), 'the paths of their metrics are not scraped'),
      dashboards: kubeletDashboards(job.name, paths, props.rules),
    };
    if (tls?.skipsVerification) {
      note(this, 'the certificates of the kubelets are not verified: anyone who answers at a node\'s address is sent the token of Prometheus; '
        + 'set serverTLSBootstrap in the kubelets\' configuration, approve their requests, and leave \'tls\' out');
    }
  }

  private job(props: KubeletMonitorProps, endpoints: ReadonlyMap<KubeletPath, ScrapeEndpointProps>, portNumber: number): ScrapeJob {
    const { discovery, jobName = KUBELET_JOB, port } = props;
    const portName = props.readOnlyPort ? 'http-metrics' : 'https-metrics';
    const namespace = discovery?._namespace;
    if (namespace !== undefined && port !== undefined) {
      throw new Error(`${this.node.path}: got port ${port} with KubeletDiscovery.service(), whose Service has port '${portName}'; leave it out, or use KubeletDiscovery.nodes()`);
    }
    return ScrapeJob._fromKubelets(jobName, {
      portName,
      portNumber: namespace === undefined ? portNumber : undefined,
      // The Service has the usual ports alone.
      serviceNamespace: discovery === undefined && port === undefined ? 'kube-system' : namespace,
    }, [...endpoints].map(([path, endpoint]) => ScrapeEndpoint._exposing(
      PATH_METRICS[path], { ...endpoint, relabelings: pathLabel([...endpoints.keys()]) }, path === KubeletPath.CADVISOR ? 'cadvisorMetrics' : 'metrics',
    )));
  }

  private pathsOf({ paths }: KubeletMonitorProps): KubeletPath[] {
    if (paths === undefined) {
      return [KubeletPath.METRICS, KubeletPath.CADVISOR, KubeletPath.PROBES];
    }
    if (paths.length === 0) {
      throw new Error(`${this.node.path}: paths is empty; name at least one KubeletPath, or leave it out for the default`);
    }
    checkNamedOnce(paths, `${this.node.path}: paths`, 'path');
    return [...paths];
  }
}

/** Whether all series in a text are of a path that is scraped. */
function isScraped(text: string, paths: readonly string[]): boolean {
  return [...text.matchAll(/\bmetrics_path="([^"]+)"/g)].every(([, path]) => paths.includes(path));
}

/** A single path is a label of its targets too: dashboards know kubelets by it. */
function pathLabel([path, ...others]: readonly KubeletPath[]): Relabeling[] {
  return others.length > 0 ? [] : [Relabeling.replace({ targetLabel: 'metrics_path', replacement: path })];
}

function selectionOf(path: KubeletPath, props: KubeletMonitorProps): MetricSelection {
  switch (path) {
    case KubeletPath.METRICS:
      return props.metrics ?? KUBELET_METRICS._asDefault();
    case KubeletPath.CADVISOR:
      return props.cadvisorMetrics ?? CADVISOR_METRICS._asDefault();
    default:
      return MetricSelection.all()._asDefault();
  }
}
