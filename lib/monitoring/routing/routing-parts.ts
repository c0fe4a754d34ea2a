import { Inhibition } from './inhibition';
import { Receiver } from './receiver';
import { Route } from './route';
import { TimeInterval } from './time-interval';
import { WireMap } from '../../wire/data';

/** Parts of a routing, each thing once. */
export interface RoutingParts {
  readonly root: Route;
  readonly receivers: readonly Receiver[];
  readonly inhibitions: readonly Inhibition[];
  readonly intervals: readonly TimeInterval[];
  /** Receiver of the alert Watchdog. */
  readonly deadMansSwitch?: Receiver;
  /** Global settings in the wire form. */
  readonly globals: WireMap;
  /** Whether it relies on the global settings and the templates of another Alertmanager. */
  readonly onExisting: boolean;
  /** Settings that are left to the global ones of that. */
  readonly lacking: readonly string[];
  /** Template files of its own, and patterns of others. */
  readonly templates: readonly string[];
}
