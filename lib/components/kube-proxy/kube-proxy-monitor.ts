import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KUBE_PROXY_JOB, KUBE_PROXY_METRICS, kubeProxyRules } from './kube-proxy-rules';
import { objectsBelow } from '../../kubernetes/api-object';
import { Authorization, IMonitored, MetricSelection, Monitoring, ScrapeEndpoint, ScrapeJob, TlsClient } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';
import { UNUSED_KUBERNETES_METRICS, endpointOptions } from '../monitor-endpoints';
import { kubeletProcessJob } from '../kubelet-process';
import { InstanceOptions, programService, refuseInstances } from '../program-service';
import { checkPortNumber } from '../../checks';
import { checkArguments } from '../../arguments';

const PORT_NAME = 'metrics';

/** Instances of kube-proxy, and their endpoint. */
export interface KubeProxyMonitorProps extends InstanceOptions {
  /**
   * Labels of the nodes in whose kubelet kube-proxy runs, as in k3s and MicroK8s, where one process is both; `{}` is all nodes. It is scraped at
   * the kubelets' port then, and its own metrics are stored.
   * @default - none: it runs by itself
   */
  readonly kubeletNodes?: { readonly [label: string]: string };
  /**
   * Port of its metrics.
   * @default - 10249; 10250 with `kubeletNodes`
   */
  readonly port?: number;
  /**
   * TLS settings that verify what answers at that port, and is sent the token of Prometheus: the kubelets, or a proxy in front of kube-proxy.
   * @default - none: metrics are read by plain HTTP; TlsClient.clusterCa() with `kubeletNodes`
   */
  readonly tls?: TlsClient;
}

/**
 * kube-proxy on every node: how long changes of Services take to become rules. Found through a headless Service that is made in
 * `kube-system` and selects its Pods, which declare no port, or has `addresses`.
 *
 * By default it serves metrics on 127.0.0.1 only, where nothing but its own node reaches it: set `metricsBindAddress: 0.0.0.0:10249` in
 * its configuration (the ConfigMap `kube-proxy` in `kube-system`).
 * @see https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/
 */
export class KubeProxyMonitor extends Construct implements IMonitored {
  /** Scrape job, rules and dashboard of kube-proxy. */
  public readonly monitoring: Monitoring;
  /** The headless Service by which it is discovered; where there are addresses of both families that of IPv4. None with `kubeletNodes`. */
  public readonly service?: ApiObject;
  /** The headless Service of the IPv6 addresses, where there are IPv4 ones too. */
  public readonly ipv6Service?: ApiObject;
  /** Name of the Service. None with `kubeletNodes`. */
  public readonly serviceName?: string;

  constructor(scope: Construct, id: string, props: KubeProxyMonitorProps = {}) {
    super(scope, id);
    checkArguments('KubeProxyMonitor', { props }, this.node.path);
    const { jobName: name = KUBE_PROXY_JOB, port = 10249, kubeletNodes, tls } = props;
    checkPortNumber(port, `${this.node.path}: port`);
    if (kubeletNodes === undefined) {
      const found = programService(this, { program: 'kube-proxy', portName: PORT_NAME, port, pods: { 'k8s-app': 'kube-proxy' } }, props);
      this.service = found.service;
      this.ipv6Service = found.ipv6Service;
      this.serviceName = found.serviceName;
      this.monitoring = monitoringOf(ScrapeJob.fromService({
        name,
        labels: found.labels,
        namespaces: [found.namespace],
        endpoints: [new ScrapeEndpoint({
          ...endpointOptions(props, MetricSelection.drop(...UNUSED_KUBERNETES_METRICS)),
          port: PORT_NAME,
          tls,
          authorization: tls === undefined ? undefined : Authorization.serviceAccountToken(),
        })],
      }));
    } else {
      refuseInstances(this, props);
      this.monitoring = monitoringOf(kubeletProcessJob({ ...props, name, nodes: kubeletNodes, own: KUBE_PROXY_METRICS }));
    }
  }

  /** The Endpoints or EndpointSlices of instances that run in no Pods. */
  public get endpoints(): ApiObject[] {
    return objectsBelow(this, 'Endpoints', 'EndpointSlice');
  }
}

function monitoringOf(job: ScrapeJob): Monitoring {
  return {
    jobs: [job],
    rules: kubeProxyRules({ jobName: job.name }),
    dashboards: componentDashboards({ component: KUBE_PROXY_JOB, jobName: job.name, folder: 'Control plane', files: ['kube-proxy/kubernetes-kube-proxy'] }),
  };
}
