import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CONTROLLER_MANAGER, ControlPlaneProgram, SCHEDULER, controlPlaneRules } from './control-plane-rules';
import { objectsBelow } from '../../kubernetes/api-object';
import { note } from '../../kubernetes/notes';
import { Authorization, IMonitored, MetricSelection, Monitoring, ScrapeJob, TlsClient } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';
import { UNUSED_KUBERNETES_METRICS, endpointOptions, kubernetesEndpoints } from '../monitor-endpoints';
import { kubeletProcessJob } from '../kubelet-process';
import { InstanceOptions, programService, refuseInstances } from '../program-service';
import { checkPortNumber } from '../../checks';
import { checkArguments, checkProps } from '../../arguments';

const PORT_NAME = 'https-metrics';

/** Instances of a program of the control plane, and their endpoint. */
export interface ControlPlaneMonitorProps extends InstanceOptions {
  /**
   * Labels of the nodes in whose kubelet the program runs, as in k3s and MicroK8s, where one process is all of them. It is scraped at the kubelets'
   * port then, and its own metrics are stored.
   * @default - none: it runs by itself
   */
  readonly kubeletNodes?: { readonly [label: string]: string };
  /**
   * Port of its metrics.
   * @default - Kubernetes' own; 10250 with `kubeletNodes`
   */
  readonly port?: number;
  /**
   * TLS settings that verify its certificate. Without `--tls-cert-file` the program signs itself a new one at each start, as in clusters
   * made by kubeadm or kind; nothing can verify that.
   * @default - TlsClient.insecureSkipVerify(); TlsClient.clusterCa() with `kubeletNodes`
   */
  readonly tls?: TlsClient;
  /**
   * Whether the service level indicators, at /metrics/slis, are scraped too. Targets carry `metrics_path` then.
   * @default false
   */
  readonly serviceLevelIndicators?: boolean;
}

/** Scrapes a program of the control plane by the scraper's own token. */
class ControlPlaneMonitor extends Construct implements IMonitored {
  /** Its scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** The headless Service by which it is discovered; where there are addresses of both families that of IPv4. None with `kubeletNodes`. */
  public readonly service?: ApiObject;
  /** The headless Service of the IPv6 addresses, where there are IPv4 ones too. */
  public readonly ipv6Service?: ApiObject;
  /** Name of the Service. None with `kubeletNodes`. */
  public readonly serviceName?: string;

  /** @internal */
  protected constructor(scope: Construct, id: string, of: ControlPlaneProgram, props: ControlPlaneMonitorProps) {
    super(scope, id);
    checkProps('ControlPlaneMonitorProps', props, this.node.path);
    const { program } = of;
    const name = props.jobName ?? program;
    const { port = of.port, tls = TlsClient.insecureSkipVerify(), kubeletNodes } = props;
    checkPortNumber(port, `${this.node.path}: port`);
    if (kubeletNodes === undefined) {
      const found = programService(this, { program, portName: PORT_NAME, port, pods: { component: program, tier: 'control-plane' } }, props);
      this.service = found.service;
      this.ipv6Service = found.ipv6Service;
      this.serviceName = found.serviceName;
      this.monitoring = monitoringOf(of, ScrapeJob.fromService({
        name,
        labels: found.labels,
        namespaces: [found.namespace],
        endpoints: kubernetesEndpoints({
          ...endpointOptions(props, MetricSelection.drop(...UNUSED_KUBERNETES_METRICS)),
          port: PORT_NAME,
          tls,
          authorization: Authorization.serviceAccountToken(),
        }, props.serviceLevelIndicators),
      }));
      if (tls.skipsVerification) {
        note(this, `the certificate of ${program} is not verified: anyone who answers at its address is sent the token of Prometheus; `
          + `give ${program} a certificate by --tls-cert-file and --tls-private-key-file, and name its authority by 'tls'`);
      }
    } else {
      refuseInstances(this, props);
      this.monitoring = monitoringOf(of, kubeletProcessJob({ ...props, name, nodes: kubeletNodes, own: of.metrics }));
    }
  }

  /** The Endpoints or EndpointSlices of instances that run in no Pods. */
  public get endpoints(): ApiObject[] {
    return objectsBelow(this, 'Endpoints', 'EndpointSlice');
  }
}

function monitoringOf(of: ControlPlaneProgram, job: ScrapeJob): Monitoring {
  return {
    jobs: [job],
    rules: controlPlaneRules(of, { jobName: job.name }),
    dashboards: componentDashboards({ component: of.program, jobName: job.name, folder: 'Control plane', files: [of.dashboard] }),
  };
}

/**
 * The scheduler: how many Pods wait, and how long they take to be placed. It is discovered through a headless Service that is
 * made in `kube-system` and selects its Pods, or has `addresses`.
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
 * made in `kube-system` and selects its Pods, or has `addresses`.
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
