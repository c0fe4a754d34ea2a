import { Construct } from 'constructs';
import { ConfigList } from './config-list';
import { MonitorContext } from './monitor-parts';
import { withoutVariables } from '../variable-checks';
import { RawConfig } from '../../monitoring/scrape/discovery';

/** Scrape configurations that a user already has, in the Secret that the Prometheus resource names. */
export class RawJobs extends ConfigList {
  constructor(scope: Construct, id: string, private readonly context: MonitorContext) {
    const { name, namespace, labels } = context;
    super(scope, id, { name: `${name}-raw-jobs`, key: 'scrape-configs.yaml', namespace, labels });
  }

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
