import { Duration } from 'cdk8s';
import { ApiServerRuleOptions } from './apiserver-rule-options';
import { apiServerThresholds } from './apiserver-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql, raised } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const WEBHOOK = 'Admission webhook {{ $labels.name }}';
const LIST = 'See its configuration: `kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o yaml`, and the log of its Pods.';

/** Admission webhooks that the API server cannot call, so that requests fail or pass without being looked at, and slow ones. */
export function webhookRules(job: string, options: ApiServerRuleOptions): AlertingRule[] {
  const calls = (of: string, by: string = '') => `sum by (cluster, name${by}) (rate(apiserver_admission_webhook_admission_duration_seconds_${of}{${job}}[5m]))`;
  return [
    trustedAlert({
      alert: 'KubeAdmissionWebhookFailing',
      expr: promql`
        sum by (cluster, name) (
          ${raised('apiserver_admission_webhook_rejection_count', job, '5m', 'error_type!="no_error"')}
        )`,
      for: Duration.minutes(10),
      severity: Severity.CRITICAL,
      summary: 'Requests are refused because an admission webhook fails',
      description: `${WEBHOOK} has failed for [for], and the API server refuses the requests that it should judge: {{ printf "%.0f" $value }} in [5m]. ${LIST}`,
    }),
    trustedAlert({
      alert: 'KubeAdmissionWebhookBypassed',
      expr: promql`
        sum by (cluster, name) (
          ${raised('apiserver_admission_webhook_fail_open_count', job, '5m')}
        )`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'Requests pass although an admission webhook fails',
      description: `${WEBHOOK} has failed for [for], and requests pass without it, as its failure policy says: {{ printf "%.0f" $value }} in [5m]. ${LIST}`,
    }),
    trustedAlert({
      alert: 'KubeAdmissionWebhookSlow',
      // Of a few calls one slow one is a large share, so there must be one in ten seconds.
      expr: promql`
        histogram_quantile(0.99, ${calls('bucket', ', le')})
        > ${apiServerThresholds(options).slowWebhookSeconds}
        and on (cluster, name) ${calls('count')} > 0.1`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'An admission webhook is slow',
      description: `${WEBHOOK} takes {{ $value | humanizeDuration }} for an answer (99th percentile), and the requests that it judges take as long. ${LIST}`,
    }),
  ];
}
