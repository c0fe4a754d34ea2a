import { OPERATOR_JOB, PrometheusOperatorRuleOptions, prometheusOperatorThresholds } from './prometheus-operator-rules';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** The dashboard of the Prometheus Operator. */
export function prometheusOperatorDashboards(jobName: string, options?: PrometheusOperatorRuleOptions): Dashboard[] {
  return componentDashboards({
    component: OPERATOR_JOB, jobName, folder: 'Monitoring', files: ['operator/prometheus-operator'], thresholds: prometheusOperatorThresholds(options),
  });
}
