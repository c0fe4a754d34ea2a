import { atLeast, isNewerMinor } from '../kubernetes/images';
import { AlertRouting } from '../monitoring';
import { didYouMean, quoteList } from '../text';
import { PROGRAMS } from '../versions';

/**
 * Features of `--enable-feature`, with the version that brought each, and the one that removed it.
 * @see https://github.com/prometheus/alertmanager/blob/main/featurecontrol/featurecontrol.go
 */
const FEATURES: { readonly [feature: string]: { readonly since: string; readonly until?: string } } = {
  'receiver-name-in-metrics': { since: '0.27' },
  'classic-mode': { since: '0.27' },
  'utf8-strict-mode': { since: '0.27' },
  'auto-gomemlimit': { since: '0.28' },
  'auto-gomaxprocs': { since: '0.28', until: '0.33' },
  'alert-names-in-metrics': { since: '0.31' },
  'group-key-in-metrics': { since: '0.33' },
  'event-recorder': { since: '0.33' },
  'muted-alerts-in-nflog': { since: '0.35' },
};

const CLASSIC = 'classic-mode';

/**
 * Throws on a feature that this version of Alertmanager does not have, with which it would not start, on two that exclude each other, and on the
 * classic mode beside a routing with names that it cannot read. A newer Alertmanager may have more.
 */
export function checkFeatures(where: string, features: readonly string[], version: string, routing: AlertRouting): void {
  features.forEach((feature) => checkFeature(where, feature, version));
  if (!features.includes(CLASSIC)) {
    return;
  }
  if (features.includes('utf8-strict-mode')) {
    throw new Error(`${where}: got 'utf8-strict-mode' and '${CLASSIC}', which exclude each other; keep one of them`);
  }
  const quoted = matchersOf(routing._render()).find((matcher) => matcher.startsWith('"'));
  if (quoted !== undefined) {
    throw new Error(`${where}: got '${CLASSIC}', which cannot read the matcher ${quoted} of the routing; leave the feature out`);
  }
}

function checkFeature(where: string, feature: string, version: string): void {
  if (!Object.hasOwn(FEATURES, feature)) {
    if (isNewerMinor(version, PROGRAMS.alertmanager.version.slice(1))) {
      return;
    }
    const known = Object.keys(FEATURES);
    throw new Error(`${where}: Alertmanager ${version} has no feature '${feature}'${didYouMean(feature, known) || `; it has ${quoteList(known)}`}`);
  }
  const { since, until } = FEATURES[feature];
  if (!atLeast(version, since)) {
    throw new Error(`${where}: Alertmanager ${version} has no feature '${feature}', which is there since ${since}; choose a newer image`);
  }
  if (until !== undefined && atLeast(version, until)) {
    throw new Error(`${where}: Alertmanager ${version} no longer has feature '${feature}', which was removed in ${until}; leave it out`);
  }
}

/** All texts under keys such as `matchers` and `source_matchers`. */
function matchersOf(data: unknown, key: string = ''): string[] {
  if (typeof data === 'string') {
    return key.endsWith('matchers') ? [data] : [];
  }
  if (Array.isArray(data)) {
    return data.flatMap((inner) => matchersOf(inner, key));
  }
  return typeof data === 'object' && data !== null ? Object.entries(data).flatMap(([name, inner]) => matchersOf(inner, name)) : [];
}
