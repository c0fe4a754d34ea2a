import { Dashboard } from './dashboard';

/** Dashboards of a thing that come with what is added to it, before or after they are shown. */
export class GrowingDashboards {
  private readonly dashboards: Dashboard[] = [];
  private readonly listeners: ((dashboard: Dashboard) => void)[] = [];

  /** Dashboards so far. */
  public get all(): Dashboard[] {
    return [...this.dashboards];
  }

  /** Calls the listener with each dashboard that is added later. */
  public onAdded(listener: (dashboard: Dashboard) => void): void {
    this.listeners.push(listener);
  }

  protected add(...dashboards: Dashboard[]): void {
    dashboards.forEach((dashboard) => {
      this.dashboards.push(dashboard);
      this.listeners.forEach((listener) => listener(dashboard));
    });
  }
}
