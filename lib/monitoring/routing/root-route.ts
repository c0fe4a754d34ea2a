import { Duration } from 'cdk8s';
import { Receiver } from './receiver';
import { Route } from './route';
import { withWatchedAlerts } from './watched-alerts';

/** Props of AlertRouting that make the root route. */
interface RootProps {
  readonly receiver?: Receiver;
  readonly routes?: Route[];
  readonly route?: Route;
  readonly deadMansSwitch?: Receiver;
  readonly deadMansSwitchInterval?: Duration;
}

/** The root with the routes of Watchdog and InfoInhibitor; throws where it does not match all alerts at all times. */
export function rootOf(props: RootProps): Route {
  const { route, routes, receiver } = props;
  if (route !== undefined && routes !== undefined) {
    throw new Error("AlertRouting: got 'route' and 'routes'; put the routes into 'route', or leave it out");
  }
  if (route?.receiver !== undefined && receiver !== undefined && receiver !== route.receiver) {
    throw new Error(`AlertRouting: got receiver '${receiver.name}' and a root route to '${route.receiver.name}'; keep one of them`);
  }
  const root = route ?? new Route({ routes });
  if (root.matchers.length > 0) {
    throw new Error(`AlertRouting: the root route has matchers {${root.matchers.join(', ')}}, but it matches all alerts; put them on a route of 'routes'`);
  }
  if (root.timeIntervals.length > 0) {
    const [{ name }] = root.timeIntervals;
    throw new Error(`AlertRouting: the root route has time interval '${name}', but it is active at all times; put it on a child route`);
  }
  if (root.continues) {
    throw new Error("AlertRouting: the root route has 'continue', but no route follows it; remove it");
  }
  return root._asRoot(receiver ?? Receiver.none(), withWatchedAlerts(root.routes, props.deadMansSwitch, props.deadMansSwitchInterval));
}
