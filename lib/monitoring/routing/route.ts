import { Duration } from 'cdk8s';
import { Matcher } from './matcher';
import { Receiver } from './receiver';
import { TimeInterval } from './time-interval';
import { checkLabelName, checkPositive } from '../../checks';
import { promDuration } from '../../units';
import { WireMap } from '../../wire/data';

/** What a route is made of. */
export interface RouteProps {
  /**
   * Who is told.
   * @default - the receiver of the route around it
   */
  readonly receiver?: Receiver;

  /**
   * Which alerts it takes; all have to hold. The root takes all alerts and has none.
   * @default - all that reach it
   */
  readonly matchers?: Matcher[];

  /**
   * Offer the alerts that it took to the routes after it, too.
   * @default false
   */
  readonly continue?: boolean;

  /**
   * Labels whose values make a group: alerts of one group come in one message. An empty list makes one group of all.
   * @default - that of the route around it; of the root `alertname` and `namespace`
   */
  readonly groupBy?: string[];

  /**
   * Each alert is a group of its own.
   * @default false
   */
  readonly groupByAll?: boolean;

  /**
   * How long to wait for more alerts before the first message about a group.
   * @default - that of the route around it; of the root 30 seconds
   */
  readonly groupWait?: Duration;

  /**
   * How long to wait before telling of new alerts in a group.
   * @default - that of the route around it; of the root 5 minutes
   */
  readonly groupInterval?: Duration;

  /**
   * How long to wait before telling again of a group in which nothing is new.
   * @default - that of the route around it; of the root 4 hours
   */
  readonly repeatInterval?: Duration;

  /**
   * When nobody is told. Not on the root.
   * @default - never
   */
  readonly muteTimeIntervals?: TimeInterval[];

  /**
   * When somebody is told; outside of them nobody is. Not on the root.
   * @default - always
   */
  readonly activeTimeIntervals?: TimeInterval[];

  /**
   * Routes inside; the first that takes an alert has it, and more after one that says `continue`.
   * @default - none
   */
  readonly routes?: Route[];
}

/** What Alertmanager writes for "by all labels". */
const ALL = '...';

/**
 * A node of the routing tree: which alerts it takes, who is told, and how often.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#route
 */
export class Route {
  private readonly props: RouteProps;

  /**
   * Throws on labels that are none or twice, on `groupBy` beside `groupByAll`, on intervals of zero, and on a route inside that can never
   * take an alert since one before it takes all of them.
   */
  constructor(props: RouteProps) {
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
    checkPositive(props.groupInterval, `${where}: groupInterval`, 'give a minute or more');
    checkPositive(props.repeatInterval, `${where}: repeatInterval`, 'give some hours');
    checkReach(this.routes, where);
  }

  /** Who is told, where the route says it itself. */
  public get receiver(): Receiver | undefined {
    return this.props.receiver;
  }

  /** Which alerts it takes. */
  public get matchers(): Matcher[] {
    return [...this.props.matchers ?? []];
  }

  /** Whether routes after it are offered the same alerts. */
  public get continues(): boolean {
    return this.props.continue === true;
  }

  /** The routes inside. */
  public get routes(): Route[] {
    return [...this.props.routes ?? []];
  }

  /** The time intervals that it refers to. */
  public get timeIntervals(): TimeInterval[] {
    return [...this.props.muteTimeIntervals ?? [], ...this.props.activeTimeIntervals ?? []];
  }

  /** How messages name it. @internal */
  public get _place(): string {
    const matchers = this.matchers.join(', ');
    return matchers === '' ? (this.receiver === undefined ? 'Route' : `Route to '${this.receiver.name}'`) : `Route {${matchers}}`;
  }

  /** This route as the root: with defaults, other routes before its own, and a receiver where it has none. @internal */
  public _asRoot(receiver: Receiver, before: readonly Route[]): Route {
    const grouped = this.props.groupBy !== undefined || this.props.groupByAll === true;
    return new Route({
      ...this.props,
      receiver: this.receiver ?? receiver,
      groupBy: grouped ? this.props.groupBy : ['alertname', 'namespace'],
      routes: [...before, ...this.routes],
    });
  }

  /** The route and all inside, outermost first. @internal */
  public _all(): Route[] {
    return [this, ...this.routes.flatMap((route) => route._all())];
  }

  /** @internal */
  public _wire(): WireMap {
    const { props } = this;
    const names = (intervals: TimeInterval[] = []) => (intervals.length === 0 ? undefined : intervals.map((interval) => interval.name));
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

/** Throws when a route takes all alerts of one after it, so that the latter is never reached. */
function checkReach(routes: readonly Route[], where: string): void {
  routes.forEach((route, i) => {
    const wanted = new Set(route.matchers.map(String));
    const taker = routes.slice(0, i).find((before) => !before.continues && before.matchers.every((matcher) => wanted.has(String(matcher))));
    if (taker !== undefined) {
      throw new Error(`${where}: no alert reaches '${route._place}', as '${taker._place}' before it takes them all; `
        + "let that one 'continue', or put it after");
    }
  });
}
