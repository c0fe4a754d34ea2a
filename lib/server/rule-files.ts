import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { noteRestart, optionalConfigMaps } from './optional-sources';
import { RULES_DIR } from './paths';
import { apiObject, lazily } from '../kubernetes/api-object';
import { KIND } from '../kubernetes/kinds';
import { RuleSetData } from '../monitoring/rules/rule-set';
import { yamlText } from '../yaml';

/** ConfigMaps that the Pods mount whether they exist or not: rules that need further ones restart the Pods. */
const CONFIG_MAPS = 8;
/** Size of a ConfigMap above which it takes no further file: client-side apply copies it into an annotation of at most 256 KiB. */
const CONFIG_MAP_BYTES = 150_000;

/** Name, namespace and labels of the Prometheus. */
export interface RuleFilesProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
}

/** A ConfigMap and the files in it so far. */
interface RuleConfigMap {
  readonly files: Map<string, () => RuleSetData>;
  bytes: number;
}

/** The ConfigMap, by the name of a file, that the file is put into if it has room: the same one whatever other files there are. */
function preferredOf(file: string): number {
  return Buffer.from(file).reduce((sum, byte) => (sum * 31 + byte) % CONFIG_MAPS, 0) + 1;
}

/** End of the names of the files in a ConfigMap, by its number. */
function endOf(number: number): string {
  return `.rules-${number}.yaml`;
}

/**
 * Rules as files in ConfigMaps whose names do not depend on the rules, so that the Pods mount what is added later. The configuration names the
 * ConfigMaps in use by the ends of their files' names: `kubectl apply` deletes nothing, so that others may still be mounted, and are not read.
 */
export class RuleFiles extends Construct {
  private readonly configMaps = new Map<number, RuleConfigMap>();

  constructor(scope: Construct, id: string, private readonly props: RuleFilesProps) {
    super(scope, id);
  }

  /** Sources of a projected volume; called when all are known. */
  public get sources(): k8s.VolumeProjection[] {
    return optionalConfigMaps((number) => this.nameOf(number), 1, Math.max(CONFIG_MAPS, ...this.configMaps.keys()));
  }

  /** Patterns of the paths of the files; called when all are known. */
  public get patterns(): string[] {
    return [...this.configMaps.keys()].sort((a, b) => a - b).map((number) => `${RULES_DIR}/*${endOf(number)}`);
  }

  /** Adds a file of as many bytes. */
  public add(file: string, data: () => RuleSetData, bytes: number): void {
    const number = this.numberWithRoom(preferredOf(file), bytes);
    const configMap = this.configMaps.get(number) ?? this.make(number);
    configMap.files.set(file, data);
    configMap.bytes += bytes;
  }

  private nameOf(number: number): string {
    return `${this.props.name}-rules-${number}`;
  }

  /** The number of the next ConfigMap that has room, of those that are mounted in advance, else behind them. */
  private numberWithRoom(preferred: number, bytes: number): number {
    const hasRoom = (number: number): boolean => {
      const before = this.configMaps.get(number)?.bytes ?? 0;
      return before === 0 || before + bytes <= CONFIG_MAP_BYTES;
    };
    if (hasRoom(preferred)) {
      return preferred;
    }
    const known = Array.from({ length: CONFIG_MAPS }, (_, i) => (preferred - 1 + i) % CONFIG_MAPS + 1);
    const further = Array.from({ length: this.configMaps.size + 1 }, (_, i) => CONFIG_MAPS + 1 + i);
    return [...known, ...further].find(hasRoom) ?? preferred;
  }

  private make(number: number): RuleConfigMap {
    const { namespace, labels } = this.props;
    const configMap: RuleConfigMap = { files: new Map(), bytes: 0 };
    const name = this.nameOf(number);
    this.configMaps.set(number, configMap);
    apiObject(this, `${number}`, KIND.ConfigMap, {
      metadata: { name, namespace, labels },
      data: lazily(() => Object.fromEntries([...configMap.files].map(([file, data]) => [`${file}${endOf(number)}`, yamlText(data())]))),
    });
    if (number > CONFIG_MAPS) {
      noteRestart(this.node.scope, name);
    }
    return configMap;
  }
}
