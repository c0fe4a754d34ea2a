import { join } from 'node:path';
import { Dashboard } from '../monitoring';
import { ComponentDashboard, Thresholds } from '../monitoring/dashboards/component-dashboard';
import { PACKAGE_FOLDER } from '../package-folder';

/** Folders in Grafana. */
export type DashboardFolder = 'Kubernetes' | 'Control plane' | 'Monitoring';

/** Dashboards of a component. */
export interface ComponentDashboardsProps {
  /** Default name of the component's scrape job. */
  readonly component: string;
  /** Name of its scrape job. */
  readonly jobName: string;
  /** Folder in Grafana. */
  readonly folder: DashboardFolder;
  /** Folder of lib/components, and uids of its dashboards. */
  readonly files: readonly `${string}/${string}`[];
  /** Thresholds of its alerts, by the names that the dashboards have for them. */
  readonly thresholds?: Thresholds;
}

/** Dashboards of a component. No file is read before something shows them. */
export function componentDashboards({ component, jobName, folder, files, thresholds }: ComponentDashboardsProps): Dashboard[] {
  return files.map((name) => Dashboard._ofComponent(
    new ComponentDashboard({ file: join(PACKAGE_FOLDER, 'lib', 'components', `${name}.dashboard.json`), component, jobName, thresholds }),
    folder,
  ));
}
