import { Duration, Size } from 'cdk8s';

/** Prometheus's units of time with their milliseconds, the largest first. */
const TIME_UNITS = [['y', 31_536_000_000], ['w', 604_800_000], ['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]] as const;
/** The units that are written: neither a year nor a week, whose lengths readers know less well. */
const WRITTEN_UNITS = TIME_UNITS.slice(2);
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * A duration as Prometheus writes it, `90s` or `1h30m`: one unit where one is enough, else from the largest to the smallest.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function promDuration(duration: Duration): string;
export function promDuration(duration?: Duration): string | undefined;
export function promDuration(duration?: Duration): string | undefined {
  if (duration === undefined) {
    return undefined;
  }
  let rest = duration.toMilliseconds();
  if (rest === 0) {
    return '0s';
  }
  const whole = WRITTEN_UNITS.find(([, size]) => rest % size === 0 && rest / size < 1000);
  if (whole !== undefined) {
    return `${rest / whole[1]}${whole[0]}`;
  }
  let text = '';
  for (const [unit, size] of WRITTEN_UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    text += count > 0 ? `${count}${unit}` : '';
  }
  return text;
}

/** The duration that Prometheus reads in a text such as `1h30m` or `0`; undefined when the text is not a duration. */
export function parsePromDuration(text: string): Duration | undefined {
  if (text === '0') {
    return Duration.millis(0);
  }
  const match = text === '' ? null : DURATION.exec(text);
  return match === null ? undefined : Duration.millis(TIME_UNITS.reduce((sum, [, size], i) => sum + Number(match[i + 1] ?? 0) * size, 0));
}

/**
 * A duration as Go's `time.ParseDuration` reads it; it has no days.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goDuration(duration: Duration): string;
export function goDuration(duration?: Duration): string | undefined;
export function goDuration(duration?: Duration): string | undefined {
  if (duration === undefined) {
    return undefined;
  }
  const milliseconds = duration.toMilliseconds();
  const [size, unit] = ([[3_600_000, 'h'], [60_000, 'm'], [1000, 's']] as const).find(([divisor]) => milliseconds % divisor === 0) ?? [1, 'ms'];
  return milliseconds === 0 ? '0s' : `${milliseconds / size}${unit}`;
}

/** A duration in seconds, with fractions, as PromQL compares it. */
export function seconds(duration: Duration): number {
  return duration.toMilliseconds() / 1000;
}

/** A duration in whole seconds, rounded up, as Kubernetes takes it. */
export function wholeSeconds(duration: Duration): number;
export function wholeSeconds(duration?: Duration): number | undefined;
export function wholeSeconds(duration?: Duration): number | undefined {
  return duration === undefined ? undefined : Math.ceil(seconds(duration));
}

function inLargestUnit(size: Size | undefined, [giga, mega, kilo]: readonly [string, string, string]): string | undefined {
  if (size === undefined) {
    return undefined;
  }
  const kibibytes = size.toKibibytes();
  const [divisor, unit] = ([[1024 * 1024, giga], [1024, mega]] as const).find(([d]) => kibibytes % d === 0) ?? [1, kilo];
  return `${kibibytes / divisor}${unit}`;
}

/**
 * A size as Kubernetes writes a quantity, in the largest unit that is whole.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(size: Size): string;
export function quantity(size?: Size): string | undefined;
export function quantity(size?: Size): string | undefined {
  return inLargestUnit(size, ['Gi', 'Mi', 'Ki']);
}

/** A size as Prometheus's flags write it; its units are powers of two. */
export function promSize(size: Size): string;
export function promSize(size?: Size): string | undefined;
export function promSize(size?: Size): string | undefined {
  return inLargestUnit(size, ['GB', 'MB', 'KB']);
}
