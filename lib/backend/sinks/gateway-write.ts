import { Duration } from 'cdk8s';
import { MetricSelection, RemoteWrite } from '../../monitoring';

/** Time after which a gateway gives up a delivery, well before Prometheus gives up the request. */
export const DELIVERY_TIMEOUT = '30s';
const REQUEST_TIMEOUT = Duration.minutes(1);

const SAMPLES_PER_REQUEST = 2000;
/** Samples that are sent once the sink is back, as a multiple of those that are scraped meanwhile, if a request takes a second. */
const CATCH_UP = 5;

/** A gateway as the target of a remote write. */
export interface WriteTarget {
  readonly name: string;
  readonly url: string;
  readonly samplesPerSecond: number;
}

/**
 * The remote write to a gateway. Its shards do not change: when Prometheus changes their number it drops what waits in them for more than a minute,
 * as it does while the sink is away.
 */
export function gatewayWrite({ name, url, samplesPerSecond }: WriteTarget, select?: MetricSelection): RemoteWrite {
  const shards = Math.min(50, Math.max(2, Math.ceil((CATCH_UP * samplesPerSecond) / SAMPLES_PER_REQUEST)));
  return new RemoteWrite({
    name,
    url,
    timeout: REQUEST_TIMEOUT,
    relabelings: select?.toRelabelings(),
    queue: { minShards: shards, maxShards: shards },
    // a sink has no use for it
    metadata: { send: false },
  });
}
