import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** The Prometheus that an alert is about, for descriptions. */
export const PROMETHEUS = 'Prometheus {{ with $labels.pod }}{{ $labels.namespace }}/{{ . }}{{ else }}{{ $labels.instance }}{{ end }}';

/** Command that shows the log of that Prometheus, after what the log says. */
export const LOG = '{{ with $labels.pod }}: `kubectl -n {{ $labels.namespace }} logs {{ . }} -c prometheus`{{ end }}';

/** Something that should never be counted is. */
export interface CounterRuleProps {
  readonly alert: string;
  /** The counter with its matchers. */
  readonly counter: string;
  /** Over how long it is looked at: `5m`. */
  readonly range: string;
  readonly hold: Duration;
  readonly severity?: Severity;
  readonly summary: string;
  /** Rest of the description, after the name of the Prometheus. */
  readonly says: string;
}

/** Fires while the counter goes up. */
export function counterRule(props: CounterRuleProps): AlertingRule {
  return trustedAlert({
    alert: props.alert,
    expr: `increase(${props.counter}[${props.range}]) > 0`,
    for: props.hold,
    severity: props.severity ?? Severity.WARNING,
    summary: props.summary,
    description: `${PROMETHEUS} ${props.says}`,
  });
}
