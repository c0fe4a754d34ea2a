import { SCRAPE_CONFIG_KEYS } from '../../generated/prometheus';
import { atLeast } from '../../kubernetes/images';
import { nearest } from '../../text';

/** Throws when a key is misspelled: Prometheus would refuse the whole configuration, and with it every other job. */
export function checkRawConfig(where: string, config: { readonly [key: string]: unknown }): void {
  Object.keys(config).filter((key) => !Object.hasOwn(SCRAPE_CONFIG_KEYS, key) && !key.endsWith('_sd_configs')).forEach((key) => {
    const near = nearest(key, Object.keys(SCRAPE_CONFIG_KEYS));
    if (near !== undefined) {
      throw new Error(`${where}: a scrape_config has no key '${key}', for which Prometheus would refuse the configuration of all jobs; did you mean '${near}'?`);
    }
  });
}

/** Throws when a key came with a later Prometheus than the one that is to read it. */
export function checkRawVersion(where: string, config: { readonly [key: string]: unknown }, version: string): void {
  Object.keys(config).filter((key) => Object.hasOwn(SCRAPE_CONFIG_KEYS, key)).forEach((key) => {
    const { since } = SCRAPE_CONFIG_KEYS[key];
    if (since !== undefined && !atLeast(version, since)) {
      throw new Error(`${where}: '${key}' of a scrape_config is there since Prometheus ${since}, and this one is ${version}; choose a newer image`);
    }
  });
}
