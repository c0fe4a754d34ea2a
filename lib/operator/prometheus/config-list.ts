import { Construct } from 'constructs';
import { KIND } from '../../kubernetes/kinds';
import { KeyReference } from '../credentials';
import { apiObject, lazily } from '../../kubernetes/api-object';
import { yamlText } from '../../yaml';

/** The Secret of a list: its name, its key, and where it is. */
export interface ConfigListProps {
  readonly name: string;
  readonly key: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
}

/** A list of configurations in the spelling of Prometheus, in a Secret that the Prometheus resource names; made with the first of them. */
export class ConfigList extends Construct {
  private readonly configs: object[] = [];

  constructor(scope: Construct, id: string, private readonly props: ConfigListProps) {
    super(scope, id);
  }

  public add(config: object): void {
    const { name, key, namespace, labels } = this.props;
    if (this.configs.length === 0) {
      apiObject(this, 'Resource', KIND.Secret, {
        metadata: { name, namespace, labels }, type: 'Opaque', stringData: { [key]: lazily(() => yamlText(this.configs)) },
      });
    }
    this.configs.push(config);
  }

  /** Reference to the Secret; undefined as long as the list is empty. */
  public get reference(): KeyReference | undefined {
    return this.configs.length === 0 ? undefined : { name: this.props.name, key: this.props.key };
  }
}
