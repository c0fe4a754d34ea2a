import { DayOfMonthRange, MonthRange, TimeRange, WeekdayRange, YearRange } from './time-range';
import { timeZoneProblem } from '../../time-values';
import { checkNotEmpty } from '../../checks';
import { WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/** A recurring period: all that is given has to match, by one item of each list. */
export interface TimePeriod {
  /**
   * Parts of the day.
   * @default - the whole day
   */
  readonly times?: TimeRange[];

  /**
   * Days of the week.
   * @default - all
   */
  readonly weekdays?: WeekdayRange[];

  /**
   * Days of the month.
   * @default - all
   */
  readonly daysOfMonth?: DayOfMonthRange[];

  /**
   * Months.
   * @default - all
   */
  readonly months?: MonthRange[];

  /**
   * Years.
   * @default - all
   */
  readonly years?: YearRange[];

  /**
   * Time zone by its IANA name, `Europe/Berlin`.
   * @default - UTC
   */
  readonly location?: string;
}

/** Name of a time interval and its period, or several with `further`. */
export interface TimeIntervalProps extends TimePeriod {
  /** Name, unique in a routing. */
  readonly name: string;

  /**
   * More periods; the interval is active when any of them is.
   * @default - none
   */
  readonly further?: TimePeriod[];
}

function checkLocation(location: string, where: string): void {
  const problem = timeZoneProblem(location);
  if (problem !== undefined) {
    throw new Error(`${where}: location: ${problem}`);
  }
}

/** A period in the wire form. */
type RenderedPeriod = WireMap & { readonly daysOfMonth?: readonly string[] };

/** A period as data; throws when it says nothing and on an unknown time zone. */
function render(period: TimePeriod, where: string): RenderedPeriod {
  const ranges = (list: ReadonlyArray<{ readonly _ranges: string[] }> = []) => (list.length === 0 ? undefined : list.flatMap((item) => item._ranges));
  const times = period.times ?? [];
  const rendered = {
    times: times.length === 0 ? undefined : times.map((time) => ({ startTime: time.start, endTime: time.end })),
    weekdays: ranges(period.weekdays),
    daysOfMonth: ranges(period.daysOfMonth),
    months: ranges(period.months),
    years: ranges(period.years),
  };
  if (Object.values(rendered).every((value) => value === undefined)) {
    throw new Error(`${where}: a period says no time, so it would always be active; give 'times', 'weekdays', 'daysOfMonth', 'months' or 'years'`);
  }
  if (period.location !== undefined) {
    checkLocation(period.location, where);
  }
  return { ...rendered, location: period.location };
}

/**
 * Named times at which routes are muted or active.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#time_interval-0
 */
export class TimeInterval {
  /** Name of the interval. */
  public readonly name: string;

  /** Periods in the wire form. @internal */
  public readonly _periods: RenderedPeriod[];

  /** Throws on an empty name, on a period that says nothing, on an unknown time zone. */
  constructor(props: TimeIntervalProps) {
    checkArguments('TimeInterval', { props });
    checkNotEmpty(props.name, 'TimeInterval: name', "say what the time is, as 'out-of-office'");
    this.name = props.name;
    this._periods = [props, ...props.further ?? []].map((period) => render(period, `TimeInterval '${props.name}'`));
  }

  /** @internal */
  public _wire(): WireMap {
    return { name: this.name, timeIntervals: this._periods };
  }
}
