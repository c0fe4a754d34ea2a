import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { memberAddresses } from './etcd-addresses';
import { EtcdMonitorProps } from './etcd-monitor-props';
import { ETCD_JOB, etcdRules } from './etcd-rules';
import { etcdThresholds } from './etcd-thresholds';
import { externalServices } from './external-endpoints';
import { objectsBelow } from '../../kubernetes/api-object';
import { recommendedLabels, selectorLabels } from '../../kubernetes/workload-identity';
import { nameOf, namespaceOf } from '../../kubernetes/names';
import { note } from '../../kubernetes/notes';
import { IMonitored, MetricSelection, Monitoring, ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';
import { endpointOptions } from '../monitor-endpoints';
import { KUBE_SYSTEM, podsService, podsServiceName } from '../pods-service';
import { checkPortNumber } from '../../checks';
import { checkArguments } from '../../arguments';
import { checkOrder } from '../threshold-order';

const PORT_NAME = 'metrics';

interface Target {
  readonly services: readonly [ApiObject, ApiObject?];
  readonly namespace: string;
  /** Labels by which the Services are found. */
  readonly labels: { readonly [label: string]: string };
}

/**
 * etcd, in which the cluster keeps its objects: leaders, proposals, the disk and the size of the database.
 *
 * - Without props: the etcd that kubeadm runs in Pods, through its port for metrics, 2381, and a headless Service in `kube-system`.
 *   kubeadm has it listen on 127.0.0.1 only: set `listen-metrics-urls: http://0.0.0.0:2381` in `etcd.local.extraArgs` of its
 *   ClusterConfiguration.
 * - With `tls`: the same Pods at the port where clients connect, 2379, with a client certificate.
 * - With `addresses`: an etcd outside of the cluster, through a Service without selector and Endpoints of the same name, for IPv6 beside IPv4 one
 *   more of each, with `-ipv6` behind its name.
 * @see https://etcd.io/docs/latest/metrics/
 */
export class EtcdMonitor extends Construct implements IMonitored {
  /** Scrape job, rules and dashboard of etcd. */
  public readonly monitoring: Monitoring;
  /** The headless Service through which etcd is found; where there are addresses of both families that of IPv4. */
  public readonly service: ApiObject;
  /** The headless Service of the IPv6 addresses, where there are IPv4 ones too. */
  public readonly ipv6Service?: ApiObject;
  /** Name of that Service. */
  public readonly serviceName: string;
  /** Namespace of that Service. */
  public readonly namespace: string;
  /** Port of the members. */
  public readonly port: number;

  constructor(scope: Construct, id: string, props: EtcdMonitorProps = {}) {
    super(scope, id);
    checkArguments('EtcdMonitor', { props }, this.node.path);
    this.port = props.port ?? (props.tls === undefined && props.addresses === undefined ? 2381 : 2379);
    checkPortNumber(this.port, `${this.node.path}: port`);
    checkOrder(this.node.path, props.rules, etcdThresholds);
    const { addresses } = props;
    this.serviceName = addresses === undefined ? podsServiceName(scope, id, KUBE_SYSTEM, props.name) : nameOf(scope, id, props.name);
    const { services, namespace, labels } = addresses === undefined ? this.inPods(props) : this.outside(props, addresses);
    [this.service, this.ipv6Service] = services;
    this.namespace = namespace;
    const job = ScrapeJob.fromService({
      name: props.jobName ?? ETCD_JOB,
      labels,
      namespaces: [namespace],
      endpoints: [new ScrapeEndpoint({
        ...endpointOptions(props, MetricSelection.drop('etcd_debugging_.+_bucket', 'go_.+_bucket')),
        port: PORT_NAME,
        tls: props.tls,
      })],
    });
    this.monitoring = {
      jobs: [job],
      rules: etcdRules({ jobName: job.name, extensiveMetrics: props.extensiveMetrics }, props.rules),
      dashboards: componentDashboards({
        component: ETCD_JOB, jobName: job.name, folder: 'Control plane', files: ['etcd/etcd'], thresholds: etcdThresholds(props.rules),
      }),
    };
    if (props.tls?.skipsVerification) {
      note(this, 'the certificates of etcd are not verified: anyone who answers at its address is trusted; name its authority by TlsClient.fromSecret');
    }
  }

  /** The Endpoints or EndpointSlices of an etcd outside of the cluster. */
  public get endpoints(): ApiObject[] {
    return objectsBelow(this, 'Endpoints', 'EndpointSlice');
  }

  private inPods(props: EtcdMonitorProps): Target {
    this.refuse('is for an etcd outside of the cluster; name its members by \'addresses\', or leave it out', {
      namespace: props.namespace, endpointSlices: props.endpointSlices,
    });
    const { service, labels } = podsService(this, {
      name: this.serviceName, namespace: KUBE_SYSTEM, program: 'etcd', pods: props.pods ?? { component: 'etcd', tier: 'control-plane' }, portName: PORT_NAME, port: this.port,
    });
    return { services: [service], namespace: KUBE_SYSTEM, labels };
  }

  private outside(props: EtcdMonitorProps, given: readonly string[]): Target {
    this.refuse('selects Pods, and addresses names an etcd outside of the cluster; leave one of them out', { pods: props.pods });
    const addresses = memberAddresses(this.node.path, given);
    const name = this.serviceName;
    const namespace = namespaceOf(this, props.namespace);
    const services = externalServices(this, {
      name, namespace, labels: recommendedLabels('etcd', name, PORT_NAME), portName: PORT_NAME, port: this.port, addresses, endpointSlices: props.endpointSlices ?? false,
    });
    return { services, namespace, labels: selectorLabels('etcd', name) };
  }

  /** Rejects props that have no effect here. */
  private refuse(why: string, props: { readonly [prop: string]: unknown }): void {
    const given = Object.entries(props).find(([, value]) => value !== undefined);
    if (given !== undefined) {
      throw new Error(`${this.node.path}: '${given[0]}' ${why}`);
    }
  }
}
