import { PrometheusOperatorRuleOptions } from './prometheus-operator-rule-options';
import { prometheusOperatorThresholds } from './prometheus-operator-thresholds';
import { OPERATOR_JOB } from './prometheus-operator-rules';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** The dashboard of the Prometheus Operator. */
export function prometheusOperatorDashboards(jobName: string, options?: PrometheusOperatorRuleOptions): Dashboard[] {
  return componentDashboards({
    component: OPERATOR_JOB, jobName, folder: 'Monitoring', files: ['operator/prometheus-operator'], thresholds: prometheusOperatorThresholds(options),
  });
}
