import { accountFilesOfClient, CrdKind, CrdTarget, TOKEN_FILE } from '../prometheus/crd-settings';
import { ScrapeClasses } from '../prometheus/scrape-classes';
import { WireMap } from '../../wire/data';

/** The scrape class of a Prometheus of others that names the token of its service account, if the app knows one. */
export class ExistingScrapeClass implements ScrapeClasses {
  public readonly nameClusterCa = false;

  constructor(private readonly name: string | undefined) {}

  public classOf({ where, kind }: Pick<CrdTarget, 'where' | 'kind'>, client: WireMap): string | undefined {
    if (!accountFilesOfClient(client).token) {
      return undefined;
    }
    // A ServiceMonitor has a field of its own.
    if (this.name === undefined && kind !== CrdKind.SERVICE_MONITOR) {
      throw new Error(`${where}: it is scraped by the token of the service account, which ${kind} gets by a scrape class alone; name by 'scrapeClass' a class of the Prometheus resource with authorization.credentialsFile '${TOKEN_FILE}'`);
    }
    return this.name;
  }
}
