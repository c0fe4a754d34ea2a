import { Duration } from 'cdk8s';
import { apiServerThresholds } from './apiserver-thresholds';
import { availabilityRecords } from './availability-records';
import { burnRateRecords, latencyRecords } from './request-records';
import { errorBudgetAlerts, errorBudgetRecords } from './error-budget-rules';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { Presence, RuleContext, downRule, jobMatcher, jobRules, promql, unreachableRule } from '../component-rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';

/** Default name of the scrape job. */
export const API_SERVER_JOB = 'apiserver';

/** Options of the rules about the API server. */
export interface ApiServerRuleOptions {
  /**
   * Scrape jobs of the cluster's own components, whose Kubernetes versions KubeVersionMismatch compares.
   * @default - the API server, kubelet, kube-scheduler, kube-controller-manager, kube-proxy
   */
  readonly versionedJobs?: string[];
}

/** Rules about the API server, its clients and the APIs behind it. */
export function apiServerRules({ jobName = API_SERVER_JOB }: RuleContext = {}, options: ApiServerRuleOptions = {}): RuleSet {
  const { versionedJobs = [jobName, 'kubelet', 'kube-scheduler', 'kube-controller-manager', 'kube-proxy'] } = options;
  const job = jobMatcher(jobName);
  const presence: Omit<Presence, 'alert'> = {
    what: 'the API server', jobName, consequence: 'if it is really down, nothing in the cluster can be read or changed',
  };
  return jobRules(
    jobName,
    API_SERVER_JOB,
    trustedGroup({
      name: 'kubernetes-system-apiserver',
      rules: [
        downRule({ ...presence, alert: 'KubeAPIDown' }),
        unreachableRule({ ...presence, alert: 'KubeAPIInstanceUnreachable' }),
        ...clientCertificates(job),
        ...aggregatedApis(job),
        terminatedRequests(job),
      ],
    }),
    trustedGroup({ name: 'kubernetes-system', rules: [versionMismatch(versionedJobs), clientErrors(job)] }),
    trustedGroup({ name: 'kube-apiserver-burnrate', rules: [...errorBudgetRecords(job), ...burnRateRecords(job)] }),
    trustedGroup({ name: 'kube-apiserver-slos', rules: errorBudgetAlerts() }),
    // Averages of a month, which need not be as fresh as all else.
    trustedGroup({ name: 'kube-apiserver-availability', interval: Duration.minutes(3), rules: availabilityRecords(job) }),
    trustedGroup({ name: 'kube-apiserver-histogram', rules: latencyRecords(job) }),
  );
}

function clientCertificates(job: string): AlertingRule[] {
  const { clientCertificateWarningSeconds, clientCertificateCriticalSeconds } = apiServerThresholds();
  const levels = [
    { seconds: clientCertificateWarningSeconds, time: '7 days', severity: Severity.WARNING },
    { seconds: clientCertificateCriticalSeconds, time: 'a day', severity: Severity.CRITICAL },
  ];
  return levels.map(({ seconds, time, severity }) => trustedAlert({
    alert: 'KubeClientCertificateExpiration',
    expr: promql`
      histogram_quantile(0.01, sum by (job, instance, le) (rate(apiserver_client_certificate_expiration_seconds_bucket{${job}}[5m])))
      < ${seconds}`,
    for: Duration.minutes(5),
    severity,
    summary: `A client certificate of the API server ends within ${time}`,
    description: 'A client of the API server at {{ $labels.instance }} presents a certificate that ends in less than {{ $value | humanizeDuration }} '
      + 'and will be refused then. The audit log says who it is.',
  }));
}

function aggregatedApis(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'KubeAggregatedAPIErrors',
      expr: `sum by (name, reason) (increase(aggregator_unavailable_apiservice_total{${job}}[2m])) > 0`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'An aggregated API reports errors',
      description: 'APIService {{ $labels.name }} has been unavailable again and again for [for], reason {{ $labels.reason }}.',
    }),
    trustedAlert({
      alert: 'KubeAggregatedAPIDown',
      expr: `100 * (1 - max by (name) (avg_over_time(aggregator_unavailable_apiservice{${job}}[10m]))) < ${100 - apiServerThresholds().apiUnavailablePercent}`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'An aggregated API is down',
      description: 'APIService {{ $labels.name }} was available only {{ printf "%.0f" $value }}% of the last [10m].',
    }),
  ];
}

function terminatedRequests(job: string): AlertingRule {
  return trustedAlert({
    alert: 'KubeAPITerminatedRequests',
    expr: promql`
      sum(rate(apiserver_request_terminations_total{${job}}[10m]))
        / (sum(rate(apiserver_request_total{${job}}[10m])) + sum(rate(apiserver_request_terminations_total{${job}}[10m])))
      > ${apiServerThresholds().terminatedPercent / 100}`,
    for: Duration.minutes(5),
    severity: Severity.WARNING,
    summary: 'The API server sheds requests',
    description: 'The API server ends {{ $value | humanizePercentage }} of its requests before they are served: it has more to do than it can.',
  });
}

function versionMismatch(jobs: readonly string[]): AlertingRule {
  return trustedAlert({
    alert: 'KubeVersionMismatch',
    expr: promql`
      count(count by (release) (
        label_replace(kubernetes_build_info{job=~${JSON.stringify(jobs.join('|'))}}, "release", "$1", "git_version", "(v[0-9]+[.][0-9]+).*")
      )) > 1`,
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: 'The components of the cluster are of different versions',
    description: '{{ $value }} minor versions of Kubernetes run side by side. That is as it should be only during an upgrade.',
  });
}

function clientErrors(job: string): AlertingRule {
  return trustedAlert({
    alert: 'KubeClientErrors',
    expr: promql`
      sum by (job, instance, namespace) (rate(rest_client_requests_total{${job}, code=~"5.."}[5m]))
        / sum by (job, instance, namespace) (rate(rest_client_requests_total{${job}}[5m]))
      > ${apiServerThresholds().clientErrorsPercent / 100}`,
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: 'The API server gets errors as a client',
    description: '{{ $value | humanizePercentage }} of the requests that the API server at {{ $labels.instance }} makes itself are answered with an error.',
  });
}
