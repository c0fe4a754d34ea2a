import * as fs from 'node:fs';
import * as path from 'node:path';
import { filled } from '../../dashboards/grafana/defaults';
import type { Dashboard as DashboardJson } from '../../dashboards/grafana/json';

export { panelsOf } from '../../dashboards/grafana/dashboard';

export const ROOT = path.join(__dirname, '..', '..');

/** A dashboard as it is committed. */
export interface Committed {
  /** Folder of lib/components. */
  readonly component: string;
  readonly file: string;
  /** As Grafana reads it. */
  readonly json: DashboardJson;
}

/** A dashboard in JSON as Grafana reads it. */
export const readByGrafana = (text: string): DashboardJson => filled(JSON.parse(text)) as DashboardJson;

/** All dashboards that are committed. */
export const COMMITTED: readonly Committed[] = fs.readdirSync(path.join(ROOT, 'lib/components'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.dashboard.json'))
  .sort()
  .map((file) => ({
    component: path.dirname(file), file: `lib/components/${file}`, json: readByGrafana(fs.readFileSync(path.join(ROOT, 'lib/components', file), 'utf8')),
  }));
