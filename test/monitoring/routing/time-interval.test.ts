import {
  AlertRouting, DayOfMonthRange, Matcher, Month, MonthRange, Route, TimeInterval, TimeIntervalProps, TimeRange, Weekday, WeekdayRange, YearRange,
} from '../../../lib/monitoring/routing';
import { checkConfig } from './support';

function rendered(interval: TimeInterval) {
  const routing = new AlertRouting({ routes: [new Route({ matchers: [Matcher.equal('a', 'b')], muteTimeIntervals: [interval] })] });
  expect(checkConfig(routing)).toContain('SUCCESS');
  return routing._render().time_intervals;
}

test('all the props', () => {
  const props: Required<TimeIntervalProps> = {
    name: 'out-of-office',
    times: [TimeRange.between('00:00', '09:00'), TimeRange.between('17:30', '24:00')],
    weekdays: [WeekdayRange.between(Weekday.MONDAY, Weekday.FRIDAY), WeekdayRange.on(Weekday.SUNDAY)],
    daysOfMonth: [DayOfMonthRange.between(1, 7), DayOfMonthRange.between(-3, -1), DayOfMonthRange.on(15), DayOfMonthRange.between(20, -2)],
    months: [MonthRange.between(Month.MARCH, Month.MAY), MonthRange.only(Month.DECEMBER)],
    years: [YearRange.between(2026, 2028), YearRange.only(2030)],
    location: 'Europe/Berlin',
    further: [{ weekdays: [WeekdayRange.on(Weekday.SATURDAY)] }],
  };
  expect(rendered(new TimeInterval(props))).toEqual([{
    name: 'out-of-office',
    time_intervals: [
      {
        times: [{ start_time: '00:00', end_time: '09:00' }, { start_time: '17:30', end_time: '24:00' }],
        weekdays: ['monday:friday', 'sunday'],
        days_of_month: ['1:7', '-3:-1', '15', '20:-2'],
        months: ['march:may', 'december'],
        years: ['2026:2028', '2030'],
        location: 'Europe/Berlin',
      },
      { weekdays: ['saturday'] },
    ],
  }]);
});

test('ranges over the end of the week and of the year are cut where Alertmanager starts anew', () => {
  const interval = new TimeInterval({
    name: 'x', weekdays: [WeekdayRange.between(Weekday.FRIDAY, Weekday.MONDAY)], months: [MonthRange.between(Month.NOVEMBER, Month.FEBRUARY)],
  });
  expect(rendered(interval)).toMatchObject([{
    time_intervals: [{ weekdays: ['friday:saturday', 'sunday:monday'], months: ['november:december', 'january:february'] }],
  }]);
  expect(rendered(new TimeInterval({ name: 'x', weekdays: [WeekdayRange.between(Weekday.SATURDAY, Weekday.SUNDAY)] })))
    .toMatchObject([{ time_intervals: [{ weekdays: ['saturday', 'sunday'] }] }]);
});

test.each(['UTC', 'Asia/Kolkata', 'America/New_York'])('location %s', (location) => {
  expect(rendered(new TimeInterval({ name: 'x', years: [YearRange.only(2030)], location }))).toMatchObject([{ time_intervals: [{ location }] }]);
});

const years = [YearRange.only(2030)];

test.each<[string, () => unknown, string]>([
  [
    'time', () => TimeRange.between('9:00', '17:00'),
    "TimeRange.between: start: '9:00' is not a time of the day; write it as 'HH:MM', from '00:00' to '24:00'",
  ],
  ['minute', () => TimeRange.between('09:00', '17:60'), "'17:60' is not a time of the day"],
  ['hour', () => TimeRange.between('09:00', '24:01'), "'24:01' is not a time of the day"],
  [
    'over midnight', () => TimeRange.between('22:00', '06:00'),
    "the end is not after the start; over midnight, give two ranges: '22:00' to '24:00' and '00:00' to '06:00'",
  ],
  ['no time', () => TimeRange.between('09:00', '09:00'), 'the end is not after the start'],
  [
    'day 0', () => DayOfMonthRange.on(0),
    'DayOfMonthRange.between(0, 0): 0 is not a day of the month; give 1 to 31, or -1 to -31 counted from the end',
  ],
  ['day 32', () => DayOfMonthRange.between(1, 32), '32 is not a day of the month'],
  ['half a day', () => DayOfMonthRange.on(1.5), '1.5 is not a day of the month'],
  ['days in reverse', () => DayOfMonthRange.between(7, 1), 'DayOfMonthRange.between(7, 1): the end is before the start'],
  ['days from the end in reverse', () => DayOfMonthRange.between(-1, -3), 'the end is before the start'],
  ['days from both ends', () => DayOfMonthRange.between(-3, 3), 'the start is counted from the end of the month and the end is not'],
  ['year', () => YearRange.only(0), 'YearRange.between(0, 0): 0 is not a year'],
  ['years in reverse', () => YearRange.between(2030, 2026), 'YearRange.between(2030, 2026): the end is before the start; exchange them'],
  ['name', () => new TimeInterval({ name: '', years }), "TimeInterval: name is empty; say what the time is, as 'out-of-office'"],
  ['nothing', () => new TimeInterval({ name: 'x', location: 'UTC', times: [] }), "TimeInterval 'x': a period says no time, so it would always be active"],
  ['nothing further', () => new TimeInterval({ name: 'x', years, further: [{}] }), "TimeInterval 'x': a period says no time"],
  [
    'location', () => new TimeInterval({ name: 'x', years, location: 'Europe/Berln' }),
    "TimeInterval 'x': location: 'Europe/Berln' is not a time zone, did you mean 'Europe/Berlin'? give an IANA name such as 'Europe/Berlin'",
  ],
  [
    'location in lower case', () => new TimeInterval({ name: 'x', years, location: 'europe/berlin' }),
    "is not a time zone, did you mean 'Europe/Berlin'?",
  ],
  ['an abbreviation that Go does not know', () => new TimeInterval({ name: 'x', years, location: 'CST' }), "location: 'CST' is not a time zone"],
  ['an offset', () => new TimeInterval({ name: 'x', years, location: '+01:00' }), "location: '+01:00' is not a time zone"],
])('%s', (_, act, message) => {
  expect(act).toThrow(message);
});
