import { lean } from './grafana/defaults';
import { DASHBOARDS } from './index';

/** The files of all dashboards, by their paths from the root of the repository. */
export function written(): Map<string, string> {
  return new Map(Object.entries(DASHBOARDS).flatMap(([component, dashboards]) => dashboards.map((dashboard) => (
    [`lib/components/${component}/${dashboard.uid}.dashboard.json`, `${JSON.stringify(lean(dashboard), null, 2)}\n`] as const
  ))));
}
