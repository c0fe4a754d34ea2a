import { Duration } from 'cdk8s';

const UNITS: ReadonlyArray<readonly [string, number]> = [['w', 604_800_000], ['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]];

/**
 * A duration as Prometheus writes it, `90s` or `1h30m`: one unit where one is enough, else from the largest to the smallest.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function promDuration(duration: Duration): string {
  let rest = duration.toMilliseconds();
  if (rest === 0) {
    return '0s';
  }
  const whole = UNITS.slice(1).find(([, size]) => rest % size === 0 && rest / size < 1000);
  if (whole !== undefined) {
    return `${rest / whole[1]}${whole[0]}`;
  }
  let text = '';
  for (const [unit, size] of UNITS.slice(1)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    text += count > 0 ? `${count}${unit}` : '';
  }
  return text;
}
