import { Dashboard, IMonitored } from '../../lib';

/** A thing of a user with a dashboard. */
export function thing(uid: string, title: string = uid, folder?: string, panels: object[] = [], more: object = {}): IMonitored {
  return { monitoring: { dashboards: [Dashboard.fromJson(JSON.stringify({ uid, title, panels, ...more }), { folder })] } };
}
