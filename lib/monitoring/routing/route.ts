import { Duration } from 'cdk8s';
import { Matcher } from './matcher';
import { Receiver } from './receiver';
import { TimeInterval } from './time-interval';
import { checkLabelName, checkPositive } from '../../checks';
import { promDuration } from '../../units';
import { WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/** Alerts that a route matches, their receiver and how they are grouped. */
export interface RouteProps {
  /**
   * Receiver of the alerts.
   * @default - the receiver of the parent route
   */
  readonly receiver?: Receiver;

  /**
   * Matchers of the alerts, all of which have to match. The root route matches all alerts and has none.
   * @default - all alerts of the parent route match
   */
  readonly matchers?: Matcher[];

  /**
   * Match the alerts against the following routes as well.
   * @default false
   */
  readonly continue?: boolean;

  /**
   * Labels by which alerts are grouped into one notification. An empty list makes one group of all alerts.
   * @default - as the parent route; of the root `alertname` and `namespace`
   */
  readonly groupBy?: string[];

  /**
   * Group by all labels, so that each alert is notified by itself.
   * @default false
   */
  readonly groupByAll?: boolean;

  /**
   * Time to wait for further alerts before the first notification of a group.
   * @default - as the parent route; of the root 30 seconds
   */
  readonly groupWait?: Duration;

  /**
   * Time to wait before a notification of new alerts in a group.
   * @default - as the parent route; of the root 5 minutes
   */
  readonly groupInterval?: Duration;

  /**
   * Time to wait before the notification of an unchanged group is repeated.
   * @default - as the parent route; of the root 4 hours
   */
  readonly repeatInterval?: Duration;

  /**
   * Times at which no notifications are sent. Not on the root.
   * @default - never
   */
  readonly muteTimeIntervals?: TimeInterval[];

  /**
   * Times at which notifications are sent, and at no others. Not on the root.
   * @default - always
   */
  readonly activeTimeIntervals?: TimeInterval[];

  /**
   * Child routes; the first that matches an alert routes it, and further ones after one with `continue`.
   * @default - none
   */
  readonly routes?: Route[];
}

/** Alertmanager's spelling of grouping by all labels. */
const ALL = '...';

/**
 * A node of the routing tree: matchers of alerts, their receiver and the times of notifications.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#route
 */
export class Route {
  private readonly props: RouteProps;

  /**
   * Throws on labels that are invalid or duplicate, on `groupBy` with `groupByAll`, on intervals of zero, and on a child route that can never
   * match because one before it matches all of its alerts.
   */
  constructor(props: RouteProps) {
    checkArguments('Route', { props });
    this.props = {
      ...props,
      matchers: [...props.matchers ?? []],
      groupBy: props.groupBy && [...props.groupBy],
      routes: [...props.routes ?? []],
      muteTimeIntervals: [...props.muteTimeIntervals ?? []],
      activeTimeIntervals: [...props.activeTimeIntervals ?? []],
    };
    const where = this._place;
    this.checkGrouping(where);
    checkMatchers(this.matchers, where);
    checkPositive(props.groupInterval, `${where}: groupInterval`, 'give a minute or more');
    checkPositive(props.repeatInterval, `${where}: repeatInterval`, 'give some hours');
    checkReach(this.routes, where);
  }

  /** Receiver, if it is not that of the parent route. */
  public get receiver(): Receiver | undefined {
    return this.props.receiver;
  }

  /** Matchers of the alerts. */
  public get matchers(): Matcher[] {
    return [...this.props.matchers ?? []];
  }

  /** Whether the following routes match the same alerts. */
  public get continues(): boolean {
    return this.props.continue === true;
  }

  /** Child routes. */
  public get routes(): Route[] {
    return [...this.props.routes ?? []];
  }

  /** The time intervals that it refers to. */
  public get timeIntervals(): TimeInterval[] {
    return [...this.props.muteTimeIntervals ?? [], ...this.props.activeTimeIntervals ?? []];
  }

  /** Name in messages. @internal */
  public get _place(): string {
    const matchers = this.matchers.join(', ');
    return matchers === '' ? (this.receiver === undefined ? 'Route' : `Route to '${this.receiver.name}'`) : `Route {${matchers}}`;
  }

  /** This route as the root: with defaults, other routes before its own, and a receiver where it has none. @internal */
  public _asRoot(receiver: Receiver, routes: readonly Route[]): Route {
    const grouped = this.props.groupBy !== undefined || this.props.groupByAll === true;
    return new Route({
      ...this.props,
      receiver: this.receiver ?? receiver,
      groupBy: grouped ? this.props.groupBy : ['alertname', 'namespace'],
      routes: [...routes],
    });
  }

  /** The route and all below it, from the top. @internal */
  public _all(): Route[] {
    return [this, ...this.routes.flatMap((route) => route._all())];
  }

  /** @internal */
  public _wire(): WireMap {
    const { props } = this;
    const names = (intervals: TimeInterval[] = []) => (intervals.length === 0 ? undefined : [...new Set(intervals.map(({ name }) => name))]);
    return {
      receiver: props.receiver?.name,
      matchers: this.matchers.length === 0 ? undefined : this.matchers.map(String),
      continue: this.continues ? true : undefined,
      groupBy: props.groupByAll === true ? [ALL] : props.groupBy,
      groupWait: promDuration(props.groupWait),
      groupInterval: promDuration(props.groupInterval),
      repeatInterval: promDuration(props.repeatInterval),
      muteTimeIntervals: names(props.muteTimeIntervals),
      activeTimeIntervals: names(props.activeTimeIntervals),
      routes: this.routes.length === 0 ? undefined : this.routes.map((route) => route._wire()),
    };
  }

  private checkGrouping(where: string): void {
    const labels = this.props.groupBy ?? [];
    if (labels.includes(ALL)) {
      throw new Error(`${where}: groupBy has '${ALL}'; set 'groupByAll' instead`);
    }
    if (this.props.groupBy !== undefined && this.props.groupByAll === true) {
      throw new Error(`${where}: got 'groupBy' and 'groupByAll'; keep one of them`);
    }
    labels.forEach((label, i) => {
      checkLabelName(label, `${where}: groupBy`);
      if (labels.indexOf(label) !== i) {
        throw new Error(`${where}: groupBy names '${label}' twice; remove one`);
      }
    });
  }
}

/** Throws when a route matches all alerts of one after it, so that the latter is never reached. */
function checkReach(routes: readonly Route[], where: string): void {
  routes.forEach((route, i) => {
    const wanted = new Set(route.matchers.map(String));
    const taker = routes.slice(0, i).find((before) => !before.continues && before.matchers.every((matcher) => wanted.has(String(matcher))));
    if (taker !== undefined) {
      throw new Error(`${where}: no alert reaches '${route._place}' because '${taker._place}' before it matches them all; `
        + "let that one 'continue', or put it after");
    }
  });
}

/** Throws when no alert can match all of the matchers, because one asks for a value that another excludes. */
function checkMatchers(matchers: readonly Matcher[], where: string): void {
  for (const equal of matchers.filter(({ operator }) => operator === '=')) {
    const other = matchers.find((matcher) => matcher.label === equal.label && !matcher._matches(equal.value));
    if (other !== undefined) {
      throw new Error(`${where}: matchers '${equal.toString()}' and '${other.toString()}' exclude each other, so no alert matches; leave one of them out, or make a route of each`);
    }
  }
}
