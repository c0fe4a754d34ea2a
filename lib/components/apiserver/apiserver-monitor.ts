import { Construct } from 'constructs';
import { ApiServerRuleOptions } from './apiserver-rule-options';
import { apiServerRules } from './apiserver-rules';
import { APISERVER_METRICS } from './apiserver-metrics';
import { Authorization, IMonitored, Monitoring, ScrapeJob, TlsClient } from '../../monitoring';
import { securedEndpoints } from '../control-plane';
import { endpointOptions } from '../endpoint-options';
import { MonitorOptions } from '../monitor-options';
import { rulesOfJob } from '../rules-of-job';

/** How the API servers are scraped. */
export interface ApiServerMonitorProps extends MonitorOptions {
  /**
   * How the API servers' certificates are verified.
   * @default - by the cluster's authority, under the name `kubernetes`
   */
  readonly tls?: TlsClient;
  /**
   * Whether the service level indicators, at /metrics/slis, are scraped too. Targets carry `metrics_path` then.
   * @default false
   */
  readonly serviceLevelIndicators?: boolean;
  /**
   * Thresholds and scope of the rules.
   * @default - those of the rules
   */
  readonly rules?: ApiServerRuleOptions;
}

/**
 * The API server: requests, their latency and errors, and what it refuses. Every instance is scraped, through the endpoints of the
 * Service `kubernetes` in `default` that each cluster has.
 * @see https://kubernetes.io/docs/reference/instrumentation/metrics/
 */
export class ApiServerMonitor extends Construct implements IMonitored {
  /** How the API servers are monitored. */
  public readonly monitoring: Monitoring;

  constructor(scope: Construct, id: string, props: ApiServerMonitorProps = {}) {
    super(scope, id);
    const job = ScrapeJob.fromService({
      name: props.jobName ?? 'apiserver',
      labels: { component: 'apiserver', provider: 'kubernetes' },
      namespaces: ['default'],
      endpoints: securedEndpoints({
        ...endpointOptions(props, APISERVER_METRICS),
        port: 'https',
        tls: props.tls ?? TlsClient.clusterCa({ serverName: 'kubernetes' }),
        authorization: Authorization.serviceAccountToken(),
      }, props.serviceLevelIndicators),
    });
    this.monitoring = { jobs: [job], rules: apiServerRules(rulesOfJob(this.node.path, job.name, props.rules)) };
  }
}
