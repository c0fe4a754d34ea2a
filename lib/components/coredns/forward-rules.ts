import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { trustedAlert } from '../../monitoring/rules/trusted';
import { promql } from '../component-rules';

const TEN_MINUTES = Duration.minutes(10);
const SERVERS = 'See the servers: `kubectl -n kube-system get configmap coredns -o yaml`; /etc/resolv.conf there is that of the node.';

/**
 * Servers that CoreDNS forwards queries to and that do not answer, or late. A query without an answer is in no latency and no code of theirs: it
 * starts health checks, which go on until one succeeds. Names are those of coredns-mixin.
 */
export function forwardRules(job: string, latencySeconds: number): AlertingRule[] {
  const forwarded = `${job}, proxy_name="forward"`;
  return [
    trustedAlert({
      alert: 'CoreDNSForwardHealthcheckFailureCount',
      expr: `sum by (cluster, to) (increase(coredns_proxy_healthcheck_failures_total{${forwarded}}[5m])) > 0`,
      for: TEN_MINUTES,
      severity: Severity.WARNING,
      summary: 'A DNS server that CoreDNS asks does not answer',
      description: '{{ $labels.to }} does not answer health checks of CoreDNS: failed in [5m]: {{ printf "%.0f" $value }}. CoreDNS asks the other servers meanwhile, if there are any. '
        + SERVERS,
    }),
    trustedAlert({
      alert: 'CoreDNSForwardHealthcheckBrokenCount',
      expr: `sum by (cluster) (increase(coredns_forward_healthcheck_broken_total{${job}}[5m])) > 0`,
      for: TEN_MINUTES,
      severity: Severity.WARNING,
      summary: 'No DNS server that CoreDNS asks answers',
      description: 'CoreDNS has no server that answers its health checks, and asks one at random: queries in [5m]: {{ printf "%.0f" $value }}. Names outside of the cluster may not be resolved. '
        + SERVERS,
    }),
    trustedAlert({
      alert: 'CoreDNSForwardLatencyHigh',
      expr: promql`
        histogram_quantile(0.99, sum by (cluster, to, le) (rate(coredns_proxy_request_duration_seconds_bucket{${forwarded}}[5m])))
        > ${latencySeconds}`,
      for: TEN_MINUTES,
      severity: Severity.CRITICAL,
      summary: 'A DNS server that CoreDNS asks is slow',
      description: '{{ $labels.to }} takes {{ $value | humanizeDuration }} for an answer to CoreDNS (99th percentile). Clients give up after 5 seconds. '
        + SERVERS,
    }),
  ];
}
