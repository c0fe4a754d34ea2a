import { Duration } from 'cdk8s';
import { Matcher } from './matcher';
import { Receiver } from './receiver';
import { Route } from './route';

const MINUTE = 60_000;

/** How many alerts of a name a route takes that names it: none, those with further labels, or all of them; the more, the larger. */
type Takes = number;
const NONE: Takes = 0;
const SOME: Takes = 1;
const ALL: Takes = 2;

/** Names of alerts that a matcher on one alert does not match, and one that matches any does. */
const OTHERS = ['KubePodCrashLooping', 'x'];

/** Whether the matcher is about the alert, and not about alerts of any name. */
function isAbout(matcher: Matcher, alert: string): boolean {
  return matcher._names('alertname', alert) && !OTHERS.some((other) => matcher._matches(other));
}

/** Labels that all alerts of these names have. */
const SURE: { readonly [label: string]: string } = { severity: 'none' };

function takes(route: Route, alert: string): Takes {
  const others = route.matchers.filter((matcher) => !matcher._names('alertname', alert));
  const isSure = others.every((matcher) => Object.hasOwn(SURE, matcher.label) && matcher._matches(SURE[matcher.label]));
  const isNamed = route.matchers.some((matcher) => isAbout(matcher, alert));
  const below = isNamed ? ALL : Math.max(NONE, ...route.routes.map((inner) => takes(inner, alert)));
  return below === NONE ? NONE : isSure ? below : SOME;
}

/**
 * The routes with those of the two alerts that are not about a problem: Watchdog, which always fires, goes to the dead man's switch or is not
 * notified; InfoInhibitor, which only mutes others, is not notified. An alert that one of the user's own routes names is left to it, and what that
 * route does not take of it is not notified; a route of alerts of any name does not name it.
 */
export function withWatchedAlerts(routes: readonly Route[], deadMansSwitch?: Receiver, interval?: Duration): Route[] {
  if (deadMansSwitch === undefined && interval !== undefined) {
    throw new Error("AlertRouting: got 'deadMansSwitchInterval' without 'deadMansSwitch'; name the receiver that expects the Watchdog");
  }
  const before: Route[] = [];
  if (deadMansSwitch !== undefined) {
    if (deadMansSwitch.integrations.length === 0) {
      throw new Error(`AlertRouting: deadMansSwitch '${deadMansSwitch.name}' has no integration, so it is never notified; give it one, or leave it out`);
    }
    const own = routes.find((route) => takes(route, 'Watchdog') !== NONE);
    if (own !== undefined) {
      throw new Error(`AlertRouting: got deadMansSwitch '${deadMansSwitch.name}' and a route that names Watchdog${own.matchers.length === 0 ? '' : `, {${own.matchers.join(', ')}}`}, `
        + 'which would never get it; keep one of them');
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
  const silent = (alert: string) => new Route({ matchers: [Matcher.equal('alertname', alert)], receiver: Receiver.none() });
  const alerts = [...deadMansSwitch === undefined ? ['Watchdog'] : [], 'InfoInhibitor'];
  const namesNone = (alert: string) => (route: Route) => takes(route, alert) === NONE;
  const unnamed = alerts.filter((alert) => routes.every(namesNone(alert))).map(silent);
  const partly = alerts.filter((alert) => Math.max(...routes.map((route) => takes(route, alert))) === SOME);
  const isLastFor = (alert: string, i: number) => takes(routes[i], alert) === SOME && routes.slice(i + 1).every(namesNone(alert));
  const own = routes.flatMap((route, i) => [route, ...partly.filter((alert) => isLastFor(alert, i)).map(silent)]);
  return [...before, ...unnamed, ...own];
}
