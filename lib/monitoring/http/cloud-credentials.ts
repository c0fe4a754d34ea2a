import { SecretKey } from '../../kubernetes/secret-key';
import { WireMap } from '../../wire/data';

/** Variables of an environment, by name: values, and keys of Secrets. */
export interface Variables {
  readonly [name: string]: string | SecretKey;
}

/** Setting that older versions of Prometheus do not have, and the first version that has it. */
export type NewerSetting = readonly [setting: string, since: string];

/**
 * Credentials for the services of a cloud, in two forms: custom resources refer to Secrets, but Prometheus's own configuration has no files for
 * some of these secrets, so that they are in its environment.
 */
export interface CloudCredentials {
  /** The wire form, with Secrets as leaves. */
  _wire(): WireMap;
  /** The wire form with as many Secrets as the program reads from files. */
  _settings(): WireMap;
  /** Variables that hold the others. */
  _variables(): Variables;
  /** Files that variables name. */
  _files(): readonly SecretKey[];
  /** Settings that older versions do not have. */
  _newer(): readonly NewerSetting[];
}
