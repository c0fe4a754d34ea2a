import { GRAFANA_JOB, GrafanaRuleOptions, grafanaThresholds } from './grafana-rules';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** Dashboards of a Grafana. */
export function grafanaDashboards(jobName: string, options?: GrafanaRuleOptions): Dashboard[] {
  return componentDashboards({
    component: GRAFANA_JOB, jobName, folder: 'Monitoring', files: ['grafana/grafana'], thresholds: grafanaThresholds(options),
  });
}
