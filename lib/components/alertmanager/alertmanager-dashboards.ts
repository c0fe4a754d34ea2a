import { ALERTMANAGER_JOB } from './alertmanager-rules';
import { alertmanagerThresholds } from './alertmanager-thresholds';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** The dashboard of Alertmanagers. */
export function alertmanagerDashboards(jobName: string): Dashboard[] {
  return componentDashboards({
    component: ALERTMANAGER_JOB, jobName, folder: 'Monitoring', files: ['alertmanager/alertmanager'], thresholds: alertmanagerThresholds(),
  });
}
