import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CORE_DNS_JOB, CoreDnsRuleOptions, coreDnsRules, coreDnsThresholds } from './coredns-rules';
import { IMonitored, Monitoring, ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';
import { endpointOptions } from '../monitor-endpoints';
import { MonitorOptions } from '../monitor-options';
import { KUBE_SYSTEM, podsService, podsServiceName } from '../pods-service';
import { checkPortNumber } from '../../checks';
import { checkArguments } from '../../arguments';
import { checkOrder } from '../threshold-order';

/** Service of CoreDNS, and its endpoint. */
export interface CoreDnsMonitorProps extends MonitorOptions {
  /**
   * Whether a headless Service is made in `kube-system`, for a cluster whose Service `kube-dns` has no port `metrics`.
   * @default false
   */
  readonly ownService?: boolean;
  /**
   * Name of the headless Service; only with `ownService`.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Port of the metrics; only with `ownService`.
   * @default 9153
   */
  readonly port?: number;
  /**
   * Labels of the Service in `kube-system` that has a port `metrics`; with `ownService`, of the Pods.
   * @default - `k8s-app: kube-dns`
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Thresholds and scope of the rules.
   * @default - those of the rules
   */
  readonly rules?: CoreDnsRuleOptions;
}

/**
 * CoreDNS, the DNS server of the cluster: questions, answers, latency, and how its upstream does.
 * @see https://coredns.io/plugins/metrics/
 */
export class CoreDnsMonitor extends Construct implements IMonitored {
  /** Scrape job, rules and dashboard of CoreDNS. */
  public readonly monitoring: Monitoring;
  /** The headless Service, if there is one of its own. */
  public readonly service?: ApiObject;

  constructor(scope: Construct, id: string, props: CoreDnsMonitorProps = {}) {
    super(scope, id);
    checkArguments('CoreDnsMonitor', { props }, this.node.path);
    checkOrder(this.node.path, props.rules, coreDnsThresholds);
    const chosen = props.labels ?? { 'k8s-app': 'kube-dns' };
    let labels = chosen;
    if (props.ownService ?? false) {
      const port = props.port ?? 9153;
      checkPortNumber(port, `${this.node.path}: port`);
      const name = podsServiceName(scope, id, KUBE_SYSTEM, props.name);
      const own = podsService(this, { name, namespace: KUBE_SYSTEM, program: 'coredns', pods: chosen, portName: 'metrics', port });
      this.service = own.service;
      labels = own.labels;
    } else {
      this.refuse({ name: props.name, port: props.port });
    }
    const job = ScrapeJob.fromService({
      name: props.jobName ?? CORE_DNS_JOB,
      labels,
      namespaces: [KUBE_SYSTEM],
      endpoints: [new ScrapeEndpoint({ ...endpointOptions(props), port: 'metrics' })],
    });
    this.monitoring = {
      jobs: [job],
      rules: coreDnsRules({ jobName: job.name }, props.rules),
      dashboards: componentDashboards({
        component: CORE_DNS_JOB, jobName: job.name, folder: 'Control plane', files: ['coredns/coredns'], thresholds: coreDnsThresholds(props.rules),
      }),
    };
  }

  /** Rejects props that only a Service of its own has. */
  private refuse(props: { readonly [prop: string]: string | number | undefined }): void {
    Object.entries(props).filter(([, value]) => value !== undefined).forEach(([prop, value]) => {
      throw new Error(`${this.node.path}: ${prop} '${value}' is for a Service of its own; add 'ownService: true', or leave '${prop}' out`);
    });
  }
}
