import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KIND } from '../kubernetes/kinds';
import { deploymentSpec, PrometheusPodParts, statefulSetSpec } from './prometheus-workload';
import { ScrapeFiles } from './scrape-files';
import { Shard } from './shards';
import { apiObject, lazily, objectsBelow } from '../kubernetes/api-object';
import { metadataOf } from '../kubernetes/workload-identity';

/** Parts of the objects of a shard. */
export interface ServerShardProps {
  readonly shard: Shard;
  /** Whether it runs in a StatefulSet. */
  readonly needsIdentity: boolean;
  /** Files of the configuration, by their names. */
  readonly files: (scrapes: ScrapeFiles) => { [file: string]: string };
  /** Parts of its Pods, read when the manifest is written. */
  readonly podParts: () => Omit<PrometheusPodParts, 'shard' | 'scrapes'>;
}

/** The objects of a shard: its configuration and the Pods that run it. */
export class ServerShard {
  public readonly configMap: ApiObject;
  public readonly workload: ApiObject;
  public readonly scrapes: ScrapeFiles;

  /** @param scope the Prometheus for the first one, else a construct of the shard's own */
  constructor(scope: Construct, { shard, needsIdentity, files, podParts }: ServerShardProps) {
    this.scrapes = new ScrapeFiles(scope, 'Scrapes', shard);
    this.configMap = apiObject(scope, 'Configuration', KIND.ConfigMap, {
      metadata: metadataOf(shard.identity, '-config'),
      data: files(this.scrapes),
    });
    const metadata = metadataOf(shard.identity);
    const parts = (): PrometheusPodParts => ({ ...podParts(), shard, scrapes: this.scrapes });
    this.workload = needsIdentity
      ? apiObject(scope, 'Resource', KIND.StatefulSet, { metadata, spec: lazily(() => statefulSetSpec(parts())) })
      : apiObject(scope, 'Resource', KIND.Deployment, { metadata, spec: lazily(() => deploymentSpec(parts())) });
  }

  /** The further ConfigMaps with scrape jobs. */
  public get scrapeConfigMaps(): ApiObject[] {
    return objectsBelow(this.scrapes, 'ConfigMap');
  }
}
