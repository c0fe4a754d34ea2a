import { Construct } from 'constructs';
import { APISERVER_METRICS } from './apiserver-metrics';
import { ApiServerRuleOptions } from './apiserver-rule-options';
import { API_SERVER_JOB, apiServerRules } from './apiserver-rules';
import { apiServerThresholds } from './apiserver-thresholds';
import { Authorization, IMonitored, Monitoring, ScrapeJob, TlsClient } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';
import { endpointOptions, kubernetesEndpoints } from '../monitor-endpoints';
import { MonitorOptions } from '../monitor-options';
import { checkArguments } from '../../arguments';
import { checkOrder } from '../threshold-order';

/** Endpoints of the API servers. */
export interface ApiServerMonitorProps extends MonitorOptions {
  /**
   * TLS settings that verify the API servers.
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
  /** Scrape job, rules and dashboard of the API servers. */
  public readonly monitoring: Monitoring;

  constructor(scope: Construct, id: string, props: ApiServerMonitorProps = {}) {
    super(scope, id);
    checkArguments('ApiServerMonitor', { props }, this.node.path);
    checkOrder(this.node.path, props.rules, apiServerThresholds);
    const job = ScrapeJob.fromService({
      name: props.jobName ?? API_SERVER_JOB,
      labels: { component: 'apiserver', provider: 'kubernetes' },
      namespaces: ['default'],
      endpoints: kubernetesEndpoints({
        ...endpointOptions(props, APISERVER_METRICS),
        port: 'https',
        tls: props.tls ?? TlsClient.clusterCa({ serverName: 'kubernetes' }),
        authorization: Authorization.serviceAccountToken(),
      }, props.serviceLevelIndicators),
    });
    this.monitoring = {
      jobs: [job],
      rules: apiServerRules({ jobName: job.name }, props.rules),
      dashboards: componentDashboards({
        component: API_SERVER_JOB, jobName: job.name, folder: 'Control plane', files: ['apiserver/kubernetes-apiserver'], thresholds: apiServerThresholds(props.rules),
      }),
    };
  }
}
