import { Construct } from 'constructs';
import { ConfigList } from './config-list';
import { MonitorContext, shardingOf } from './monitor-parts';
import { withoutVariables } from '../variable-checks';
import { scrapeConfigs } from '../../backend/scrape-config';
import { SecretMounts } from '../../backend/secret-mounts';
import { ScrapeJob } from '../../monitoring';
import { RawConfig, RawDiscovery } from '../../monitoring/scrape/discovery';

/** Scrape configurations that a user already has, or that no resource has fields for, in the Secret that the Prometheus resource names. */
export class RawJobs extends ConfigList {
  /** @param files mounts what endpoints read, which the operator itself does for its resources alone */
  constructor(scope: Construct, id: string, private readonly context: MonitorContext, private readonly files: SecretMounts) {
    const { name, namespace, labels } = context;
    super(scope, id, { name: `${name}-raw-jobs`, key: 'scrape-configs.yaml', namespace, labels });
  }

  /** Adds a job that no resource of the operator has fields for. Throws when the app makes a Secret that it reads in another namespace. */
  public addDescribed(job: ScrapeJob): void {
    job.endpoints.forEach(({ _client }) => this.files.addFilesOf(_client));
    scrapeConfigs(job, { first: shardingOf(this.context, job) }).forEach((config) => this.addJob(job.name, config));
  }

  /** Adds a job that a user already has. Throws when the app makes a Secret that it reads in another namespace. */
  public addRaw(name: string, { config, files }: RawDiscovery): void {
    this.files.addFilesOf(files);
    this.addJob(name, config);
  }

  /** Adds the text of a job. */
  private addJob(name: string, config: RawConfig): void {
    const { where, shards = 1 } = this.context;
    const at = `${where}: scrape job '${name}'`;
    withoutVariables(at, config);
    if (shards > 1 && hashes(config)) {
      throw new Error(`${at}: relabel_configs have an action hashmod, for which the operator gives each of the ${shards} shards all its targets; take it out, or use PrometheusServer`);
    }
    this.add({ job_name: name, ...config });
  }
}

function hashes({ relabel_configs: steps }: RawConfig): boolean {
  return Array.isArray(steps) && steps.some((step) => JSON.stringify(step).toLowerCase().includes('"action":"hashmod"'));
}
