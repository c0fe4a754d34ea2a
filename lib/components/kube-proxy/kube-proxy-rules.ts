import { Duration } from 'cdk8s';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { Presence, RuleContext, downRule, jobMatcher, jobRules, latest, promql, unreachableRule } from '../component-rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';

/** Default name of the scrape job. */
export const KUBE_PROXY_JOB = 'kube-proxy';

/** Beginnings of the names of its own metrics, up to an underscore. */
export const KUBE_PROXY_METRICS: readonly string[] = ['kubeproxy'];

/** Rules of kube-proxy: it is gone, or one of its instances does not answer. */
export function kubeProxyRules({ jobName = KUBE_PROXY_JOB }: RuleContext = {}): RuleSet {
  const presence: Omit<Presence, 'alert'> = {
    what: 'kube-proxy',
    jobName,
    proof: 'kubernetes_build_info',
    consequence: 'Services may no longer be routed to their Pods',
  };
  return jobRules(jobName, KUBE_PROXY_JOB, trustedGroup({
    name: 'kubernetes-system-kube-proxy',
    rules: [
      downRule({ ...presence, alert: 'KubeProxyDown' }),
      unreachableRule({ ...presence, alert: 'KubeProxyInstanceUnreachable' }),
      notSyncing(jobMatcher(jobName)),
    ],
  }));
}

/** A change waits, and no sync has succeeded since. */
function notSyncing(job: string): AlertingRule {
  const last = (what: string) => latest(`kubeproxy_sync_proxy_rules_last_${what}timestamp_seconds{${job}}`);
  return trustedAlert({
    alert: 'KubeProxyNotSyncing',
    expr: promql`
      time() - ${last('')} > 10 * 60
      and ${last('queued_')} > ${last('')}`,
    for: Duration.minutes(5),
    severity: Severity.WARNING,
    summary: 'kube-proxy does not apply changes of Services',
    description: 'kube-proxy at {{ $labels.instance }}{{ with $labels.node }}, node {{ . }},{{ end }} last applied changes {{ $value | humanizeDuration }} ago, '
      + 'and newer ones wait: connections to Services may go to Pods that are gone. Its log says why.',
  });
}
