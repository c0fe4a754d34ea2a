import { timeZones } from './generated/time-zones';
import { isJsonMap } from './json';
import { didYouMean } from './text';

const WEEK: readonly string[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const YEAR: readonly string[] = [
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
];

let zones: ReadonlySet<string> | undefined;

/** Names of time zones that a program in Go knows. */
function knownZones(): ReadonlySet<string> {
  zones ??= new Set(Object.entries(timeZones()).flatMap(([area, names]) => names.split(' ').map((name) => (area === '' ? name : `${area}/${name}`))));
  return zones;
}

/**
 * What is wrong with a time zone, or undefined when a program in Go knows it: JavaScript ignores case, and knows offsets and abbreviations besides.
 */
export function timeZoneProblem(text: string): string | undefined {
  return knownZones().has(text) ? undefined : `'${text}' is not a time zone${didYouMean(text, [...knownZones()]) || ';'} give an IANA name such as 'Europe/Berlin'`;
}

/** Kind of range in a time interval of Alertmanager. */
export type TimeRangeKind = 'weekdays' | 'daysOfMonth' | 'months' | 'years';

const EXAMPLES: { readonly [kind in TimeRangeKind]: string } = { weekdays: 'monday:friday', daysOfMonth: '1:7', months: 'january:march', years: '2027:2029' };

/** The number of an item, by its name or itself; undefined where it is none. */
function numberOf(kind: TimeRangeKind, item: string): number | undefined {
  const names = kind === 'weekdays' ? WEEK : kind === 'months' ? YEAR : [];
  const at = names.indexOf(item);
  if (at >= 0) {
    return kind === 'months' ? at + 1 : at;
  }
  const written = kind !== 'weekdays' && /^[-+]?\d+$/.test(item) ? Number(item) : undefined;
  const isInside = written !== undefined && (kind === 'years' || (kind === 'months' ? written >= 1 && written <= 12 : written !== 0 && Math.abs(written) <= 31));
  return isInside ? written : undefined;
}

/** What is wrong with a range such as `monday:friday`, or undefined. */
export function rangeProblem(kind: TimeRangeKind, text: string): string | undefined {
  const items = text.toLowerCase().split(':').map((item) => numberOf(kind, item.trim()));
  const [first, last = first] = items;
  if (items.length > 2 || first === undefined || last === undefined || items.includes(undefined)) {
    return `'${text}' is not a range; write it as '${EXAMPLES[kind]}'`;
  }
  const place = (day: number) => (kind === 'daysOfMonth' && day < 0 ? 28 + day : day);
  if (place(first) > place(last) || (kind === 'daysOfMonth' && first < 0 && last > 0)) {
    return `'${text}' ends before it begins; write two ranges, or the smaller one first`;
  }
  return undefined;
}

const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** What is wrong with a part of the day, `{ start_time, end_time }`, or undefined. */
export function timeOfDayProblem(value: unknown): string | undefined {
  const { start_time: start, end_time: end, ...rest } = isJsonMap(value) ? value : {};
  const wrong = [start, end].find((time) => typeof time !== 'string' || !TIME.test(time));
  if (typeof start !== 'string' || typeof end !== 'string' || wrong !== undefined) {
    return `${typeof wrong === 'string' ? `'${wrong}'` : 'it'} is not a part of the day; write it as { start_time: '08:00', end_time: '24:00' }`;
  }
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) {
    return `it has an unknown key '${unknown}'; write it as { start_time: '08:00', end_time: '24:00' }`;
  }
  return start < end ? undefined : `'${start}' is not before '${end}'; over midnight, write two parts: from '${start}' to '24:00' and from '00:00' to '${end}'`;
}
