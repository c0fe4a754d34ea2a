import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { trustedAlert } from '../../monitoring/rules/trusted';
import { escapeRegex } from '../../regex';
import { promql } from '../component-rules';

/** Alert on recording rules that no longer yield series. */
export const RULE_WITHOUT_DATA = 'PrometheusRuleWithoutData';

/** Expression of a rule as long as it is not known what it asks for. */
export const NOTHING = 'vector(0) > 1';

/**
 * Recorded names that have no series now and had some an hour and two hours ago, or three and six: a rule yields nothing once its metrics are gone or
 * renamed, and fails nowhere.
 */
export function withoutData(records: readonly string[]): string {
  if (records.length === 0) {
    return NOTHING;
  }
  const names = JSON.stringify([...new Set(records)].map(escapeRegex).join('|'));
  const series = (offset: string = '') => `count by (cluster, record) (label_replace({__name__=~${names}}${offset}, "record", "$1", "__name__", "(.+)"))`;
  return promql`
    (
      ${series(' offset 1h')}
      and ${series(' offset 2h')}
      or
      ${series(' offset 3h')}
      and ${series(' offset 6h')}
    )
    unless ${series()}`;
}

/** Warning: a recording rule has lost all of its series. */
export function ruleWithoutData(records: readonly string[]): AlertingRule {
  return trustedAlert({
    alert: RULE_WITHOUT_DATA,
    expr: withoutData(records),
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: 'A recording rule has no data any more',
    description: 'Recording rule {{ $labels.record }} has yielded no series for [for], and had {{ $value }} before: what it asks for is gone or has another name. '
      + 'Alerts and dashboards that use it see nothing. Its expression is on the page Rule health of Prometheus.',
  });
}
