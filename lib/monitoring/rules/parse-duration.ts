import { Duration } from 'cdk8s';

const MILLIS = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1];
const PATTERN = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** The duration that Prometheus reads in a text such as `1h30m` or `0`; undefined when it reads none. */
export function parsePromDuration(text: string): Duration | undefined {
  if (text === '0') {
    return Duration.millis(0);
  }
  const match = text === '' ? null : PATTERN.exec(text);
  return match === null ? undefined : Duration.millis(MILLIS.reduce((sum, size, i) => sum + Number(match[i + 1] ?? 0) * size, 0));
}
