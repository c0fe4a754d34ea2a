import { Duration } from 'cdk8s';
import { RecordingRule, RuleSet, Severity } from '../../monitoring/rules';
import { targetRules } from './target-rules';
import { componentRules, counted, promql } from '../component-rules';
import { optionalRecord, trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';

/** Options of the rules that are about no component in particular. */
export interface GeneralRuleOptions {
  /**
   * Share of the targets of a job and Service, or of a job in a namespace, whose scrapes fail above which TargetDown fires, in percent.
   * @default 10
   */
  readonly targetDownPercent?: number;
}

/** Rules of every Prometheus: failing targets, the heartbeat, and the helper that keeps lone info alerts quiet. */
export function generalRules(options: GeneralRuleOptions = {}): RuleSet {
  return componentRules(
    trustedGroup({
      name: 'general.rules',
      rules: [
        ...targetRules(options.targetDownPercent ?? 10),
        trustedAlert({
          alert: 'Watchdog',
          expr: 'vector(1)',
          severity: Severity.NONE,
          summary: 'The heartbeat of alerting',
          description: 'This alert always fires. When it stops arriving at its receiver, the way from Prometheus through Alertmanager is broken.',
        }),
      ],
    }),
    trustedGroup({ name: 'kube-prometheus-general.rules', rules: generalRecords() }),
    // Evaluated often, so that it is there before the group_wait of an info alert is over.
    trustedGroup({
      name: 'info-inhibitor',
      interval: Duration.seconds(15),
      rules: [
        trustedAlert({
          alert: 'InfoInhibitor',
          expr: promql`
            count by (cluster, namespace) (ALERTS{severity="info", alertstate="firing"})
            unless on (cluster, namespace)
              ALERTS{severity=~"warning|critical", alertstate="firing"}`,
          severity: Severity.NONE,
          summary: 'Only info alerts fire in a namespace',
          description: `In namespace {{ $labels.namespace }} ${counted('info alert')} {{ if eq $value 1.0 }}fires{{ else }}fire{{ end }} and nothing worse. `
            + 'This alert inhibits them; it is not meant to be sent to anybody.',
        }),
      ],
    }),
  );
}

/** Recording rules of kube-prometheus over the targets of all jobs. */
function generalRecords(): RecordingRule[] {
  return [1, 0].map((up) => optionalRecord({ record: `count:up${up}`, expr: `count without (instance, pod, node) (up == ${up})` }));
}
