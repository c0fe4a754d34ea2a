import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KUBE_PROXY_JOB, kubeProxyRules } from './kube-proxy-rules';
import { IMonitored, MetricSelection, Monitoring, ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';
import { UNUSED_KUBERNETES_METRICS, endpointOptions } from '../monitor-endpoints';
import { MonitorOptions } from '../monitor-options';
import { KUBE_SYSTEM, podsService, podsServiceName } from '../pods-service';
import { checkPortNumber } from '../../checks';
import { checkArguments } from '../../arguments';

/** Pods of kube-proxy, and their endpoint. */
export interface KubeProxyMonitorProps extends MonitorOptions {
  /**
   * Name of the headless Service that is made in `kube-system`.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Labels of its Pods in `kube-system`.
   * @default - `k8s-app: kube-proxy`
   */
  readonly pods?: { readonly [label: string]: string };
  /**
   * Port of its metrics.
   * @default 10249
   */
  readonly port?: number;
}

/**
 * kube-proxy on every node: how long changes of Services take to become rules. Found through a headless Service that is made in
 * `kube-system` and selects its Pods, which declare no port.
 *
 * By default it serves metrics on 127.0.0.1 only, where nothing but its own node reaches it: set `metricsBindAddress: 0.0.0.0:10249` in
 * its configuration (the ConfigMap `kube-proxy` in `kube-system`).
 * @see https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/
 */
export class KubeProxyMonitor extends Construct implements IMonitored {
  /** Scrape job, rules and dashboard of kube-proxy. */
  public readonly monitoring: Monitoring;
  /** The headless Service that selects its Pods. */
  public readonly service: ApiObject;
  /** Name of that Service. */
  public readonly serviceName: string;

  constructor(scope: Construct, id: string, props: KubeProxyMonitorProps = {}) {
    super(scope, id);
    checkArguments('KubeProxyMonitor', { props }, this.node.path);
    const port = props.port ?? 10249;
    checkPortNumber(port, `${this.node.path}: port`);
    this.serviceName = podsServiceName(scope, id, KUBE_SYSTEM, props.name);
    const { service, labels } = podsService(this, {
      name: this.serviceName, namespace: KUBE_SYSTEM, program: 'kube-proxy', pods: props.pods ?? { 'k8s-app': 'kube-proxy' }, portName: 'metrics', port,
    });
    this.service = service;
    const job = ScrapeJob.fromService({
      name: props.jobName ?? KUBE_PROXY_JOB,
      labels,
      namespaces: [KUBE_SYSTEM],
      endpoints: [new ScrapeEndpoint({ ...endpointOptions(props, MetricSelection.drop(...UNUSED_KUBERNETES_METRICS)), port: 'metrics' })],
    });
    this.monitoring = {
      jobs: [job],
      rules: kubeProxyRules({ jobName: job.name }),
      dashboards: componentDashboards({ component: KUBE_PROXY_JOB, jobName: job.name, folder: 'Control plane', files: ['kube-proxy/kubernetes-kube-proxy'] }),
    };
  }
}
