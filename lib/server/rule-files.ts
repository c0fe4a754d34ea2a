import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { RuleCollection } from '../backend/rule-collection';
import { apiObject, lazily } from '../kubernetes/api-object';
import { RuleEdit } from '../monitoring';
import { RuleSetData } from '../monitoring/rules/rule-set';
import { yamlText } from '../yaml';

export interface RuleFilesProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  /** Edits that follow from what the Prometheus turns out to have; asked for when the rules are written. */
  readonly implied: () => RuleEdit[];
}

/** Rules as files in ConfigMaps. */
export class RuleFiles extends RuleCollection {
  private readonly names: string[] = [];

  constructor(scope: Construct, id: string, private readonly props: RuleFilesProps) {
    super(scope, id, props.implied);
  }

  /** Sources of a projected volume; called when all are known. */
  public get sources(): k8s.VolumeProjection[] {
    return this.names.map((name) => ({ configMap: { name } }));
  }

  protected make(file: string, data: () => RuleSetData): void {
    const { namespace, labels } = this.props;
    const name = `${this.props.name}-rules-${file}`;
    this.names.push(name);
    apiObject(this, file, k8s.KubeConfigMap, { metadata: { name, namespace, labels }, data: { [`${file}.yaml`]: lazily(() => yamlText(data())) } });
  }
}
