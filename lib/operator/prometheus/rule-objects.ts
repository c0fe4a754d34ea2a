import { Construct } from 'constructs';
import { PrometheusRule } from '../../../imports/prometheus-rule';
import { apiObject, givenAsWritten, lazily } from '../../kubernetes/api-object';
import { RuleSetData } from '../../monitoring/rules/rule-set';

/** What a rule file holds is what the resource holds, key by key. */
const KIND = givenAsWritten(PrometheusRule.GVK.apiVersion, PrometheusRule.GVK.kind);

/** Name, namespace and labels of the Prometheus. */
export interface RuleObjectsProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
}

/**
 * Rules as PrometheusRules.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export class RuleObjects extends Construct {
  constructor(scope: Construct, id: string, private readonly props: RuleObjectsProps) {
    super(scope, id);
  }

  public add(file: string, data: () => RuleSetData): void {
    const { namespace, labels } = this.props;
    apiObject(this, file, KIND, { metadata: { name: `${this.props.name}-${file}`, namespace, labels }, spec: lazily(data) });
  }
}
