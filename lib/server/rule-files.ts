import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { optionalConfigMaps } from './optional-sources';
import { apiObject, lazily } from '../kubernetes/api-object';
import { KIND } from '../kubernetes/kinds';
import { RuleSetData } from '../monitoring/rules/rule-set';
import { yamlText } from '../yaml';

/** ConfigMaps that the Pods look for, whether they exist or not: rules that fill further ones restart the Pods. */
const CONFIG_MAPS = 16;
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
  // FNV-1a
  const hash = [...Buffer.from(file)].reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
  return hash % CONFIG_MAPS + 1;
}

/** Rules as files in ConfigMaps whose names do not depend on what is in them, so that the Pods mount what is added later. */
export class RuleFiles extends Construct {
  private readonly configMaps = new Map<number, RuleConfigMap>();

  constructor(scope: Construct, id: string, private readonly props: RuleFilesProps) {
    super(scope, id);
  }

  /** Sources of a projected volume; called when all are known. */
  public get sources(): k8s.VolumeProjection[] {
    return optionalConfigMaps((number) => this.nameOf(number), 1, Math.max(CONFIG_MAPS, ...this.configMaps.keys()));
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

  /** The number of the next ConfigMap that has room, of those that the Pods look for, else behind them. */
  private numberWithRoom(preferred: number, bytes: number): number {
    const hasRoom = (number: number): boolean => {
      const before = this.configMaps.get(number)?.bytes ?? 0;
      return before === 0 || before + bytes <= CONFIG_MAP_BYTES;
    };
    const known = Array.from({ length: CONFIG_MAPS }, (_, i) => (preferred - 1 + i) % CONFIG_MAPS + 1);
    const further = Array.from({ length: this.configMaps.size + 1 }, (_, i) => CONFIG_MAPS + 1 + i);
    return [...known, ...further].find(hasRoom) ?? preferred;
  }

  private make(number: number): RuleConfigMap {
    const { namespace, labels } = this.props;
    const configMap: RuleConfigMap = { files: new Map(), bytes: 0 };
    this.configMaps.set(number, configMap);
    apiObject(this, `${number}`, KIND.ConfigMap, {
      metadata: { name: this.nameOf(number), namespace, labels },
      data: lazily(() => Object.fromEntries([...configMap.files].map(([file, data]) => [`${file}.yaml`, yamlText(data())]))),
    });
    return configMap;
  }
}
