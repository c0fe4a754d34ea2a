import { RuleGroup } from '../../monitoring';
import { parsedRule } from '../../promql/rule';
import { quoteList } from '../../text';

/**
 * Says which alerts surely have no label `namespace`, and so miss every `AlertmanagerConfig`; undefined if there are none. The operator adds that
 * label to rules only where the Prometheus sets `enforcedNamespaceLabel`.
 * @see https://prometheus-operator.dev/docs/developer/alerting/#using-alertmanagerconfig-resources
 */
export function unroutedAlerts(groups: readonly RuleGroup[], namespace: string): string | undefined {
  const rules = groups.flatMap((group) => group._alertingRules());
  const unrouted = rules.filter(({ expr, labels }) => labels.namespace === undefined && parsedRule(expr)._lacksLabel('namespace'));
  const names = [...new Set(unrouted.map(({ alert }) => alert))];
  return names.length === 0 ? undefined
    : `${names.length === 1 ? 'alert' : 'alerts'} ${quoteList(names)} without a label 'namespace': an AlertmanagerConfig gets those of its namespace alone, unless the `
      + `Alertmanager sets alertmanagerConfigMatcherStrategy; keep the label, as in sum by (namespace) (…), or set it by labels: { namespace: '${namespace}' }`;
}
