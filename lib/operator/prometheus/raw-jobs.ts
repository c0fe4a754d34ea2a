import { Construct } from 'constructs';
import { ConfigList } from './config-list';
import { MonitorContext, shardingOf } from './monitor-parts';
import { withoutVariables } from '../variable-checks';
import { scrapeConfigs } from '../../backend/scrape-config';
import { ScrapeJob } from '../../monitoring';
import { RawConfig } from '../../monitoring/scrape/discovery';
import { visitLeaves } from '../../wire/data';

/** Scrape configurations that a user already has, or that no resource has fields for, in the Secret that the Prometheus resource names. */
export class RawJobs extends ConfigList {
  constructor(scope: Construct, id: string, private readonly context: MonitorContext) {
    const { name, namespace, labels } = context;
    super(scope, id, { name: `${name}-raw-jobs`, key: 'scrape-configs.yaml', namespace, labels });
  }

  /** Adds a job that no resource of the operator has fields for. Throws when an endpoint reads a Secret or a ConfigMap, which no one mounts for it. */
  public addDescribed(job: ScrapeJob): void {
    job.endpoints.forEach(({ _client: client, name }) => visitLeaves(client, ({ key, configMapKey }) => {
      if (key !== undefined || configMapKey !== undefined) {
        const kept = key === undefined ? `ConfigMap '${configMapKey?.configMap.name}'` : `Secret '${key.secret.name}'`;
        throw new Error(`${this.context.where}: scrape job '${job.name}' selects namespaces by their labels, and endpoint '${name}' reads ${kept}, which the operator mounts for its resources alone, none of which selects so; name the namespaces by 'namespaces', or use PrometheusServer`);
      }
    }));
    scrapeConfigs(job, { first: shardingOf(this.context, job) }).forEach((config) => this.addJob(job.name, config));
  }

  /** Adds the text of a job. */
  public addJob(name: string, config: RawConfig): void {
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
