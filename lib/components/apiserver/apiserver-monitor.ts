import { Construct } from 'constructs';
import { ApiServerRuleOptions } from './apiserver-rule-options';
import { API_SERVER_JOB, apiServerRules } from './apiserver-rules';
import { apiServerThresholds } from './apiserver-thresholds';
import { Authorization, IMonitored, MetricSelection, Monitoring, ScrapeJob, TlsClient } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';
import { UNUSED_KUBERNETES_METRICS, endpointOptions, kubernetesEndpoints } from '../monitor-endpoints';
import { MonitorOptions } from '../monitor-options';
import { checkArguments } from '../../arguments';
import { checkOrder } from '../threshold-order';

/**
 * The API server's buckets grow with every resource and verb: more than half of all series of a cluster. What stays are the latencies
 * that objectives are set on (`apiserver_request_sli_duration_seconds`), at half of their bounds, and sums and counts of everything.
 */
const APISERVER_METRICS = MetricSelection.drop(
  ...UNUSED_KUBERNETES_METRICS,
  '(etcd_request|apiserver_request|apiserver_watch_list|apiserver_watch_cache_read_wait|apiserver_request_filter)(_duration)?_seconds_bucket',
  'apiserver_(request_body_size_bytes|response_sizes|watch_events_sizes|request_timestamp_comparison_time)_bucket',
  'apiserver_admission_(controller|step)_admission_duration_seconds_bucket',
  'apiserver_(flowcontrol|cel|storage|encryption)_.+_bucket',
  '(apiextensions_apiserver|field_validation|kube_apiserver|node_authorizer|authentication_token_cache|etcd_lease)_.+_bucket',
).and(MetricSelection.dropByLabels({
  __name__: 'apiserver_request_sli_duration_seconds_bucket',
  le: '(0\\.8|1\\.25|1\\.5|3|4|6|8|15|20|45)(\\.0)?',
}));

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
