import { NEWEST_PROMETHEUS, PROMETHEUS_FLAGS } from '../generated/prometheus';
import { atLeast, isNewerMinor } from '../kubernetes/images';
import { didYouMean } from '../text';

/** Throws unless this version of Prometheus accepts the flag in this mode. A newer Prometheus may have more. */
export function checkFlag(where: string, flag: string, version: string, mode: 'server' | 'agent'): void {
  const name = flag.replace(/^no-/, '');
  const known = Object.hasOwn(PROMETHEUS_FLAGS, name) ? PROMETHEUS_FLAGS[name] : undefined;
  if (flag.startsWith('-')) {
    throw new Error(`${where}: flag '${flag}' is written without leading dashes`);
  }
  if (known === undefined) {
    if (isNewerMinor(version, NEWEST_PROMETHEUS)) {
      return;
    }
    throw new Error(`${where}: Prometheus has no flag '${flag}'${didYouMean(name, Object.keys(PROMETHEUS_FLAGS))}`);
  }
  if (known.since !== undefined && !atLeast(version, known.since)) {
    throw new Error(`${where}: Prometheus ${version} has no flag '${flag}', which is there since ${known.since}; choose a newer image`);
  }
  if (known.until !== undefined && atLeast(version, known.until)) {
    throw new Error(`${where}: Prometheus ${version} no longer has flag '${flag}', which was removed in ${known.until}; leave it out`);
  }
  if (known.mode !== undefined && known.mode !== mode) {
    throw new Error(`${where}: flag '${flag}' is for the ${known.mode} mode only, and this Prometheus runs in ${mode} mode`);
  }
}
