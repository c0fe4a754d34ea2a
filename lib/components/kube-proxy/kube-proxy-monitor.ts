import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KubeProxyRuleOptions } from './kube-proxy-rule-options';
import { kubeProxyRules } from './kube-proxy-rules';
import { IMonitored, MetricSelection, Monitoring, ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { endpointOptions } from '../endpoint-options';
import { PLUMBING } from '../kubernetes-metrics';
import { MonitorOptions } from '../monitor-options';
import { KUBE_SYSTEM, kubeSystemName, podsService } from '../pods-service';
import { rulesOfJob } from '../rules-of-job';
import { checkPortNumber } from '../../checks';

/** How kube-proxy is found and scraped. */
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
  /**
   * Thresholds and scope of the rules.
   * @default - those of the rules
   */
  readonly rules?: KubeProxyRuleOptions;
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
  /** How kube-proxy is monitored. */
  public readonly monitoring: Monitoring;
  /** The headless Service that selects its Pods. */
  public readonly service: k8s.KubeService;
  /** Name of that Service. */
  public readonly serviceName: string;

  constructor(scope: Construct, id: string, props: KubeProxyMonitorProps = {}) {
    super(scope, id);
    const port = props.port ?? 10249;
    checkPortNumber(port, `${this.node.path}: port`);
    this.serviceName = kubeSystemName(scope, id, props.name);
    const { service, labels } = podsService(this, {
      name: this.serviceName, program: 'kube-proxy', pods: props.pods ?? { 'k8s-app': 'kube-proxy' }, portName: 'metrics', port,
    });
    this.service = service;
    const job = ScrapeJob.fromService({
      name: props.jobName ?? 'kube-proxy',
      labels,
      namespaces: [KUBE_SYSTEM],
      endpoints: [new ScrapeEndpoint({ ...endpointOptions(props, MetricSelection.drop(...PLUMBING)), port: 'metrics' })],
    });
    this.monitoring = { jobs: [job], rules: kubeProxyRules(rulesOfJob(this.node.path, job.name, props.rules)) };
  }
}
