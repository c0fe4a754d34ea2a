import { ALERTMANAGER_JOB, alertmanagerThresholds } from './alertmanager-rules';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** The dashboard of Alertmanagers. */
export function alertmanagerDashboards(jobName: string): Dashboard[] {
  return componentDashboards({
    component: ALERTMANAGER_JOB, jobName, folder: 'Monitoring', files: ['alertmanager/alertmanager'], thresholds: alertmanagerThresholds(),
  });
}
