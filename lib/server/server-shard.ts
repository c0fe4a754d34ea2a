import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KIND } from '../kubernetes/kinds';
import { prometheusPod, PrometheusPodParts, prometheusWorkload } from './prometheus-workload';
import { ScrapeFiles } from './scrape-files';
import { apiObject, lazily, objectsBelow } from '../kubernetes/api-object';
import { metadataOf } from '../kubernetes/workload-identity';

/** Parts of the objects of a shard. */
export interface ServerShardProps extends Pick<PrometheusPodParts, 'shard' | 'settings' | 'identity'> {
  /** Files of the configuration, by their names. */
  readonly files: (scrapes: ScrapeFiles) => { [file: string]: string };
  /** Further parts of its Pods, read when the manifest is written. */
  readonly podParts: () => Omit<PrometheusPodParts, 'shard' | 'settings' | 'identity' | 'scrapes'>;
}

/** The objects of a shard: its configuration and the Pods that run it. */
export class ServerShard {
  public readonly configMap: ApiObject;
  public readonly workload: ApiObject;
  public readonly scrapes: ScrapeFiles;

  /** @param scope the Prometheus for the first one, else a construct of the shard's own */
  constructor(scope: Construct, { shard, settings, identity, files, podParts }: ServerShardProps) {
    this.scrapes = new ScrapeFiles(scope, 'Scrapes', shard);
    this.configMap = apiObject(scope, 'Configuration', KIND.ConfigMap, {
      metadata: metadataOf(shard.identity, '-config'),
      data: files(this.scrapes),
    });
    const template = lazily(() => prometheusPod({ ...podParts(), shard, settings, identity, scrapes: this.scrapes }));
    this.workload = prometheusWorkload(scope, { shard, settings, identity, template });
  }

  /** The further ConfigMaps with scrape jobs. */
  public get scrapeConfigMaps(): ApiObject[] {
    return objectsBelow(this.scrapes, 'ConfigMap');
  }
}
