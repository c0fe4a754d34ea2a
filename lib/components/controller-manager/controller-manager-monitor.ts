import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ControllerManagerRuleOptions } from './controller-manager-rule-options';
import { controllerManagerRules } from './controller-manager-rules';
import { IMonitored, Monitoring } from '../../monitoring';
import { monitorControlPlane } from '../control-plane';
import { ControlPlaneOptions } from '../control-plane-options';
import { kubeSystemName } from '../pods-service';
import { rulesOfJob } from '../rules-of-job';

/** How the controller manager is found and scraped. */
export interface ControllerManagerMonitorProps extends ControlPlaneOptions {
  /**
   * Thresholds and scope of the rules.
   * @default - those of the rules
   */
  readonly rules?: ControllerManagerRuleOptions;
}

/**
 * The controller manager: its work queues and its requests to the API server. It is found through a headless Service that is
 * made in `kube-system` and selects its Pods.
 *
 * kubeadm and kind let it listen on 127.0.0.1 only, where nothing but its own node reaches it: set `bind-address: 0.0.0.0` in
 * `controllerManager.extraArgs` of kubeadm's ClusterConfiguration. Managed clusters do not show it at all.
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
export class ControllerManagerMonitor extends Construct implements IMonitored {
  /** How the controller manager is monitored. */
  public readonly monitoring: Monitoring;
  /** The headless Service that selects its Pods. */
  public readonly service: k8s.KubeService;
  /** Name of that Service. */
  public readonly serviceName: string;

  constructor(scope: Construct, id: string, props: ControllerManagerMonitorProps = {}) {
    super(scope, id);
    this.serviceName = kubeSystemName(scope, id, props.name);
    const { job, service } = monitorControlPlane(this, { name: this.serviceName, program: 'kube-controller-manager', port: 10257 }, props);
    this.service = service;
    this.monitoring = { jobs: [job], rules: controllerManagerRules(rulesOfJob(this.node.path, job.name, props.rules)) };
  }
}
