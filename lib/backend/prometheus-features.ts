import { NEWEST_PROMETHEUS, PROMETHEUS_FEATURES } from '../generated/prometheus';
import { atLeast, isNewerMinor } from '../kubernetes/images';
import { didYouMean } from '../text';

/**
 * Throws unless this version of Prometheus, or any where it is not known, has the feature; it would only log that it knows none of the name. A newer
 * Prometheus may have more.
 */
export function checkFeature(where: string, feature: string, version?: string): void {
  if (!Object.hasOwn(PROMETHEUS_FEATURES, feature)) {
    if (version !== undefined && isNewerMinor(version, NEWEST_PROMETHEUS)) {
      return;
    }
    throw new Error(`${where}: Prometheus${version === undefined ? '' : ` ${version}`} has no feature '${feature}'${didYouMean(feature, Object.keys(PROMETHEUS_FEATURES))}; see its page on feature flags`);
  }
  if (version === undefined) {
    return;
  }
  const { since, until } = PROMETHEUS_FEATURES[feature];
  if (since !== undefined && !atLeast(version, since)) {
    throw new Error(`${where}: Prometheus ${version} has no feature '${feature}', which is there since ${since}; choose a newer image`);
  }
  if (until !== undefined && atLeast(version, until)) {
    throw new Error(`${where}: Prometheus ${version} no longer has feature '${feature}', which was removed in ${until}; leave it out`);
  }
}
