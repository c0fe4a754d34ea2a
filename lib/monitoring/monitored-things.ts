import { Construct } from 'constructs';
import { IAlertmanager } from './alertmanager';
import { IMonitored } from './monitored';

/** Whether an Alertmanager can be monitored. */
export function isMonitored(alertmanager: IAlertmanager): alertmanager is IAlertmanager & IMonitored {
  return 'monitoring' in alertmanager;
}

/** A monitored thing, for messages: by its path, or where it is no construct by what it is known for. */
export function thingName(thing: IMonitored, origin?: string): string {
  return Construct.isConstruct(thing) ? `'${thing.node.path}'` : origin === undefined ? 'the thing' : `'${origin}'`;
}
