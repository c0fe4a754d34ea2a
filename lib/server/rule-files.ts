import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from '../kubernetes/kinds';
import { apiObject, lazily } from '../kubernetes/api-object';
import { RuleSetData } from '../monitoring/rules/rule-set';
import { yamlText } from '../yaml';

/** Name, namespace and labels of the Prometheus. */
export interface RuleFilesProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
}

/** Rules as files in ConfigMaps. */
export class RuleFiles extends Construct {
  private readonly names: string[] = [];

  constructor(scope: Construct, id: string, private readonly props: RuleFilesProps) {
    super(scope, id);
  }

  /** Sources of a projected volume; called when all are known. */
  public get sources(): k8s.VolumeProjection[] {
    return this.names.map((name) => ({ configMap: { name } }));
  }

  public add(file: string, data: () => RuleSetData): void {
    const { namespace, labels } = this.props;
    const name = `${this.props.name}-rules-${file}`;
    this.names.push(name);
    apiObject(this, file, KIND.ConfigMap, { metadata: { name, namespace, labels }, data: { [`${file}.yaml`]: lazily(() => yamlText(data())) } });
  }
}
