import { IConfigMap } from 'cdk8s-plus-27';
import { checkDataKey, keysOf } from './data-key';
import { configMapDir, Program } from './mount-paths';
import { checkArguments } from '../arguments';

/**
 * A key of a ConfigMap, such as a certificate authority that trust-manager or OpenShift's service CA operator writes. It is in the namespace of
 * the program that reads it.
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ConfigMapKey {
  /**
   * The text under `key` in `configMap`. Throws when the key is empty or not a valid key, or when this app makes the ConfigMap with other keys.
   */
  public static of(configMap: IConfigMap, key: string): ConfigMapKey {
    checkArguments('ConfigMapKey.of', { configMap, key });
    return new ConfigMapKey(configMap, key);
  }

  private constructor(
    /** The ConfigMap. */
    public readonly configMap: IConfigMap,
    /** The key in the ConfigMap's data. */
    public readonly key: string,
  ) {
    checkDataKey(`ConfigMapKey.of('${configMap.name}')`, 'ConfigMap', key, keysOf(configMap, ['data', 'binaryData']));
  }

  /** The file that holds the text once the backend has mounted the ConfigMap, at the same path on both backends. @internal */
  public _file(program: Program): string {
    return `${configMapDir(program, this.configMap.name)}/${this.key}`;
  }

  /** Equal for two references to one text. @internal */
  public get _id(): string {
    return `${this.configMap.name}/${this.key}`;
  }
}
