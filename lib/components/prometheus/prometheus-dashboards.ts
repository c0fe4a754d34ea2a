import { PrometheusRuleOptions, prometheusThresholds } from './prometheus-rule-options';
import { PROMETHEUS_JOB } from './prometheus-rules';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** Dashboards of a Prometheus that stores samples and evaluates rules, of its series, and of what it knows of alerts. */
export function prometheusDashboards(jobName: string, options?: PrometheusRuleOptions): Dashboard[] {
  return dashboards(['prometheus/alerts', 'prometheus/prometheus', 'prometheus/prometheus-cardinality'], jobName, options);
}

/** The dashboard of the stores that a Prometheus or an agent writes to. */
export function remoteWriteDashboards(jobName: string, options?: PrometheusRuleOptions): Dashboard[] {
  return dashboards(['prometheus/prometheus-remote-write'], jobName, options);
}

function dashboards(files: readonly `prometheus/${string}`[], jobName: string, options?: PrometheusRuleOptions): Dashboard[] {
  return componentDashboards({ component: PROMETHEUS_JOB, jobName, folder: 'Monitoring', files, thresholds: prometheusThresholds(options) });
}
