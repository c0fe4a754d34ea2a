import { ScrapeEndpoint, ScrapeEndpointProps } from '../../monitoring';

type Settings = ReturnType<ScrapeEndpoint['_settings']>;

/** Settings of an endpoint that a monitor has once, for all of its endpoints, and those that it has for each. */
export function placed(endpoint: ScrapeEndpoint) {
  const { fallbackScrapeProtocol, scrapeNativeHistograms, ...each } = endpoint._settings();
  return { once: { fallbackScrapeProtocol, scrapeNativeHistograms }, each };
}

/** A prop of an endpoint for which resources got a field with some version of the operator. */
interface LateProp {
  readonly prop: keyof ScrapeEndpointProps;
  readonly since: string;
}

/**
 * Every setting of an endpoint, with its prop where operators before some version have no field for it.
 * @see https://github.com/prometheus-operator/prometheus-operator/blob/main/CHANGELOG.md
 */
const FIELDS: { readonly [setting in keyof Settings]: LateProp | 'always' } = {
  honorLabels: 'always',
  honorTimestamps: 'always',
  trackTimestampsStaleness: { prop: 'trackTimestampsStaleness', since: '0.70.0' },
  interval: 'always',
  scrapeTimeout: 'always',
  fallbackScrapeProtocol: { prop: 'fallbackProtocol', since: '0.79.1' },
  scrapeNativeHistograms: { prop: 'nativeHistograms', since: '0.88.0' },
  path: 'always',
  scheme: 'always',
  params: 'always',
};

/** Props of an endpoint for which older operators have no field, with the version since which there is one. */
export function lateProps(endpoint: ScrapeEndpoint): LateProp[] {
  const given = new Map<string, unknown>(Object.entries(endpoint._settings()));
  return Object.entries(FIELDS).flatMap(([setting, field]) => (field === 'always' || given.get(setting) === undefined ? [] : [field]));
}
