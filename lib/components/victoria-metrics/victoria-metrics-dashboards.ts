import { VICTORIA_METRICS_JOB, VictoriaMetricsRuleOptions, victoriaMetricsThresholds } from './victoria-metrics-rules';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** Dashboards of VictoriaMetrics. */
export function victoriaMetricsDashboards(jobName: string, options?: VictoriaMetricsRuleOptions): Dashboard[] {
  return componentDashboards({
    component: VICTORIA_METRICS_JOB, jobName, folder: 'Monitoring', files: ['victoria-metrics/victoria-metrics'], thresholds: victoriaMetricsThresholds(options),
  });
}
