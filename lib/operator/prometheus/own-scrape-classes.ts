import { accountFilesOfClient, CLUSTER_CA_FILE, CrdTarget, TOKEN_FILE } from './crd-settings';
import { ScrapeClasses } from './scrape-classes';
import { WireMap } from '../../wire/data';

interface ScrapeClass {
  readonly name: string;
  readonly tlsConfig?: { readonly caFile: string };
  readonly authorization?: { readonly type: string; readonly credentialsFile: string };
}

/** The scrape classes of a Prometheus that the app makes, each made with the first monitor that needs it. */
export class OwnScrapeClasses implements ScrapeClasses {
  public readonly nameClusterCa = true;
  private readonly classes = new Map<string, ScrapeClass>();

  public classOf(_: Pick<CrdTarget, 'where' | 'kind'>, client: WireMap): string | undefined {
    const { ca, token } = accountFilesOfClient(client);
    const parts = [...(ca ? ['cluster-ca'] : []), ...(token ? ['service-account-token'] : [])];
    if (parts.length === 0) {
      return undefined;
    }
    const name = parts.join('-and-');
    this.classes.set(name, {
      name,
      ...(ca ? { tlsConfig: { caFile: CLUSTER_CA_FILE } } : {}),
      ...(token ? { authorization: { type: 'Bearer', credentialsFile: TOKEN_FILE } } : {}),
    });
    return name;
  }

  /** All that are needed, by name. */
  public get all(): ScrapeClass[] {
    return [...this.classes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
