import { RecordingRule } from '../../monitoring/rules';
import { optionalRecord } from '../../monitoring/rules/trusted';

/** Recording rules of kube-prometheus over the targets of all jobs, and over a Grafana, whichever job scrapes it. */
export function generalRecords(): RecordingRule[] {
  return [
    ...[1, 0].map((up) => optionalRecord({ record: `count:up${up}`, expr: `count without (instance, pod, node) (up == ${up})` })),
    optionalRecord({
      record: 'namespace_job_handler_statuscode:grafana_http_request_duration_seconds_count:rate5m',
      expr: 'sum by (cluster, namespace, job, handler, status_code) (rate(grafana_http_request_duration_seconds_count[5m]))',
    }),
  ];
}
