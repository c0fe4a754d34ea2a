import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { noteRestart, optionalConfigMaps } from './optional-sources';
import { CONFIG_DIR } from './paths';
import { Shard, shardSteps } from './shards';
import { scrapeConfigEntries } from '../backend/scrape-config';
import { apiObject, lazily } from '../kubernetes/api-object';
import { KIND } from '../kubernetes/kinds';
import { metadataOf } from '../kubernetes/workload-identity';
import { ScrapeJob } from '../monitoring';
import { yamlText } from '../yaml';

/** Size as JSON, which is quick to write, of what a file takes: as YAML, and that in a manifest, it stays below 200 kB. */
const FILE_BYTES = 100_000;
/** Files that the Pods mount whether they exist or not, the main one among them: jobs that need further ones restart the Pods. */
const FILES = 4;

function fileOf(number: number): string {
  return `scrape-${number}.yaml`;
}

/** The scrape configurations of a shard: those that its own file takes, and further ConfigMaps, each made when the file before it is full. */
export class ScrapeFiles extends Construct {
  private readonly files: object[][] = [[]];
  private size = 0;

  constructor(scope: Construct, id: string, private readonly shard: Shard) {
    super(scope, id);
  }

  /** Throws when a ConfigMap cannot hold the job. */
  public add(job: ScrapeJob): void {
    const configs = scrapeConfigEntries(job, { last: shardSteps(job, this.shard) });
    const bytes = Buffer.byteLength(JSON.stringify(configs));
    if (bytes > FILE_BYTES) {
      throw new Error(`${this.node.scope?.node.path}: scrape job '${job.name}' takes ${Math.ceil(bytes / 1000)} kB, and at most ${FILE_BYTES / 1000} kB go into a ConfigMap; split it`);
    }
    if (this.size + bytes > FILE_BYTES) {
      this.files.push([]);
      this.size = 0;
      this.makeFile(this.files.length);
    }
    this.files[this.files.length - 1].push(...configs);
    this.size += bytes;
  }

  /** Scrape configurations of the main file. */
  public get inline(): readonly object[] {
    return this.files[0];
  }

  /** Paths of the other files. One that the app no longer makes may still be mounted, and is not read. */
  public get paths(): string[] {
    return this.files.slice(1).map((_, i) => `${CONFIG_DIR}/${fileOf(i + 2)}`);
  }

  /** Sources of a projected volume: the other files, whether there are any or not. */
  public get sources(): k8s.VolumeProjection[] {
    return optionalConfigMaps((number) => this.configMap(number), 2, Math.max(FILES, this.files.length));
  }

  private configMap(number: number): string {
    return `${this.shard.identity.name}-scrape-${number}`;
  }

  private makeFile(number: number): void {
    apiObject(this, `${number}`, KIND.ConfigMap, {
      metadata: metadataOf(this.shard.identity, `-scrape-${number}`),
      data: { [fileOf(number)]: lazily(() => yamlText({ scrape_configs: this.files[number - 1] })) },
    });
    if (number > FILES) {
      noteRestart(this.node.scope, this.configMap(number));
    }
  }
}
