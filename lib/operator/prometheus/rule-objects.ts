import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PrometheusRule } from '../../../imports/prometheus-rule';
import { lazily } from '../../kubernetes/api-object';
import { RuleSetData } from '../../monitoring/rules/rule-set';

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
    // What a rule file holds is what the resource holds, key by key.
    new ApiObject(this, file, { ...PrometheusRule.GVK, metadata: { name: `${this.props.name}-${file}`, namespace, labels }, spec: lazily(data) });
  }
}
