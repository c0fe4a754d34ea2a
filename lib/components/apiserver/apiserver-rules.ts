import { Duration } from 'cdk8s';
import { ApiServerRuleOptions } from './apiserver-rule-options';
import { apiServerThresholds } from './apiserver-thresholds';
import { availabilityRecords } from './availability-records';
import { burnRateRecords, latencyRecords } from './request-records';
import { requestRules, slowRequests } from './request-rules';
import { webhookRules } from './webhook-rules';
import { errorBudgetAlerts, errorBudgetRecords } from './error-budget-rules';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { Presence, RuleContext, downRule, jobMatcher, jobRules, latest, promql, unreachableRule } from '../component-rules';
import { WITHOUT_INDICATORS } from '../monitor-endpoints';
import { durationWords } from '../../monitoring/rules/text-values';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { escapeRegex } from '../../regex';

/** Default name of the scrape job. */
export const API_SERVER_JOB = 'apiserver';

/** Rules about the API server, its clients and the APIs behind it. */
export function apiServerRules({ jobName = API_SERVER_JOB }: RuleContext = {}, options: ApiServerRuleOptions = {}): RuleSet {
  const { versionedJobs = [jobName, 'kubelet', 'kube-scheduler', 'kube-controller-manager', 'kube-proxy'] } = options;
  const job = jobMatcher(jobName);
  const presence: Omit<Presence, 'alert'> = {
    what: 'the API server', jobName, matchers: WITHOUT_INDICATORS, consequence: 'if it is really down, nothing in the cluster can be read or changed',
  };
  return jobRules(
    jobName,
    API_SERVER_JOB,
    trustedGroup({
      name: 'kubernetes-system-apiserver',
      rules: [
        downRule({ ...presence, alert: 'KubeAPIDown' }),
        unreachableRule({ ...presence, alert: 'KubeAPIInstanceUnreachable' }),
        ...clientCertificates(job, options),
        ...aggregatedApis(job, options),
        ...requestRules(job, options),
        ...webhookRules(job, options),
      ],
    }),
    // Buckets of every resource, which need not be as fresh as all else.
    trustedGroup({ name: 'kubernetes-apiserver-latency', interval: Duration.minutes(2), rules: [slowRequests(job)] }),
    trustedGroup({ name: 'kubernetes-system', rules: [versionMismatch(versionedJobs, options), clientErrors(job, options)] }),
    trustedGroup({ name: 'kube-apiserver-burnrate', rules: [...errorBudgetRecords(job), ...burnRateRecords(job)] }),
    trustedGroup({ name: 'kube-apiserver-slos', rules: errorBudgetAlerts() }),
    // Averages of a month, which need not be as fresh as all else.
    trustedGroup({ name: 'kube-apiserver-availability', interval: Duration.minutes(3), rules: availabilityRecords(job) }),
    trustedGroup({ name: 'kube-apiserver-histogram', rules: latencyRecords(job) }),
  );
}

function clientCertificates(job: string, options: ApiServerRuleOptions): AlertingRule[] {
  const { clientCertificateWarningSeconds, clientCertificateCriticalSeconds } = apiServerThresholds(options);
  const levels = [
    { seconds: clientCertificateWarningSeconds, severity: Severity.WARNING },
    { seconds: clientCertificateCriticalSeconds, severity: Severity.CRITICAL },
  ];
  return levels.map(({ seconds, severity }) => trustedAlert({
    alert: 'KubeClientCertificateExpiration',
    expr: promql`
      histogram_quantile(0.01, sum by (cluster, job, instance, le) (rate(apiserver_client_certificate_expiration_seconds_bucket{${job}}[5m])))
      < ${seconds}`,
    for: Duration.minutes(5),
    severity,
    summary: `A client's certificate ends within ${durationWords(Duration.seconds(seconds))}`,
    description: 'A client of the API server at {{ $labels.instance }} presents a certificate that ends in less than {{ $value | humanizeDuration }} '
      + 'and will be refused then. The audit log says who it is; on nodes of kubeadm, see `kubeadm certs check-expiration`.',
  }));
}

function aggregatedApis(job: string, options: ApiServerRuleOptions): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'KubeAggregatedAPIErrors',
      expr: `sum by (cluster, name, reason) (increase(aggregator_unavailable_apiservice_total{${job}}[5m])) > 0`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'An aggregated API reports errors',
      description: 'APIService {{ $labels.name }} has been unavailable again and again for [for], reason {{ $labels.reason }}. See `kubectl describe apiservice {{ $labels.name }}`.',
    }),
    trustedAlert({
      alert: 'KubeAggregatedAPIDown',
      expr: promql`
        100 * (1 - max by (cluster, name) (avg_over_time(aggregator_unavailable_apiservice{${job}}[10m])))
        < ${100 - apiServerThresholds(options).apiUnavailablePercent}`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'An aggregated API is down',
      description: 'APIService {{ $labels.name }} was available only {{ printf "%.0f" $value }}% of the last [10m]. '
        + 'See `kubectl describe apiservice {{ $labels.name }}`.',
    }),
  ];
}

function versionMismatch(jobs: readonly string[], { upgrade = Duration.minutes(15) }: ApiServerRuleOptions): AlertingRule {
  return trustedAlert({
    alert: 'KubeVersionMismatch',
    expr: promql`
      count by (cluster) (count by (cluster, release) (
        label_replace(${latest(`kubernetes_build_info{job=~${JSON.stringify(jobs.map(escapeRegex).join('|'))}}`)}, "release", "$1", "git_version", "(v[0-9]+[.][0-9]+).*")
      )) > 1`,
    for: upgrade,
    severity: Severity.WARNING,
    summary: 'The components of the cluster are of different versions',
    description: '{{ $value }} minor versions of Kubernetes have been running side by side for [for], which is right only during an upgrade. '
      + 'See those of nodes by `kubectl get nodes`, of the others by the query `count by (job, git_version) (kubernetes_build_info)`.',
  });
}

function clientErrors(job: string, options: ApiServerRuleOptions): AlertingRule {
  const requests = (code: string) => `sum by (cluster, job, instance, namespace) (rate(rest_client_requests_total{${job}${code}}[5m]))`;
  return trustedAlert({
    alert: 'KubeClientErrors',
    expr: promql`
      ${requests(', code=~"5.."')}
        / ${requests('')}
      > ${apiServerThresholds(options).clientErrorsPercent / 100}`,
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: 'Requests that the API server itself makes fail',
    description: '{{ $value | humanizePercentage }} of the requests that the API server at {{ $labels.instance }} makes itself are answered with a server error.',
  });
}
