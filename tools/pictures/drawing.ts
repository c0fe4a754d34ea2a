import type { AskedDashboard } from '../../dashboards/live/ask';
import type { Dashboard } from '../../dashboards/grafana/json';

export type Theme = 'light' | 'dark';

/** What a page draws. */
export interface Drawing {
  readonly dashboard: Dashboard;
  readonly asked: AskedDashboard;
  readonly theme: Theme;
}

/** The last line that a page writes to the console, with the number of panels. */
export const DRAWN = 'drawn:';
/** Begin of a line about what people should look at. */
export const NOTE = 'note:';
