import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PrometheusRule } from '../../../imports/prometheus-rule';
import { RuleCollection } from '../../backend/rule-collection';
import { lazily } from '../../kubernetes/api-object';
import { RuleEdit } from '../../monitoring';
import { RuleSetData } from '../../monitoring/rules/rule-set';

export interface RuleObjectsProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  /** Edits that follow from what the Prometheus turns out to have; asked for when the rules are written. */
  readonly implied: () => RuleEdit[];
}

/**
 * Rules as PrometheusRules.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export class RuleObjects extends RuleCollection {
  constructor(scope: Construct, id: string, private readonly props: RuleObjectsProps) {
    super(scope, id, props.implied);
  }

  protected make(file: string, data: () => RuleSetData): void {
    const { namespace, labels } = this.props;
    // What a rule file holds is what the resource holds, key by key.
    new ApiObject(this, file, { ...PrometheusRule.GVK, metadata: { name: `${this.props.name}-${file}`, namespace, labels }, spec: lazily(data) });
  }
}
