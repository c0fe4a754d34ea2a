import { Duration } from 'cdk8s';
import { Matcher } from './matcher';
import { Receiver } from './receiver';
import { Route } from './route';

const MINUTE = 60_000;

/** Whether a route of the tree names the alert. */
function names(routes: readonly Route[], alert: string): boolean {
  return routes.some((route) => route._all().some((inner) => inner.matchers.some((matcher) => matcher._names('alertname', alert))));
}

/**
 * Routes for the two alerts that are not about a problem: Watchdog, which always fires, goes to the dead man's switch or is not notified;
 * InfoInhibitor, which only mutes others, is not notified. An alert that the user's own routes name is left to them.
 */
export function routesOfWatchedAlerts(routes: readonly Route[], deadMansSwitch?: Receiver, interval?: Duration): Route[] {
  if (deadMansSwitch === undefined && interval !== undefined) {
    throw new Error("AlertRouting: got 'deadMansSwitchInterval' without 'deadMansSwitch'; name the receiver that expects the Watchdog");
  }
  const before: Route[] = [];
  if (deadMansSwitch !== undefined) {
    if (deadMansSwitch.integrations.length === 0) {
      throw new Error(`AlertRouting: deadMansSwitch '${deadMansSwitch.name}' has no integration, so it is never notified; give it one, or leave it out`);
    }
    if (names(routes, 'Watchdog')) {
      throw new Error(`AlertRouting: got deadMansSwitch '${deadMansSwitch.name}' and a route that names Watchdog; keep one of them`);
    }
    if (interval !== undefined && interval.toMilliseconds() < MINUTE) {
      throw new Error(`AlertRouting: deadMansSwitchInterval is ${interval.toMilliseconds()} ms, but the switch is notified at most once a minute; `
        + 'give a minute or more');
    }
    before.push(new Route({
      matchers: [Matcher.equal('alertname', 'Watchdog')],
      receiver: deadMansSwitch,
      groupWait: Duration.seconds(0),
      groupInterval: Duration.minutes(1),
      repeatInterval: interval ?? Duration.minutes(5),
    }));
  }
  const silent = [...deadMansSwitch === undefined ? ['Watchdog'] : [], 'InfoInhibitor'].filter((alert) => !names(routes, alert));
  return [...before, ...silent.map((alert) => new Route({ matchers: [Matcher.equal('alertname', alert)], receiver: Receiver.none() }))];
}
