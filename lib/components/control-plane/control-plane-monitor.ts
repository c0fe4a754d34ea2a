import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CONTROLLER_MANAGER, ControlPlaneProgram, SCHEDULER, controlPlaneRules } from './control-plane-rules';
import { note } from '../../kubernetes/notes';
import { Authorization, IMonitored, MetricSelection, Monitoring, ScrapeJob, TlsClient } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';
import { UNUSED_KUBERNETES_METRICS, endpointOptions, kubernetesEndpoints } from '../monitor-endpoints';
import { MonitorOptions } from '../monitor-options';
import { KUBE_SYSTEM, podsService, podsServiceName } from '../pods-service';
import { checkPortNumber } from '../../checks';
import { checkArguments, checkProps } from '../../arguments';

/** A program of the control plane that runs in Pods. */
export interface ControlPlaneMonitorProps extends MonitorOptions {
  /**
   * Name of the headless Service that is made in `kube-system`.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Labels of its Pods in `kube-system`.
   * @default - those that kubeadm and kind give them: `component` and `tier: control-plane`
   */
  readonly pods?: { readonly [label: string]: string };
  /**
   * Port of its metrics.
   * @default - Kubernetes' own
   */
  readonly port?: number;
  /**
   * TLS settings that verify its certificate. Without `--tls-cert-file` the program signs itself a new one at each start, as in clusters
   * made by kubeadm or kind; nothing can verify that.
   * @default TlsClient.insecureSkipVerify()
   */
  readonly tls?: TlsClient;
  /**
   * Whether the service level indicators, at /metrics/slis, are scraped too. Targets carry `metrics_path` then.
   * @default false
   */
  readonly serviceLevelIndicators?: boolean;
}

/** Scrapes the static Pods of a program of the control plane by the scraper's own token, discovered through a headless Service. */
class ControlPlaneMonitor extends Construct implements IMonitored {
  /** Its scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** The headless Service that selects its Pods. */
  public readonly service: ApiObject;
  /** Name of that Service. */
  public readonly serviceName: string;

  /** @internal */
  protected constructor(scope: Construct, id: string, of: ControlPlaneProgram, props: ControlPlaneMonitorProps) {
    super(scope, id);
    checkProps('ControlPlaneMonitorProps', props, this.node.path);
    const { program } = of;
    const { port = of.port, tls = TlsClient.insecureSkipVerify() } = props;
    checkPortNumber(port, `${this.node.path}: port`);
    this.serviceName = podsServiceName(scope, id, KUBE_SYSTEM, props.name);
    const { service, labels } = podsService(this, {
      name: this.serviceName,
      namespace: KUBE_SYSTEM,
      program,
      pods: props.pods ?? { component: program, tier: 'control-plane' },
      portName: 'https-metrics',
      port,
    });
    this.service = service;
    if (tls.skipsVerification) {
      note(this, `the certificate of ${program} is not verified: anyone who answers at its address is sent the token of Prometheus; `
        + `give ${program} a certificate by --tls-cert-file and --tls-private-key-file, and name its authority by 'tls'`);
    }
    const job = ScrapeJob.fromService({
      name: props.jobName ?? program,
      labels,
      namespaces: [KUBE_SYSTEM],
      endpoints: kubernetesEndpoints({
        ...endpointOptions(props, MetricSelection.drop(...UNUSED_KUBERNETES_METRICS)),
        port: 'https-metrics',
        tls,
        authorization: Authorization.serviceAccountToken(),
      }, props.serviceLevelIndicators),
    });
    this.monitoring = {
      jobs: [job],
      rules: controlPlaneRules(of, { jobName: job.name }),
      dashboards: componentDashboards({ component: program, jobName: job.name, folder: 'Control plane', files: [of.dashboard] }),
    };
  }
}

/**
 * The scheduler: how many Pods wait, and how long they take to be placed. It is discovered through a headless Service that is
 * made in `kube-system` and selects its Pods.
 *
 * kubeadm and kind let it listen on 127.0.0.1 only, out of reach of other nodes: set `bind-address: 0.0.0.0` in
 * `scheduler.extraArgs` of kubeadm's ClusterConfiguration. Managed clusters do not expose it.
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/
 */
export class SchedulerMonitor extends ControlPlaneMonitor {
  constructor(scope: Construct, id: string, props: ControlPlaneMonitorProps = {}) {
    super(scope, id, SCHEDULER, props);
    checkArguments('SchedulerMonitor', { props }, this.node.path);
  }
}

/**
 * The controller manager: its work queues and its requests to the API server. It is discovered through a headless Service that is
 * made in `kube-system` and selects its Pods.
 *
 * kubeadm and kind let it listen on 127.0.0.1 only, out of reach of other nodes: set `bind-address: 0.0.0.0` in
 * `controllerManager.extraArgs` of kubeadm's ClusterConfiguration. Managed clusters do not expose it.
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
export class ControllerManagerMonitor extends ControlPlaneMonitor {
  constructor(scope: Construct, id: string, props: ControlPlaneMonitorProps = {}) {
    super(scope, id, CONTROLLER_MANAGER, props);
    checkArguments('ControllerManagerMonitor', { props }, this.node.path);
  }
}
