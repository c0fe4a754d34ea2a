import { Construct } from 'constructs';
import { IAlertmanager } from './alertmanager';
import { GrowingDashboards } from './dashboards/growing-dashboards';
import { IMonitored } from './monitored';

/** Whether an Alertmanager can be monitored. */
export function isMonitored(alertmanager: IAlertmanager): alertmanager is IAlertmanager & IMonitored {
  return 'monitoring' in alertmanager;
}

/** Dashboards of a thing that gets more of them with what is added to it. */
export function growingDashboards(thing: IMonitored): GrowingDashboards | undefined {
  return '_dashboards' in thing && thing._dashboards instanceof GrowingDashboards ? thing._dashboards : undefined;
}

/** A monitored thing, for messages: by its path, or where it is no construct by what it is known for. */
export function thingName(thing: IMonitored, origin?: string): string {
  return Construct.isConstruct(thing) ? `'${thing.node.path}'` : origin === undefined ? 'the thing' : `'${origin}'`;
}
