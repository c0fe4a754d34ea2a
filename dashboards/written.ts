import { lean } from './grafana/defaults';
import { DASHBOARDS } from './index';
import { dashboardText } from '../lib/monitoring/dashboards/dashboard-text';

/** The files of all dashboards, by their paths from the root of the repository: in ASCII, which takes half of the memory and of the time. */
export function written(): Map<string, string> {
  return new Map(Object.entries(DASHBOARDS).flatMap(([component, dashboards]) => dashboards.map((dashboard) => (
    [`lib/components/${component}/${dashboard.uid}.dashboard.json`, ascii(dashboardText(lean(dashboard)))] as const
  ))));
}

function ascii(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
