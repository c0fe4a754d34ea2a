import { ALERTMANAGER_SETTINGS } from '../../generated/alertmanager';
import { didYouMean, quoteList } from '../../text';
import { isMap, mapsOf, Plain, PlainMap } from '../../wire/data';

/** Checks of how the parts of a configuration of Alertmanager refer to each other; `where` is what messages begin with. */
export class RoutingStructure {
  constructor(private readonly where: string) {}

  /** Throws at the first fault of a whole configuration; gives it as a mapping. */
  public check(data: Plain | undefined): PlainMap {
    const document = this.mapping(data, 'the text');
    this.checkKeys(document, 'Root', 'the text');
    this.checkRoot(document.route);
    const receivers = this.namesOf(document.receivers, 'receiver');
    const intervals = [...this.namesOf(document.time_intervals, 'time interval'), ...this.namesOf(document.mute_time_intervals, 'time interval')];
    const reached = this.checkRoute(document.route, 'route', receivers, intervals);
    const unreached = receivers.find((name) => !reached.includes(name));
    if (unreached !== undefined) {
      this.fail(`no route reaches receiver '${unreached}', so it is never notified; name it in a route, or remove it`);
    }
    mapsOf(document.receivers).forEach((receiver, i) => {
      const unknown = Object.keys(receiver).find((key) => key !== 'name' && key !== 'labels' && !/^[a-z][a-z0-9]*_configs$/.test(key));
      if (unknown !== undefined) {
        this.fail(`receiver '${receivers[i]}' has an unknown key '${unknown}'; the lists of a receiver end in '_configs'`);
      }
    });
    return document;
  }

  private fail(problem: string): never {
    throw new Error(`${this.where}: ${problem}`);
  }

  private mapping(data: Plain | undefined, what: string): PlainMap {
    return isMap(data) ? data : this.fail(`${what} is not a mapping; write it as 'key: value'`);
  }

  private list(data: Plain | undefined, what: string): readonly Plain[] {
    if (data === undefined || data === null) {
      return [];
    }
    return Array.isArray(data) ? data.map((item: Plain) => item) : this.fail(`${what} is not a list; begin each item with '-'`);
  }

  private checkKeys(map: PlainMap, type: string, what: string): void {
    const known = Object.keys(ALERTMANAGER_SETTINGS[type]);
    const unknown = Object.keys(map).find((key) => !known.includes(key));
    if (unknown !== undefined) {
      this.fail(`${what} has an unknown key '${unknown}'${didYouMean(unknown, known)}; Alertmanager knows ${quoteList(known)}`);
    }
  }

  /** The names of a list of named things, each once. */
  private namesOf(items: Plain | undefined, what: string): string[] {
    const names = this.list(items, `${what}s`).map((item, i) => {
      const { name } = this.mapping(item, `${what} ${i + 1}`);
      return typeof name === 'string' && name !== '' ? name : this.fail(`${what} ${i + 1} has no name; give it one`);
    });
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    return twice === undefined ? names : this.fail(`two ${what}s are called '${twice}'; rename one`);
  }

  private checkKnown(value: Plain | undefined, known: readonly string[], problem: string): void {
    const name = typeof value === 'string' ? value : JSON.stringify(value);
    if (!known.includes(name)) {
      this.fail(`${problem} '${name}'${didYouMean(name, known)}; there are ${quoteList(known)}`);
    }
  }

  /** Checks a route and those inside; gives the receivers that they name. */
  private checkRoute(data: Plain | undefined, what: string, receivers: readonly string[], intervals: readonly string[]): string[] {
    const route = this.mapping(data, what);
    this.checkKeys(route, 'Route', what);
    const { receiver } = route;
    if (receiver !== undefined && receiver !== null) {
      this.checkKnown(receiver, receivers, `${what} names an unknown receiver`);
    }
    for (const key of ['mute_time_intervals', 'active_time_intervals']) {
      for (const interval of this.list(route[key], `${what}.${key}`)) {
        this.checkKnown(interval, intervals, `${what} names an unknown time interval`);
      }
    }
    return [
      ...(typeof receiver === 'string' ? [receiver] : []),
      ...this.list(route.routes, `${what}.routes`).flatMap((inner, i) => this.checkRoute(inner, `${what}.routes[${i}]`, receivers, intervals)),
    ];
  }

  private checkRoot(data: Plain | undefined): void {
    if (data === undefined || data === null) {
      this.fail("there is no 'route'; give a root route with a receiver");
    }
    const root = this.mapping(data, 'route');
    if (typeof root.receiver !== 'string' || root.receiver === '') {
      this.fail('the root route has no receiver; name the default receiver');
    }
    for (const key of ['matchers', 'match', 'match_re', 'mute_time_intervals', 'active_time_intervals']) {
      const value = root[key];
      if (value !== undefined && value !== null && Object.keys(value).length > 0) {
        this.fail(`the root route has '${key}', but it matches all alerts at all times; put it on a child route`);
      }
    }
    if (root.continue === true) {
      this.fail("the root route has 'continue', but no route follows it; remove it");
    }
  }
}
