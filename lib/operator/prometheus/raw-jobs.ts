import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KeyReference } from '../credentials';
import { MonitorContext } from './monitor-parts';
import { withoutVariables } from '../variable-checks';
import { apiObject, lazily } from '../../kubernetes/api-object';
import { RawConfig } from '../../monitoring/scrape/discovery';
import { yamlText } from '../../yaml';

const KEY = 'scrape-configs.yaml';

/** Scrape configurations that a user already has, in the Secret that the Prometheus resource names. */
export class RawJobs extends Construct {
  private readonly configs: RawConfig[] = [];

  constructor(scope: Construct, id: string, private readonly context: MonitorContext) {
    super(scope, id);
  }

  public add(name: string, config: RawConfig): void {
    const { namespace, labels, where, shards = 1 } = this.context;
    const at = `${where}: scrape job '${name}'`;
    withoutVariables(at, config);
    if (shards > 1 && hashes(config)) {
      throw new Error(`${at}: relabel_configs have an action hashmod, for which the operator gives each of the ${shards} shards all its targets; take it out, or use PrometheusServer`);
    }
    if (this.configs.length === 0) {
      apiObject(this, 'Resource', k8s.KubeSecret, {
        metadata: { name: this.secretName, namespace, labels },
        type: 'Opaque',
        stringData: { [KEY]: lazily(() => yamlText(this.configs)) },
      });
    }
    this.configs.push({ job_name: name, ...config });
  }

  /** Reference to the Secret; undefined as long as there are none. */
  public get reference(): KeyReference | undefined {
    return this.configs.length === 0 ? undefined : { name: this.secretName, key: KEY };
  }

  private get secretName(): string {
    return `${this.context.name}-raw-jobs`;
  }
}

function hashes({ relabel_configs: steps }: RawConfig): boolean {
  return Array.isArray(steps) && steps.some((step) => JSON.stringify(step).toLowerCase().includes('"action":"hashmod"'));
}
