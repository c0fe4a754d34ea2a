import { CrdTarget } from './crd-settings';
import { WireMap } from '../../wire/data';

/**
 * Scrape classes of a Prometheus resource, by which monitors read the files of its service account: its token, and the certificate authority of
 * the cluster.
 * @see https://prometheus-operator.dev/docs/developer/scrapeclass/
 */
export interface ScrapeClasses {
  /** Whether the classes name the certificate authority of the cluster; else monitors name the ConfigMap of their namespace that holds it. */
  readonly nameClusterCa: boolean;
  /** Returns the class that a client needs; undefined when it needs none. Throws when it needs one and there is none. */
  readonly classOf: (target: Pick<CrdTarget, 'where' | 'kind'>, client: WireMap) => string | undefined;
}
