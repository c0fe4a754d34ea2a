import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { EtcdMonitorProps } from './etcd-monitor-props';
import { ETCD_JOB, etcdRules } from './etcd-rules';
import { etcdThresholds } from './etcd-thresholds';
import { objectsBelow } from '../../kubernetes/api-object';
import { note } from '../../kubernetes/notes';
import { IMonitored, MetricSelection, Monitoring, ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';
import { endpointOptions } from '../monitor-endpoints';
import { programService } from '../program-service';
import { checkPortNumber } from '../../checks';
import { checkArguments } from '../../arguments';
import { checkOrder } from '../threshold-order';

const PORT_NAME = 'metrics';

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
    const found = programService(this, {
      program: 'etcd', portName: PORT_NAME, port: this.port, pods: { component: 'etcd', tier: 'control-plane' },
    }, props);
    this.service = found.service;
    this.ipv6Service = found.ipv6Service;
    this.serviceName = found.serviceName;
    this.namespace = found.namespace;
    const job = ScrapeJob.fromService({
      name: props.jobName ?? ETCD_JOB,
      labels: found.labels,
      namespaces: [found.namespace],
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
}
