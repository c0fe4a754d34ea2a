import { Duration } from 'cdk8s';
import { Matcher } from './matcher';
import { Receiver } from './receiver';
import { Route } from './route';

const MINUTE = 60_000;

/** Whether the tree has a route that takes the alert by its name. */
function names(routes: readonly Route[], alert: string): boolean {
  return routes.some((route) => route._all().some((inner) => inner.matchers.some((matcher) => matcher._names('alertname', alert))));
}

/**
 * Routes for the two alerts that are no news: Watchdog, which fires as long as all is well, goes to the dead man's switch or to nobody;
 * InfoInhibitor, which only mutes others, goes to nobody. An alert that the user's own routes name is left to them.
 */
export function routesOfWatchedAlerts(routes: readonly Route[], deadMansSwitch?: Receiver, interval?: Duration): Route[] {
  if (deadMansSwitch === undefined && interval !== undefined) {
    throw new Error("AlertRouting: got 'deadMansSwitchInterval' without 'deadMansSwitch'; name the receiver that expects the Watchdog");
  }
  const before: Route[] = [];
  if (deadMansSwitch !== undefined) {
    if (deadMansSwitch.integrations.length === 0) {
      throw new Error(`AlertRouting: deadMansSwitch '${deadMansSwitch.name}' tells nobody; give it an integration, or leave it out`);
    }
    if (names(routes, 'Watchdog')) {
      throw new Error(`AlertRouting: got deadMansSwitch '${deadMansSwitch.name}' and a route that names Watchdog; keep one of them`);
    }
    if (interval !== undefined && interval.toMilliseconds() < MINUTE) {
      throw new Error(`AlertRouting: deadMansSwitchInterval is ${interval.toMilliseconds()} ms, but the switch is told at most once a minute; `
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
  const nobody = [...deadMansSwitch === undefined ? ['Watchdog'] : [], 'InfoInhibitor'].filter((alert) => !names(routes, alert));
  return [...before, ...nobody.map((alert) => new Route({ matchers: [Matcher.equal('alertname', alert)], receiver: Receiver.none() }))];
}
