import { checkArguments } from '../../arguments';

/** A time of the day, in minutes since midnight. */
function minutes(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** A part of the day, with its first minute and without its last. */
export class TimeRange {
  /**
   * From a time to a later one of the same day, as `HH:MM`; `24:00` is the end of the day. Throws on other text, and when the end is not
   * after the start.
   */
  public static between(start: string, end: string): TimeRange {
    checkArguments('TimeRange.between', { start, end });
    const where = `TimeRange.between('${start}', '${end}')`;
    if (minutes(start) >= minutes(end)) {
      throw new Error(`${where}: the end is not after the start; over midnight, give two ranges: '${start}' to '24:00' and '00:00' to '${end}'`);
    }
    return new TimeRange(start, end);
  }

  private constructor(
    /** First minute. */
    public readonly start: string,
    /** The minute after the last. */
    public readonly end: string,
  ) {}
}

/** A day of the week. */
export enum Weekday {
  /** Monday. */
  MONDAY = 'monday',
  /** Tuesday. */
  TUESDAY = 'tuesday',
  /** Wednesday. */
  WEDNESDAY = 'wednesday',
  /** Thursday. */
  THURSDAY = 'thursday',
  /** Friday. */
  FRIDAY = 'friday',
  /** Saturday. */
  SATURDAY = 'saturday',
  /** Sunday. */
  SUNDAY = 'sunday',
}

/** Alertmanager's week starts on Sunday. */
const WEEK: readonly string[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** A month of the year. */
export enum Month {
  /** January. */
  JANUARY = 'january',
  /** February. */
  FEBRUARY = 'february',
  /** March. */
  MARCH = 'march',
  /** April. */
  APRIL = 'april',
  /** May. */
  MAY = 'may',
  /** June. */
  JUNE = 'june',
  /** July. */
  JULY = 'july',
  /** August. */
  AUGUST = 'august',
  /** September. */
  SEPTEMBER = 'september',
  /** October. */
  OCTOBER = 'october',
  /** November. */
  NOVEMBER = 'november',
  /** December. */
  DECEMBER = 'december',
}

const YEAR: readonly string[] = [
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
];

/** From one item of a round to another, cut where the round starts anew, since Alertmanager wants ranges that rise. */
function around(round: readonly string[], first: string, last: string): string[] {
  const range = (a: string, b: string) => (a === b ? a : `${a}:${b}`);
  return round.indexOf(first) <= round.indexOf(last)
    ? [range(first, last)]
    : [range(first, round[round.length - 1]), range(round[0], last)];
}

/** Days of the week that follow each other. */
export class WeekdayRange {
  /** From a day to another, both included; Friday to Monday is a range too. */
  public static between(first: Weekday, last: Weekday): WeekdayRange {
    checkArguments('WeekdayRange.between', { first, last });
    return new WeekdayRange(around(WEEK, first, last));
  }

  /** One day. */
  public static on(day: Weekday): WeekdayRange {
    checkArguments('WeekdayRange.on', { day });
    return WeekdayRange.between(day, day);
  }

  private constructor(
    /** @internal */
    public readonly _ranges: string[],
  ) {}
}

/** Months that follow each other. */
export class MonthRange {
  /** From a month to another, both included; November to February is a range too. */
  public static between(first: Month, last: Month): MonthRange {
    checkArguments('MonthRange.between', { first, last });
    return new MonthRange(around(YEAR, first, last));
  }

  /** One month. */
  public static only(month: Month): MonthRange {
    checkArguments('MonthRange.only', { month });
    return MonthRange.between(month, month);
  }

  private constructor(
    /** @internal */
    public readonly _ranges: string[],
  ) {}
}

/** Days of the month that follow each other, counted from its start (1 to 31) or from its end (-1, the last, to -31). */
export class DayOfMonthRange {
  /** From a day to another, both included. Throws on days that no month has and on an end before the start. */
  public static between(first: number, last: number): DayOfMonthRange {
    checkArguments('DayOfMonthRange.between', { first, last });
    const where = `DayOfMonthRange.between(${first}, ${last})`;
    for (const day of [first, last]) {
      if (!Number.isInteger(day) || day === 0 || Math.abs(day) > 31) {
        throw new Error(`${where}: ${day} is not a day of the month; give 1 to 31, or -1 to -31 counted from the end`);
      }
    }
    if (first < 0 && last > 0) {
      throw new Error(`${where}: the start is counted from the end of the month and the end is not; count both from the end`);
    }
    const position = (day: number) => (day < 0 ? 28 + day : day);
    if (position(first) > position(last)) {
      throw new Error(`${where}: the end is before the start; exchange them, or give two ranges`);
    }
    return new DayOfMonthRange([first === last ? String(first) : `${first}:${last}`]);
  }

  /** One day. Throws on a day that no month has. */
  public static on(day: number): DayOfMonthRange {
    checkArguments('DayOfMonthRange.on', { day });
    return DayOfMonthRange.between(day, day);
  }

  private constructor(
    /** @internal */
    public readonly _ranges: string[],
  ) {}
}

/** Years that follow each other. */
export class YearRange {
  /** From a year to another, both included. Throws on what is no year and on an end before the start. */
  public static between(first: number, last: number): YearRange {
    checkArguments('YearRange.between', { first, last });
    const where = `YearRange.between(${first}, ${last})`;
    for (const year of [first, last]) {
      if (!Number.isInteger(year) || year < 1 || year > 9999) {
        throw new Error(`${where}: ${year} is not a year; give a whole number such as 2030`);
      }
    }
    if (first > last) {
      throw new Error(`${where}: the end is before the start; exchange them`);
    }
    return new YearRange([first === last ? String(first) : `${first}:${last}`]);
  }

  /** One year. Throws on what is no year. */
  public static only(year: number): YearRange {
    checkArguments('YearRange.only', { year });
    return YearRange.between(year, year);
  }

  private constructor(
    /** @internal */
    public readonly _ranges: string[],
  ) {}
}
