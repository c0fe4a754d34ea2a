import { PrometheusRuleOptions } from './prometheus-rule-options';
import { PROMETHEUS_JOB } from './prometheus-rules';
import { prometheusThresholds } from './prometheus-thresholds';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** Dashboards of a Prometheus, and of what it knows of alerts. */
export function prometheusDashboards(jobName: string, options?: PrometheusRuleOptions): Dashboard[] {
  return componentDashboards({
    component: PROMETHEUS_JOB, jobName, folder: 'Monitoring', files: ['prometheus/alerts', 'prometheus/prometheus'], thresholds: prometheusThresholds(options),
  });
}
